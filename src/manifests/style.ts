import type { DigestPlace, ManifestLayout } from './layout.ts'

/** How a manifest is written, so that what is added looks as if its author had. */
export interface Style {
  readonly newline: string
  /** Before the dash of an image. */
  readonly dash: string
  /** From the dash to the keys of the image. */
  readonly item: string
  /** From the keys of the image to the digests. */
  readonly digest: string
  readonly quoteDigest: Quote
  readonly quoteTag: Quote
}

export type Quote = '"' | "'" | ''

/** As kpromo writes, where there is nothing to go by. */
const usual = { item: '- ', digest: '  ', quoteDigest: '"', quoteTag: '"' } as const

export function styleOf(text: string, { images, entries }: ManifestLayout): Style {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const block = entries.find(({ start }) => text[start] !== '{' && text[images.start] === '-')
  const dashColumn = block ? columnOf(text, images.start) : 0
  const itemColumn = block ? columnOf(text, block.start) : dashColumn + usual.item.length
  const digests = entries.flatMap((entry) => entry.digests)
  const written = block?.digests.find(({ key }) => isFirstOnLine(text, key.start))
  const digestColumn = written ? columnOf(text, written.key.start) : itemColumn + usual.digest.length
  const tag = digests.flatMap(({ tags }) => tags.items).at(-1)
  return {
    newline,
    dash: ' '.repeat(dashColumn),
    item: `-${' '.repeat(Math.max(1, itemColumn - dashColumn - 1))}`,
    digest: ' '.repeat(Math.max(1, digestColumn - itemColumn)),
    quoteDigest: digests.length === 0 ? usual.quoteDigest : quoteAt(text, digests.at(-1)?.key.start ?? 0),
    quoteTag: tag ? quoteAt(text, tag.start) : usual.quoteTag,
  }
}

export function quoteAt(text: string, offset: number): Quote {
  const sign = text[offset]
  return sign === '"' || sign === "'" ? sign : ''
}

/** Quoted all the same where it could be read as something else than text. */
export function quoted(text: string, quote: Quote): string {
  const sign = quote === '' && !/^(?:sha256:[0-9a-f]+|v\d[\w.-]*)$/.test(text) ? '"' : quote
  return `${sign}${text}${sign}`
}

export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset)

export const lineStart = (text: string, offset: number): number =>
  offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1

/** The offset behind the end of the line; undefined when the text ends without one. */
export function lineEnd(text: string, offset: number): number | undefined {
  const end = text.indexOf('\n', offset)
  return end < 0 ? undefined : end + 1
}

export const isFirstOnLine = (text: string, offset: number): boolean =>
  /^ *$/.test(text.slice(lineStart(text, offset), offset))

/**
 * The place among digests where one with these tags belongs: by its smallest tag where they are in that order, as kpromo
 * writes them, compared as text or as versions; else the last.
 */
export function indexFor(digests: readonly DigestPlace[], tags: readonly string[]): number {
  const smallest = (all: readonly string[], compare: Compare): string | undefined => [...all].sort(compare)[0]
  for (const compare of [byText, byVersion]) {
    const keys = digests.map((entry) =>
      smallest(
        entry.tags.items.map((item) => item.text),
        compare,
      ),
    )
    const own = smallest(tags, compare)
    if (own === undefined) break
    const inOrder = keys.every((key, index) => {
      const before = keys[index - 1]
      return key !== undefined && (before === undefined || compare(before, key) <= 0)
    })
    if (!inOrder) continue
    const after = keys.findIndex((key) => key !== undefined && compare(key, own) > 0)
    return after < 0 ? digests.length : after
  }
  return digests.length
}

type Compare = (left: string, right: string) => number

const byText: Compare = (left, right) => (left < right ? -1 : left > right ? 1 : 0)

/** Numbers in it count as numbers: v1.9 before v1.10. */
const byVersion: Compare = (left, right) => left.localeCompare(right, 'en', { numeric: true })
