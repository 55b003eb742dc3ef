import {
  type Digest,
  type ImageLocation,
  isDigest,
  parseLocation,
  parseReference,
  parseTag,
  type Tag,
} from '../oci/index.ts'
import { describeError, type Location, UserError } from '../runner/index.ts'
import { parseStrictYaml, type StrictYaml } from '../yaml/index.ts'

/**
 * The promoter manifests of registry.k8s.io: which digest gets which tags.
 * Source: kubernetes-sigs/promo-tools, promoter/image/schema.
 */
export interface PromoterManifest {
  readonly source: ImageLocation
  readonly destinations: readonly ImageLocation[]
  readonly images: readonly ManifestImage[]
  /** What can't be promoted as it is written; the rest can. */
  readonly findings: readonly Finding[]
}

/** One line of a `dmap`. A name may have several entries; each counts. */
export interface ManifestImage {
  readonly name: string
  readonly digest: Digest
  /** Empty: promoted by its digest only. */
  readonly tags: readonly Tag[]
  readonly location: Location
}

export interface Finding {
  readonly location: Location
  readonly rule: 'digest' | 'tag' | 'name'
  readonly message: string
}

interface Registries {
  readonly source: ImageLocation
  readonly destinations: readonly ImageLocation[]
}

/**
 * A manifest with `registries` and `images` in one file.
 * @throws UserError with file, line and column
 */
export function parsePlainManifest(source: string, file: string): PromoterManifest {
  const yaml = parseStrictYaml(source, file)
  const { registries, images } = yaml.record(yaml.root, 'the manifest', ['registries', 'images', 'imagesPath'])
  const read = readImages(yaml, images)
  const empty = read.emptied[0]
  if (empty) throw new UserError(`the image '${empty.name}' has an empty dmap`, { location: empty.location })
  return { ...readRegistries(yaml, registries), images: read.images, findings: read.findings }
}

/**
 * `manifests/<project>/promoter-manifest.yaml` with its `images/<project>/images.yaml`.
 * @throws UserError with file, line and column
 */
export function parseThinManifest(
  manifest: { readonly source: string; readonly file: string },
  images: { readonly source: string; readonly file: string },
): PromoterManifest {
  const yaml = parseStrictYaml(manifest.source, manifest.file)
  // imagesPath has no meaning any more, but is still written.
  const { registries } = yaml.record(yaml.root, 'the manifest', ['registries', 'imagesPath'])
  const list = parseStrictYaml(images.source, images.file)
  const read = readImages(list, list.root)
  return { ...readRegistries(yaml, registries), images: read.images, findings: read.findings }
}

function readRegistries(yaml: StrictYaml, node: unknown): Registries {
  const found = yaml.list(node, 'registries').map((item) => {
    const { name, src } = yaml.record(item, 'a registry', ['name', 'src', 'service-account'])
    const text = yaml.text(name, 'the name of a registry')
    if (text === undefined) throw new UserError('a registry has no name', { location: yaml.locate(item) })
    return { location: located(yaml, name, () => parseLocation(text)), isSource: readBoolean(yaml, src), item, text }
  })
  const sources = found.filter(({ isSource }) => isSource)
  const [source, second] = sources
  if (!source) {
    throw new UserError('no registry is the source', {
      hint: "Give one of 'registries' the line 'src: true'.",
      location: yaml.locate(node ?? yaml.root),
    })
  }
  if (second)
    throw new UserError('a second registry is the source', {
      hint: 'Only one can be.',
      location: yaml.locate(second.item),
    })
  const destinations = found.filter(({ isSource }) => !isSource).map(({ location }) => location)
  if (destinations.length === 0) {
    throw new UserError('there is no registry to promote to', { location: yaml.locate(node ?? yaml.root) })
  }
  return { source: source.location, destinations }
}

function readBoolean(yaml: StrictYaml, node: unknown): boolean {
  const text = yaml.text(node, 'src') ?? 'false'
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  throw new UserError(`src is neither true nor false: '${text}'`, { location: yaml.locate(node) })
}

interface ReadImages {
  readonly images: ManifestImage[]
  readonly findings: Finding[]
  readonly emptied: { readonly name: string; readonly location: Location }[]
}

function readImages(yaml: StrictYaml, node: unknown): ReadImages {
  const read: ReadImages = { images: [], findings: [], emptied: [] }
  for (const item of yaml.list(node, 'images')) {
    const { name, dmap } = yaml.record(item, 'an image', ['name', 'dmap'])
    const text = yaml.text(name, 'the name of an image')
    if (text === undefined) throw new UserError('an image has no name', { location: yaml.locate(item) })
    if (!isName(text)) {
      read.findings.push({ location: yaml.locate(name), rule: 'name', message: `'${text}' is not a repository name` })
      continue
    }
    const entries = yaml.entries(dmap, 'dmap')
    if (entries.length === 0) read.emptied.push({ name: text, location: yaml.locate(item) })
    for (const { key, keyNode, value } of entries) {
      const location = yaml.locate(keyNode)
      const tags = readTags(yaml, value, read.findings)
      if (!isDigest(key)) read.findings.push({ location, rule: 'digest', message: `'${key}' is not a SHA-256 digest` })
      // With a tag missing the entry would be promoted in part; it waits until it is mended.
      else if (tags) read.images.push({ name: text, digest: key, tags, location })
    }
  }
  return read
}

function readTags(yaml: StrictYaml, node: unknown, findings: Finding[]): Tag[] | undefined {
  const tags: Tag[] = []
  let malformed = false
  for (const item of yaml.list(node, 'tags')) {
    const text = yaml.text(item, 'a tag') ?? ''
    try {
      tags.push(parseTag(text))
    } catch (error) {
      malformed = true
      findings.push({ location: yaml.locate(item), rule: 'tag', message: describeError(error).split('\n', 1)[0] ?? '' })
    }
  }
  return malformed ? undefined : tags
}

function isName(text: string): boolean {
  try {
    parseReference(`localhost/${text}`)
    return !/[:@]/.test(text)
  } catch {
    return false
  }
}

/** The work's own error, at the place of a node. */
function located<T>(yaml: StrictYaml, node: unknown, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(error.message, { ...(error.hint ? { hint: error.hint } : {}), location: yaml.locate(node) })
  }
}
