import { type Location, UserError } from '../runner/index.ts'
import { parseStrictYaml } from '../yaml/index.ts'
import { type Addition, contentOf, missingTags } from './addition.ts'
import { parseImages } from './image-manifest.ts'
import { type DigestPlace, type ImagePlace, type ManifestLayout, readLayout } from './layout.ts'
import { columnOf, indexFor, lineEnd, quoted, type Style, styleOf } from './style.ts'

/** The text with the images: of a plain manifest, or the `images.yaml` of a project. */
export interface ImagesText {
  readonly text: string
  /** What messages call it. */
  readonly file: string
  readonly isPlain: boolean
}

/**
 * The text with digests and tags added, each where the order of the file wants it; every byte that was there is kept.
 * What is there already is not added again.
 * @throws UserError when the text has a mistake, or is written so that nothing can be added without changing more
 */
export const addToText = (source: ImagesText, additions: readonly Addition[]): string =>
  additions.reduce((text, addition) => addOne({ ...source, text }, addition), source.text)

/** One place of a text, and what is there instead. */
interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

function addOne({ text, file, isPlain }: ImagesText, addition: Addition): string {
  const yaml = parseStrictYaml(text, file)
  const before = parseImages(yaml, isPlain)
  const tags = missingTags(before.images, addition)
  if (tags === undefined) return text
  const layout = readLayout(yaml, isPlain)
  const { start, end, text: added } = planEdit(text, layout, { ...addition, tags })
  const edited = text.slice(0, start) + added + text.slice(end)
  // The proof that nothing else changed, however strangely the file is written.
  const after = readImages(edited, { file, isPlain })
  const wanted = contentOf(before.images, [addition])
  if (after && contentOf(after.images) === wanted && after.findings.length === before.findings.length) return edited
  const image = layout.entries.findLast(({ name }) => name === addition.name)
  throw notEditable(addition, yaml.locate(image?.node ?? layout.images.node))
}

function readImages(text: string, { file, isPlain }: Omit<ImagesText, 'text'>) {
  try {
    return parseImages(parseStrictYaml(text, file), isPlain)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

const notEditable = ({ name, digest }: Addition, location: Location): UserError =>
  new UserError(`${name}@${digest} cannot be added here without changing something else`, {
    hint: 'Add it by hand, or write this place in the common way first.',
    location,
  })

function planEdit(text: string, layout: ManifestLayout, addition: Addition): TextEdit {
  const style = styleOf(text, layout)
  const images = layout.entries.filter(({ name }) => name === addition.name)
  const entry = images.flatMap(({ digests }) => digests).findLast(({ digest }) => digest === addition.digest)
  if (entry) return addTags(text, entry, addition, style)
  const image = images.at(-1)
  return image ? addDigest(text, image, addition, style) : addImage(text, layout, addition, style)
}

/** New lines behind the one that an offset is in. */
function linesAfter(text: string, offset: number, lines: readonly string[], { newline }: Style): TextEdit {
  const at = lineEnd(text, offset)
  if (at !== undefined) return { start: at, end: at, text: lines.map((line) => line + newline).join('') }
  const isEmpty = text.length === 0 || text.endsWith('\n')
  const added = lines.join(newline)
  return { start: text.length, end: text.length, text: isEmpty ? added + newline : newline + added }
}

const insertion = (start: number, text: string): TextEdit => ({ start, end: start, text })

function addTags(text: string, { key, tags }: DigestPlace, addition: Addition, style: Style): TextEdit {
  const added = addition.tags.map((tag) => quoted(tag, style.quoteTag))
  const last = tags.items.at(-1)
  if (last && text[tags.start] === '-') {
    const indent = ' '.repeat(columnOf(text, tags.start))
    const lines = added.map((tag) => `${indent}- ${tag}`)
    return linesAfter(text, last.end, lines, style)
  }
  if (last) return insertion(last.end, `, ${added.join(', ')}`)
  if (text[tags.start] === '[') return insertion(tags.start + 1, added.join(', '))
  return insertion(text.indexOf(':', key.end) + 1, ` [${added.join(', ')}]`)
}

/** `"sha256:…": ["v1"]`, on several lines where those before it are. */
function digestLines(text: string, addition: Addition, style: Style, like: DigestPlace | undefined): string[] {
  const digest = quoted(addition.digest, style.quoteDigest)
  const tags = addition.tags.map((tag) => quoted(tag, style.quoteTag))
  if (!like || text[like.tags.start] !== '-' || tags.length === 0) return [`${digest}: [${tags.join(', ')}]`]
  const indent = ' '.repeat(Math.max(0, columnOf(text, like.tags.start) - columnOf(text, like.key.start)))
  return [`${digest}:`, ...tags.map((tag) => `${indent}- ${tag}`)]
}

function addDigest(text: string, { start, dmap, digests }: ImagePlace, addition: Addition, style: Style): TextEdit {
  const [first] = digests
  const [flow = ''] = digestLines(text, addition, style, undefined)
  if (text[dmap.start] === '{') {
    const last = digests.at(-1)
    return last ? insertion(last.tags.end, `, ${flow}`) : insertion(dmap.start + 1, flow)
  }
  if (!first) return linesAfter(text, dmap.keyEnd, [' '.repeat(columnOf(text, start)) + style.digest + flow], style)
  const index = indexFor(digests, addition.tags)
  const before = digests[index - 1]
  const indent = ' '.repeat(columnOf(text, first.key.start))
  const lines = digestLines(text, addition, style, before ?? first).map((line) => indent + line)
  // What is written above an entry belongs to it, so the new one goes right behind the one before.
  return linesAfter(text, before ? Math.max(before.key.end, before.tags.end) : dmap.keyEnd, lines, style)
}

function addImage(text: string, { images, entries }: ManifestLayout, addition: Addition, style: Style): TextEdit {
  const [digest = ''] = digestLines(text, addition, style, undefined)
  const name = /^(?:true|false|null|yes|no|on|off|y|n|[\d.]+)$/.test(addition.name)
    ? `"${addition.name}"`
    : addition.name
  const last = entries.at(-1)
  if (last && text[images.start] === '[') return insertion(last.end, `, {name: ${name}, dmap: {${digest}}}`)
  const indent = style.dash + ' '.repeat(style.item.length)
  const lines = [`${style.dash}${style.item}name: ${name}`, `${indent}dmap:`, `${indent}${style.digest}${digest}`]
  if (last) return linesAfter(text, last.end, lines, style)
  if (text[images.start] === '[') {
    const start = images.keyEnd === undefined ? '' : style.newline
    return { start: images.start, end: images.end, text: start + lines.join(style.newline) }
  }
  if (images.keyEnd !== undefined) return linesAfter(text, images.keyEnd, lines, style)
  return linesAfter(text, text.length, images.isPlain ? ['images:', ...lines] : lines, style)
}
