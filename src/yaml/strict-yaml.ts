import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import { suggest, UserError } from '../runner/index.ts'

/**
 * YAML read strictly, with the place of everything: a key that is not known, twice there or of another shape is an error.
 * Scalars stay text (`1.10` is no number), as Go reads them into strings.
 */
export interface StrictYaml {
  readonly root: Node | null
  /** `file:line:column` of a node. */
  locate(node: unknown): { readonly file: string; readonly line: number; readonly column: number }
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
  const counter = new LineCounter()
  const document: Document.Parsed = parseDocument(source, {
    // In the failsafe schema every scalar is text.
    schema: 'failsafe',
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: true,
    keepSourceTokens: false,
  })
  const at = (offset: number) => {
    const { line, col } = counter.linePos(offset)
    return { file, line, column: col }
  }
  const locate = (node: unknown) => at(isNode(node) ? (node.range?.[0] ?? 0) : 0)
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem) throw new UserError(problem.message, { location: at(problem.pos[0]) })

  const wrong = (node: unknown, what: string, shape: string): UserError =>
    new UserError(`${what} is not ${shape}`, { location: locate(node) })
  const resolved = (node: unknown): unknown => {
    if (!isAlias(node)) return node
    const target = node.resolve(document)
    if (!target) throw new UserError(`no anchor is called '${node.source}'`, { location: locate(node) })
    return target
  }
  const isEmpty = (node: unknown): boolean =>
    node === null ||
    node === undefined ||
    (isScalar(node) && node.type === 'PLAIN' && /^(?:|~|null|Null|NULL)$/.test(String(node.value ?? '')))

  const entries: StrictYaml['entries'] = (given, what) => {
    const node = resolved(given)
    if (isEmpty(node)) return []
    if (!isMap(node)) throw wrong(given, what, 'a map')
    return node.items.map(({ key, value }: Pair) => {
      const name = resolved(key)
      if (!isScalar(name) || typeof name.value !== 'string') throw wrong(key, `a key of ${what}`, 'text')
      return { key: name.value, keyNode: key, value }
    })
  }

  return {
    root: document.contents,
    locate,
    entries,
    text(given, what) {
      const node = resolved(given)
      if (isEmpty(node)) return undefined
      if (!isScalar(node) || typeof node.value !== 'string') throw wrong(given, what, 'text')
      return node.value
    },
    list(given, what) {
      const node = resolved(given)
      if (isEmpty(node)) return []
      if (!isSeq(node)) throw wrong(given, what, 'a list')
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

const isNode = (node: unknown): node is Node => typeof node === 'object' && node !== null && 'range' in node
