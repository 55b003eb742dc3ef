import { suggest, UserError } from '../runner/index.ts'
import { composeDocument, YamlMistake } from './document.ts'
import { composeLines } from './lines.ts'
import type { YamlNode } from './node.ts'

/**
 * YAML read strictly, with the place of everything: a key that is not known, twice there or of another shape is an error.
 * Scalars stay text (`1.10` is no number), as Go reads them into strings.
 */
export interface StrictYaml {
  readonly root: unknown
  /** `file:line:column` of a node; the start of the file for what is no node. */
  locate(node: unknown): { readonly file: string; readonly line: number; readonly column: number }
  /** The offsets in the text where a node starts and ends; an empty range at its start for what is no node. */
  range(node: unknown): { readonly start: number; readonly end: number }
  /** Undefined for a node that is absent or empty. */
  text(node: unknown, what: string): string | undefined
  list(node: unknown, what: string): readonly unknown[]
  /** The pairs of a map, in order. */
  entries(
    node: unknown,
    what: string,
  ): readonly { readonly key: string; readonly keyNode: unknown; readonly value: unknown }[]
  /** The values of a map that has no other than the known keys. */
  record<Key extends string>(
    node: unknown,
    what: string,
    known: readonly Key[],
  ): Readonly<Partial<Record<Key, unknown>>>
}

/** @throws UserError with the place of the first mistake */
export function parseStrictYaml(source: string, file: string): StrictYaml {
  const lineOf = lineCounter(source)
  const at = (offset: number) => ({ file, ...lineOf(offset) })
  const root = compose(source, at)
  const locate = (node: unknown) => at(isNode(node) ? node.start : 0)

  const wrong = (node: unknown, what: string, shape: string): UserError =>
    new UserError(`${what} is not ${shape}`, { location: locate(node) })
  const resolved = (node: unknown): YamlNode | undefined => {
    if (!isNode(node)) return undefined
    if (node.kind !== 'alias') return node
    if (!node.target) throw new UserError(`no anchor is called '${node.name}'`, { location: locate(node) })
    return node.target
  }
  const filled = (given: unknown): YamlNode | undefined => {
    const node = resolved(given)
    const empty = node?.kind === 'scalar' && node.plain && /^(?:|~|null|Null|NULL)$/.test(node.text)
    return empty ? undefined : node
  }

  const entries: StrictYaml['entries'] = (given, what) => {
    const node = filled(given)
    if (node === undefined) return []
    if (node.kind !== 'map') throw wrong(given, what, 'a map')
    return node.pairs.map(({ key, value }) => {
      const name = resolved(key)
      if (name?.kind !== 'scalar') throw wrong(key, `a key of ${what}`, 'text')
      return { key: name.text, keyNode: key, value }
    })
  }

  return {
    root,
    locate,
    entries,
    range: (node) => (isNode(node) ? { start: node.start, end: node.end } : { start: 0, end: 0 }),
    text(given, what) {
      const node = filled(given)
      if (node === undefined) return undefined
      if (node.kind !== 'scalar') throw wrong(given, what, 'text')
      return node.text
    },
    list(given, what) {
      const node = filled(given)
      if (node === undefined) return []
      if (node.kind !== 'list') throw wrong(given, what, 'a list')
      return node.items
    },
    record(given, what, known) {
      const found: Partial<Record<(typeof known)[number], unknown>> = {}
      for (const { key, keyNode, value } of entries(given, what)) {
        const name = known.find((candidate) => candidate === key)
        if (name === undefined) {
          const near = suggest(key, known)
          throw new UserError(`${what} has the unknown key '${key}'`, {
            hint: near ? `Did you mean '${near}'?` : `Known are ${known.join(', ')}.`,
            location: locate(keyNode),
          })
        }
        found[name] = value
      }
      return found
    },
  }
}

function compose(source: string, at: (offset: number) => ReturnType<StrictYaml['locate']>): YamlNode | undefined {
  try {
    return composeLines(source) ?? composeDocument(source)
  } catch (error) {
    if (!(error instanceof YamlMistake)) throw error
    throw new UserError(error.message, { location: at(error.offset) })
  }
}

/** Line and column, from 1, of an offset in a text. */
function lineCounter(source: string): (offset: number) => { line: number; column: number } {
  const starts = [0]
  for (let end = source.indexOf('\n'); end >= 0; end = source.indexOf('\n', end + 1)) starts.push(end + 1)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}

const isNode = (node: unknown): node is YamlNode =>
  typeof node === 'object' && node !== null && 'kind' in node && 'start' in node
