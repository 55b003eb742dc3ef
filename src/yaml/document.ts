import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, type ParsedNode, parseDocument } from 'yaml'
import type { YamlMap, YamlNode } from './node.ts'

/** A mistake in a document, at an offset in its text. */
export class YamlMistake extends Error {
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.name = 'YamlMistake'
    this.offset = offset
  }
}

/** Deep enough for every document that people write; far from the end of the stack. */
const deepest = 100

/**
 * Composes any document by the YAML library.
 * @returns undefined for an empty one
 * @throws YamlMistake the first one
 */
export function composeDocument(source: string): YamlNode | undefined {
  const document = parseDocument(source, {
    // In the failsafe schema every scalar is text.
    schema: 'failsafe',
    prettyErrors: false,
    lineCounter: new LineCounter(),
    // The library compares each key with each other one.
    uniqueKeys: false,
  })
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem) throw new YamlMistake(problem.message, problem.pos[0])
  return document.contents ? convert(document.contents, new Map(), 0) : undefined
}

function convert(node: ParsedNode | Node, anchors: Map<string, YamlNode>, depth: number): YamlNode {
  const [start, end] = node.range ?? [0, 0]
  if (depth > deepest) throw new YamlMistake('the document is nested too deeply', start)
  const note = (converted: YamlNode): void => {
    if ('anchor' in node && node.anchor) anchors.set(node.anchor, converted)
  }
  if (isAlias(node)) return { kind: 'alias', name: node.source, target: anchors.get(node.source), start, end }
  if (isScalar(node)) {
    if (typeof node.value !== 'string') throw new YamlMistake('a value with this tag is not supported', start)
    const scalar: YamlNode = { kind: 'scalar', text: node.value, plain: node.type === 'PLAIN', start, end }
    note(scalar)
    return scalar
  }
  if (isSeq(node)) {
    const list: YamlNode = { kind: 'list', items: [], start, end }
    note(list)
    for (const item of node.items) {
      if (!isNode(item)) throw new YamlMistake('a list with this tag is not supported', start)
      const converted = convert(item, anchors, depth + 1)
      list.items.push(converted)
      if (!node.flow) list.end = converted.end
    }
    return list
  }
  if (!isMap(node)) throw new YamlMistake('a value of this kind is not supported', start)
  const map: YamlMap = { kind: 'map', pairs: [], start, end }
  note(map)
  const seen = new Set<string>()
  for (const pair of node.items) {
    if (!isNode(pair.key)) throw new YamlMistake('a map with this tag is not supported', start)
    const key = convert(pair.key, anchors, depth + 1)
    const name = key.kind === 'alias' ? key.target : key
    if (name?.kind === 'scalar') {
      if (seen.has(name.text)) throw new YamlMistake(`the key '${name.text}' is there twice`, key.start)
      seen.add(name.text)
    }
    const value = isNode(pair.value) ? convert(pair.value, anchors, depth + 1) : undefined
    map.pairs.push({ key, value })
    if (!node.flow) map.end = (value ?? key).end
  }
  return map
}
