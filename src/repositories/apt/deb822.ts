import { UserError } from '../../runner/index.ts'

/** Fields of a paragraph by name as written, with their values; continuation lines keep their leading space. */
export type Paragraph = ReadonlyMap<string, string>

/**
 * A paragraph of Debian control data (deb822, Debian Policy 5.1).
 * @throws UserError when a line is none, or a field stands twice
 */
export function parseParagraph(text: string): Paragraph {
  const fields = new Map<string, string>()
  const seen = new Set<string>()
  let current: string | undefined
  for (const line of text.replace(/\n$/, '').split('\n')) {
    if (/^[ \t]/.test(line) && current !== undefined) {
      fields.set(current, `${fields.get(current) ?? ''}\n${line}`)
      continue
    }
    const [, name, value] = /^([!-9;-~]+):[ \t]*(.*?)[ \t\r]*$/.exec(line) ?? []
    if (name === undefined || value === undefined || name.startsWith('-') || seen.has(name.toLowerCase())) {
      throw new UserError(`Not a field of Debian control data: '${line.slice(0, 80)}'`)
    }
    seen.add(name.toLowerCase())
    fields.set(name, value)
    current = name
  }
  return fields
}

/** Paragraphs are separated by empty lines. */
export const splitParagraphs = (text: string): string[] =>
  text.split(/\n(?:[ \t]*\n)+/).filter((paragraph) => paragraph.trim() !== '')

/** `Name: value` a line, in the order of the map. A value that begins with a line end has no space before it. */
export const formatParagraph = (fields: Paragraph): string =>
  [...fields].map(([name, value]) => `${name}:${value.startsWith('\n') || value === '' ? '' : ' '}${value}\n`).join('')
