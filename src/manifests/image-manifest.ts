import {
  type Digest,
  type ImageLocation,
  isDigest,
  parseLocation,
  parseReference,
  parseTag,
  type Tag,
} from '../oci/index.ts'
import { type Location, UserError } from '../runner/index.ts'
import type { StrictYaml } from '../yaml/index.ts'
import type { Finding } from './finding.ts'
import { located, readBoolean, requireText, splitSource } from './value.ts'

/**
 * The promoter manifests of registry.k8s.io: which digest gets which tags.
 * Source: kubernetes-sigs/promo-tools, promoter/image/schema.
 */
export interface PromoterManifest {
  /** The folder in a thin tree; the base name of a plain file. */
  readonly project: string
  /** Where the registries are. */
  readonly location: Location
  readonly source: ImageLocation
  readonly destinations: readonly ImageLocation[]
  /** In the order of the file; a name or digest that is there twice is here twice. */
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
  /** Where the digest is. */
  readonly location: Location
  /** Where the image begins whose dmap has it; the same object for all of one dmap. */
  readonly block: Location
}

/**
 * A manifest with `registries` and `images` in one file.
 * @throws UserError with file, line and column
 */
export function parsePlainManifest(yaml: StrictYaml, project: string): PromoterManifest {
  const { registries, images } = yaml.record(yaml.root, 'the manifest', ['registries', 'images', 'imagesPath'])
  const { emptied, ...read } = readImages(yaml, images)
  const [empty] = emptied
  if (empty) throw new UserError(`the image '${empty.name}' has an empty dmap`, { location: empty.location })
  return { project, ...readRegistries(yaml, registries), ...read }
}

/**
 * `manifests/<project>/promoter-manifest.yaml` with its `images/<project>/images.yaml`.
 * @throws UserError with file, line and column
 */
export function parseThinManifest(yaml: StrictYaml, list: StrictYaml, project: string): PromoterManifest {
  // imagesPath has no meaning any more, but is still written.
  const { registries } = yaml.record(yaml.root, 'the manifest', ['registries', 'imagesPath'])
  // An image without digests is promoter's to refuse in a plain manifest, and to pass over in a thin one.
  const { emptied: _, ...read } = readImages(list, list.root)
  return { project, ...readRegistries(yaml, registries), ...read }
}

/**
 * The images alone: of a plain manifest, or of an `images.yaml`.
 * @throws UserError with file, line and column
 */
export function parseImages(yaml: StrictYaml, isPlain: boolean): Pick<PromoterManifest, 'images' | 'findings'> {
  const list = isPlain
    ? yaml.record(yaml.root, 'the manifest', ['registries', 'images', 'imagesPath']).images
    : yaml.root
  return readImages(yaml, list)
}

function readRegistries(
  yaml: StrictYaml,
  node: unknown,
): Pick<PromoterManifest, 'location' | 'source' | 'destinations'> {
  const found = yaml.list(node, 'registries').map((item) => {
    const { name, src } = yaml.record(item, 'a registry', ['name', 'src', 'service-account'])
    const text = requireText(yaml, name, 'the name of a registry', item)
    return { registry: located(yaml, name, () => parseLocation(text)), isSource: readBoolean(yaml, src, 'src'), item }
  })
  const { source, destinations } = splitSource(yaml, found, { what: 'registry', list: 'registries', node })
  return {
    location: yaml.locate(node),
    source: source.registry,
    destinations: destinations.map(({ registry }) => registry),
  }
}

interface ReadImages {
  readonly images: ManifestImage[]
  readonly findings: Finding[]
  readonly emptied: { readonly name: string; readonly location: Location }[]
}

function readImages(yaml: StrictYaml, node: unknown): ReadImages {
  const images: ManifestImage[] = []
  const findings: Finding[] = []
  const emptied: ReadImages['emptied'] = []
  for (const item of yaml.list(node, 'images')) {
    const { name, dmap } = yaml.record(item, 'an image', ['name', 'dmap'])
    const text = requireText(yaml, name, 'the name of an image', item)
    if (!isRepositoryName(text)) {
      findings.push({ location: yaml.locate(name), rule: 'name', message: `'${text}' is not a repository name` })
      continue
    }
    const entries = yaml.entries(dmap, 'dmap')
    const block = yaml.locate(item)
    if (entries.length === 0) emptied.push({ name: text, location: block })
    for (const { key, keyNode, value } of entries) {
      const location = yaml.locate(keyNode)
      const tags = readTags(yaml, value, findings)
      if (!isDigest(key)) findings.push({ location, rule: 'digest', message: `'${key}' is not a SHA-256 digest` })
      // With a tag missing the entry would be promoted in part; it waits until it is mended.
      else if (tags) images.push({ name: text, digest: key, tags, location, block })
    }
  }
  return { images, findings, emptied }
}

function readTags(yaml: StrictYaml, node: unknown, findings: Finding[]): Tag[] | undefined {
  const tags: Tag[] = []
  let malformed = false
  for (const item of yaml.list(node, 'tags')) {
    const text = yaml.text(item, 'a tag') ?? ''
    try {
      tags.push(parseTag(text))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      malformed = true
      findings.push({ location: yaml.locate(item), rule: 'tag', message: error.message })
    }
  }
  return malformed ? undefined : tags
}

/** Whether a text can be the name of an image below a registry. */
export function isRepositoryName(text: string): boolean {
  try {
    parseReference(`localhost/${text}`)
    return !/[:@]/.test(text)
  } catch {
    return false
  }
}
