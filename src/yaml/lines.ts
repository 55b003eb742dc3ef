import { Lexer } from 'yaml'
import type { YamlList, YamlMap, YamlNode, YamlPair, YamlScalar } from './node.ts'

/**
 * Composes what is written in the simplest way, from the lexemes of the YAML library: block maps and lists, scalars and
 * flow lists of scalars on one line, comments. Large manifests are, and this takes a third of the time of the library's
 * own parser and composer.
 * @returns undefined for everything else, also for what may be wrong: the library's composer has the say then
 */
export function composeLines(source: string): YamlNode | undefined {
  // Control characters are marks between the lexemes.
  if (/[^\P{Cc}\n]|\uFEFF/u.test(source)) return undefined
  const composition = startComposition()
  let line: Lexeme[] = []
  let start = 0
  let plain = false
  for (const text of new Lexer().lex(source)) {
    if (text === scalarMark) plain = true
    else if (text === '\n' && !plain) {
      if (!composeLine(line, composition)) return undefined
      line = []
      start++
    } else if (text !== documentMark) {
      line.push({ text, start, plain })
      start += text.length
      plain = false
    }
  }
  return composeLine(line, composition) ? finish(composition) : undefined
}

interface Lexeme {
  readonly text: string
  readonly start: number
  /** A scalar without quotes. */
  readonly plain: boolean
}

/** What the lexer says before a document and before a plain scalar. Source: yaml, parse/cst. */
const documentMark = '\u0002'
const scalarMark = '\u001F'

interface Composition {
  root: YamlNode | undefined
  /** The collections that the next line may go on with, outermost first. */
  readonly open: Open[]
  /** Where the last value ended. */
  end: number
}

/** A collection that is being read; the root is one in which a single value has its place. */
interface Open {
  readonly node: YamlList | YamlMap | undefined
  readonly column: number
  /** Texts of the keys so far. */
  readonly keys: Set<string>
  /** Puts the value where it belongs; undefined while none is awaited. */
  take: ((value: YamlNode) => void) | undefined
}

function startComposition(): Composition {
  const composition: Composition = { root: undefined, open: [], end: 0 }
  const take = (value: YamlNode): void => {
    composition.root = value
  }
  composition.open.push({ node: undefined, column: -1, keys: new Set(), take })
  return composition
}

/** Undefined when a value is still awaited, which would be an empty one. */
function finish(composition: Composition): YamlNode | undefined {
  const { open } = composition
  while (open.length > 1) if (!close(composition)) return undefined
  return composition.root
}

function close({ open, end }: Composition): boolean {
  const closed = open.pop()
  if (closed?.node) closed.node.end = end
  return closed?.take === undefined
}

/** False when the line is not written in the simplest way. */
function composeLine(line: readonly Lexeme[], composition: Composition): boolean {
  let index = 0
  let column = 0
  let awaited: Open | undefined
  const space = line[0]
  if (space && isSpace(space)) {
    column = space.text.length
    index = 1
  }
  for (;;) {
    const lexeme = line[index]
    if (!lexeme || isComment(lexeme)) return true
    const next = line[index + 1]
    if (lexeme.text === '-' && !lexeme.plain) {
      awaited = enter('list', column, lexeme.start, composition)
      if (!awaited) return false
      awaitItem(awaited)
      if (!next) return true
      if (!isSpace(next)) return false
      column += 1 + next.text.length
      index += 2
    } else if (next?.text === ':' && !next.plain) {
      return composePair(line, index, column, composition)
    } else {
      return awaited !== undefined && composeValue(line, index, awaited, composition)
    }
  }
}

function composePair(line: readonly Lexeme[], index: number, column: number, composition: Composition): boolean {
  const lexeme = line[index]
  const key = lexeme && scalarOf(lexeme)
  if (!key || key.text.length > longestKey) return false
  const map = enter('map', column, key.start, composition)
  if (!map || map.keys.has(key.text)) return false
  map.keys.add(key.text)
  awaitValue(map, key)
  const space = line[index + 2]
  if (!space) return true
  if (!isSpace(space)) return false
  const value = line[index + 3]
  return !value || isComment(value) || composeValue(line, index + 3, map, composition)
}

