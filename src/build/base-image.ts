import { buffer } from 'node:stream/consumers'
import {
  type Descriptor,
  type Digest,
  digestOfBytes,
  formatPlatform,
  formatReference,
  type ImageConfig,
  type ImageIndex,
  type ImageReference,
  mediaTypes,
  type Platform,
  parseIndex,
  parseManifest,
} from '../oci/index.ts'
import { openRepository, type Repository, resolveLocation, type StoredManifest } from '../registry/index.ts'
import { type Step, UserError } from '../runner/index.ts'

/** A base image, resolved: what its digest holds for each platform that is asked for. */
export interface BaseImage {
  readonly repository: Repository
  readonly reference: ImageReference
  /** Of the index, or of the manifest where there is no index. */
  readonly digest: Digest
  /** By platform, as `linux/amd64`. */
  readonly platforms: ReadonlyMap<string, BasePlatform>
}

export interface BasePlatform {
  readonly config: ImageConfig
  readonly layers: readonly Descriptor[]
}

/** Media types of a layer by what OCI calls it; Docker's name the same bytes. Layers that may not be passed on have none. */
const layerTypes: Readonly<Record<string, string>> = {
  [mediaTypes.layer]: mediaTypes.layer,
  'application/vnd.oci.image.layer.v1.tar': 'application/vnd.oci.image.layer.v1.tar',
  'application/vnd.oci.image.layer.v1.tar+zstd': 'application/vnd.oci.image.layer.v1.tar+zstd',
  'application/vnd.docker.image.rootfs.diff.tar.gzip': mediaTypes.layer,
}

/** A configuration is a document, not an artefact: this much is read of one. */
const largestConfig = 4 << 20

/** @throws UserError when the base is not there, lacks a platform, or is not whole */
export async function observeBase(
  reference: ImageReference,
  platforms: readonly Platform[],
  step: Step,
): Promise<BaseImage> {
  const repository = openRepository(resolveLocation(reference.location, step), reference.name, step)
  const wanted = reference.digest ?? reference.tag
  const found = wanted && (await repository.readManifest(wanted))
  if (!found) throw new UserError(`The base image ${formatReference(reference)} was not found`)
  const entries = await Promise.all(
    platforms.map(
      async (platform) => [formatPlatform(platform), await readPlatform(repository, found, platform)] as const,
    ),
  )
  return { repository, reference, digest: found.descriptor.digest, platforms: new Map(entries) }
}

async function readPlatform(repository: Repository, base: StoredManifest, platform: Platform): Promise<BasePlatform> {
  const what = `${repository.address}@${base.descriptor.digest}`
  const isIndex = [mediaTypes.index, mediaTypes.dockerManifestList].some((type) => type === base.descriptor.mediaType)
  const entry = isIndex ? choosePlatform(parseIndex(base.bytes, what), platform, what) : base.descriptor
  const stored = isIndex ? await repository.readManifest(entry.digest) : base
  if (!stored) throw new UserError(`The base image ${what} is not whole: ${entry.digest} is missing`)
  const manifest = parseManifest(stored.bytes, `${repository.address}@${entry.digest}`)
  if (manifest.config.size > largestConfig) throw new UserError(`The configuration of ${what} is too large`)
  const config = parseConfig(await buffer(await repository.readBlob(manifest.config)), what)
  const found = {
    os: config.os,
    architecture: config.architecture,
    ...(config.variant ? { variant: config.variant } : {}),
  }
  if (!matches(found, platform))
    throw new UserError(`The base image ${what} is for ${formatPlatform(found)}, not ${formatPlatform(platform)}`)
  if (config.rootfs.diff_ids.length !== manifest.layers.length) {
    throw new UserError(
      `The base image ${what} contradicts itself: its configuration names other layers than its manifest`,
    )
  }
  return { config, layers: manifest.layers.map((layer) => plainLayer(layer, what)) }
}

function choosePlatform(index: ImageIndex, platform: Platform, what: string): Descriptor {
  const offered = index.manifests.filter((entry) => entry.platform && matches(entry.platform, platform))
  const exact = offered.find((entry) => entry.platform?.variant === platform.variant)
  const chosen = exact ?? offered[0]
  if (chosen) return chosen
  const known = index.manifests.flatMap((entry) => (entry.platform ? [formatPlatform(entry.platform)] : []))
  throw new UserError(`The base image ${what} is not there for ${formatPlatform(platform)}`, {
    hint: `It has: ${known.join(', ')}. Leave the platform out of the image's 'platforms', or choose another base.`,
  })
}

// A base without a variant serves every variant; one with a variant only its own. arm64 is always v8.
const matches = (base: Platform, platform: Platform): boolean =>
  base.os === platform.os &&
  base.architecture === platform.architecture &&
  (base.variant === undefined ||
    base.variant === (platform.variant ?? (platform.architecture === 'arm64' ? 'v8' : undefined)))

function plainLayer({ mediaType, digest, size }: Descriptor, what: string): Descriptor {
  const type = layerTypes[mediaType]
  if (type === undefined)
    throw new UserError(`The base image ${what} has a layer that cannot be passed on: ${mediaType}`)
  return { mediaType: type, digest, size }
}

function parseConfig(bytes: Buffer, what: string): ImageConfig {
  try {
    const config: ImageConfig = JSON.parse(bytes.toString())
    const isWhole =
      typeof config.os === 'string' && typeof config.architecture === 'string' && Array.isArray(config.rootfs.diff_ids)
    if (isWhole) return config
  } catch {
    // Not JSON, or without rootfs.
  }
  throw new UserError(`The base image ${what} has no image configuration: ${digestOfBytes(bytes)}`)
}
