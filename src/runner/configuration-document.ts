import { Document, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml'
import { UserError } from '../errors/index.ts'
import type { Configuration } from './configuration.ts'
import type { ActionDefinition } from './definition.ts'
import { suggest } from './suggest.ts'

/**
 * Reads the text of `release.yaml`. Lists may be YAML lists, and inputs of type `yaml` may be nested.
 * @throws UserError with file, line and column for unknown actions and inputs ("did you mean") and wrong shapes
 */
export function parseConfiguration(
  path: string,
  text: string,
  definitions: readonly ActionDefinition[],
): Configuration {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const at = (offset: number | undefined): { location: { file: string; line?: number; column?: number } } => {
    const place = offset === undefined ? undefined : lines.linePos(offset)
    return { location: { file: path, ...(place ? { line: place.line, column: place.col } : {}) } }
  }
  const syntax = document.errors[0]
  if (syntax) throw new UserError(syntax.message.split('\n')[0] ?? 'not YAML', at(syntax.pos[0]))
  if (document.contents === null) return {}
  if (!isMap(document.contents)) throw new UserError('release.yaml maps action names to their inputs', at(0))

  const configuration: Record<string, Record<string, string>> = {}
  for (const pair of document.contents.items) {
    const name = keyOf(pair)
    const definition = definitions.find((candidate) => candidate.name === name)
    if (!definition)
      throw unknownName(
        'action',
        name,
        definitions.map((candidate) => candidate.name),
        at(offsetOf(pair)),
      )
    const inputs: Record<string, string> = {}
    configuration[name] = inputs
    if (isScalar(pair.value) && pair.value.value === null) continue
    if (!isMap(pair.value)) throw new UserError(`'${name}' maps input names to values`, at(offsetOf(pair)))
    for (const member of pair.value.items) {
      const input = keyOf(member)
      const type = definition.inputs[input]?.type
      if (!type) throw unknownName(`input of '${name}'`, input, Object.keys(definition.inputs), at(offsetOf(member)))
      if (type === 'yaml') inputs[input] = new Document(member.value).toString()
      else if (isSeq(member.value) && type === 'list')
        inputs[input] = member.value.items.map((item) => scalarText(item)).join('\n')
      else if (isScalar(member.value)) inputs[input] = scalarText(member.value)
      else
        throw new UserError(
          `Input '${input}' of '${name}' is ${type === 'list' ? 'a list of texts' : 'one value'}`,
          at(offsetOf(member)),
        )
    }
  }
  return configuration
}

type AnyPair = Pair<unknown, unknown>

const keyOf = (pair: AnyPair): string => (isScalar(pair.key) ? String(pair.key.value) : String(pair.key))
const offsetOf = (pair: AnyPair): number | undefined => (isScalar(pair.key) ? pair.key.range?.[0] : undefined)

// The source keeps `1.10` as it was written; the parsed value would be the number 1.1.
const scalarText = (node: unknown): string =>
  isScalar(node) ? (typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))) : String(node)

function unknownName(kind: string, name: string, known: readonly string[], options: object): UserError {
  const near = suggest(name, known)
  return new UserError(`Unknown ${kind}: '${name}'`, {
    ...options,
    hint: near ? `Did you mean '${near}'?` : `Known: ${[...known].sort().join(', ')}.`,
  })
}