/** Well below the 1024 characters that a simple key may have. */
const longestKey = 500

/**
 * The collection at a column that a new entry belongs to: one that is open, or a new one that is the value that is awaited.
 * Undefined when there is no such place, or a value would be left empty.
 */
function enter(kind: 'list' | 'map', column: number, start: number, composition: Composition): Open | undefined {
  const { open } = composition
  for (;;) {
    const top = open.at(-1)
    if (!top) return undefined
    const { node } = top
    // The list under a key may start at the column of the key.
    const ends = top.column > column || (top.column === column && node?.kind === 'list' && kind === 'map')
    if (ends) {
      if (!close(composition)) return undefined
      continue
    }
    if (top.column === column && node?.kind === kind) return top.take ? undefined : top
    const deeper = top.column < column || (node?.kind === 'map' && kind === 'list')
    if (!top.take || !deeper) return undefined
    const entered: YamlList | YamlMap =
      kind === 'list' ? { kind, items: [], start, end: start } : { kind, pairs: [], start, end: start }
    top.take(entered)
    top.take = undefined
    const opened: Open = { node: entered, column, keys: new Set(), take: undefined }
    open.push(opened)
    return opened
  }
}

function awaitItem(list: Open): void {
  const { node } = list
  if (node?.kind === 'list') list.take = (value) => void node.items.push(value)
}

function awaitValue(map: Open, key: YamlScalar): void {
  const { node } = map
  if (node?.kind !== 'map') return
  const pair: YamlPair = { key, value: undefined }
  node.pairs.push(pair)
  map.take = (value) => {
    pair.value = value
  }
}

/** A scalar or a flow list, and nothing but a comment behind it. */
function composeValue(line: readonly Lexeme[], index: number, awaited: Open, composition: Composition): boolean {
  const lexeme = line[index]
  if (!lexeme || !awaited.take) return false
  const isFlow = lexeme.text === '[' && !lexeme.plain
  const value = isFlow ? flowList(line, index) : scalarOf(lexeme)
  if (!value) return false
  const after = isFlow ? line.findIndex(({ start }) => start >= value.end) : index + 1
  const rest = after < 0 ? [] : line.slice(after)
  const [space, comment, more] = rest
  if (more || (space && !isSpace(space)) || (comment && !isComment(comment))) return false
  awaited.take(value)
  awaited.take = undefined
  composition.end = value.end
  return true
}

/** `["a", b]` on one line. */
function flowList(line: readonly Lexeme[], index: number): YamlList | undefined {
  const items: YamlNode[] = []
  const start = line[index]?.start ?? 0
  let at = index + 1
  const skipSpace = (): void => {
    const lexeme = line[at]
    if (lexeme && isSpace(lexeme)) at++
  }
  skipSpace()
  for (;;) {
    const lexeme = line[at]
    if (!lexeme) return undefined
    if (isSign(lexeme, ']') && items.length === 0) return { kind: 'list', items, start, end: lexeme.start + 1 }
    const item = scalarOf(lexeme)
    if (!item) return undefined
    items.push(item)
    at++
    skipSpace()
    const sign = line[at]
    if (!sign) return undefined
    if (isSign(sign, ']')) return { kind: 'list', items, start, end: sign.start + 1 }
    if (!isSign(sign, ',')) return undefined
    at++
    skipSpace()
  }
}

/** A scalar that is as it is written: on one line, without escapes. */
function scalarOf({ text, start, plain }: Lexeme): YamlScalar | undefined {
  const end = start + text.length
  if (plain) return /^[^,%|>@`\n][^\n]*$/.test(text) ? { kind: 'scalar', text, plain, start, end } : undefined
  const quoted = /^"([^"\\\n]*)"$|^'([^'\n]*)'$/.exec(text)
  if (!quoted) return undefined
  return { kind: 'scalar', text: quoted[1] ?? quoted[2] ?? '', plain, start, end }
}

const isSign = ({ text, plain }: Lexeme, sign: string): boolean => text === sign && !plain
const isSpace = ({ text, plain }: Lexeme): boolean => text[0] === ' ' && !plain
const isComment = ({ text, plain }: Lexeme): boolean => text[0] === '#' && !plain
