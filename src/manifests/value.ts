import { UserError } from '../runner/index.ts'
import type { StrictYaml } from '../yaml/index.ts'

/** Values that manifests of all kinds have. */

/** @throws UserError at the node when there is no text */
export function requireText(yaml: StrictYaml, node: unknown, what: string, parent: unknown): string {
  const text = yaml.text(node, what)
  if (text === undefined) throw new UserError(`${what} is missing`, { location: yaml.locate(node ?? parent) })
  return text
}

/** False where absent. @throws UserError at the node when it is neither true nor false */
export function readBoolean(yaml: StrictYaml, node: unknown, what: string): boolean {
  const text = yaml.text(node, what) ?? 'false'
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  throw new UserError(`${what} is neither true nor false: '${text}'`, { location: yaml.locate(node) })
}

/** The work's own error, at the place of a node. */
export function located<T>(yaml: StrictYaml, node: unknown, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(error.message, { ...(error.hint ? { hint: error.hint } : {}), location: yaml.locate(node) })
  }
}

/**
 * The one entry with `src: true` and all others.
 * @throws UserError at the list when there is no source, a second one, or nothing to promote to
 */
export function splitSource<Entry extends { readonly isSource: boolean; readonly item: unknown }>(
  yaml: StrictYaml,
  entries: readonly Entry[],
  { what, list, node }: { readonly what: string; readonly list: string; readonly node: unknown },
): { readonly source: Entry; readonly destinations: readonly Entry[] } {
  const [source, second] = entries.filter(({ isSource }) => isSource)
  if (!source) {
    throw new UserError(`no ${what} is the source`, {
      hint: `Give one of '${list}' the line 'src: true'.`,
      location: yaml.locate(node ?? yaml.root),
    })
  }
  if (second) {
    throw new UserError(`a second ${what} is the source`, {
      hint: 'Only one can be.',
      location: yaml.locate(second.item),
    })
  }
  const destinations = entries.filter(({ isSource }) => !isSource)
  if (destinations.length === 0) {
    throw new UserError(`there is no ${what} to promote to`, { location: yaml.locate(node ?? yaml.root) })
  }
  return { source, destinations }
}
