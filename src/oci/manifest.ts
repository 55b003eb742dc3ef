import { UserError } from '../errors/index.ts'
import { type Digest, parseDigest } from './digest.ts'
import type { Platform } from './platform.ts'

/** Source: OCI image specification 1.1, media-types.md; Docker distribution manifest v2 schema 2. */
export const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  empty: 'application/vnd.oci.empty.v1+json',
  dockerManifestList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  sigstoreBundle: 'application/vnd.dev.sigstore.bundle.v0.3+json',
} as const

/** OCI content descriptor. */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: Digest
  /** Bytes. */
  readonly size: number
  readonly platform?: Platform & { readonly 'os.version'?: string }
  readonly artifactType?: string
  readonly annotations?: Readonly<Record<string, string>>
}

/** The empty JSON object `{}`, the config of an artifact manifest. */
export const emptyDescriptor: Descriptor = {
  mediaType: mediaTypes.empty,
  digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
  size: 2,
}

export interface ImageManifest {
  readonly schemaVersion: 2
  readonly mediaType?: string
  readonly artifactType?: string
  readonly config: Descriptor
  readonly layers: readonly Descriptor[]
  readonly subject?: Descriptor
  readonly annotations?: Readonly<Record<string, string>>
}

export interface ImageIndex {
  readonly schemaVersion: 2
  readonly mediaType?: string
  readonly artifactType?: string
  readonly manifests: readonly Descriptor[]
  readonly subject?: Descriptor
  readonly annotations?: Readonly<Record<string, string>>
}

/** OCI image configuration; the members that a build sets. */
export interface ImageConfig {
  readonly created?: string
  readonly architecture: string
  readonly os: string
  readonly variant?: string
  readonly config?: {
    readonly User?: string
    readonly Env?: readonly string[]
    readonly Entrypoint?: readonly string[]
    readonly Cmd?: readonly string[]
    readonly WorkingDir?: string
    readonly ExposedPorts?: Readonly<Record<string, object>>
    readonly Labels?: Readonly<Record<string, string>>
  }
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly Digest[] }
  readonly history?: readonly object[]
}

/** @throws UserError when the bytes are not an index or manifest list, or a descriptor in it is malformed */
export function parseIndex(bytes: Uint8Array, what: string): ImageIndex {
  const json = parseJson(bytes, what)
  if (!Array.isArray(json.manifests)) throw new UserError(`${what} is not an image index: it has no 'manifests'`)
  for (const descriptor of json.manifests) requireDescriptor(descriptor, what)
  requireCommonMembers(json, what)
  // Every member that the type names was checked.
  return json as unknown as ImageIndex
}

/** @throws UserError when the bytes are not an image or artifact manifest, or a descriptor in it is malformed */
export function parseManifest(bytes: Uint8Array, what: string): ImageManifest {
  const json = parseJson(bytes, what)
  if (!Array.isArray(json.layers) || json.config === undefined) {
    throw new UserError(`${what} is not an image manifest: it has no 'config' and 'layers'`)
  }
  for (const descriptor of [json.config, ...json.layers]) requireDescriptor(descriptor, what)
  requireCommonMembers(json, what)
  // Every member that the type names was checked.
  return json as unknown as ImageManifest
}

function parseJson(bytes: Uint8Array, what: string): Record<string, unknown> {
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw new UserError(`${what} is not JSON`)
  }
  if (isObject(json) && json.schemaVersion === 2) return json
  throw new UserError(`${what} is not an OCI manifest: schemaVersion is not 2`)
}

function requireCommonMembers(json: Record<string, unknown>, what: string): void {
  for (const name of ['mediaType', 'artifactType']) {
    if (json[name] !== undefined && typeof json[name] !== 'string') throw new UserError(`${what}: ${name} is not text`)
  }
  if (json.subject !== undefined) requireDescriptor(json.subject, what)
  requireAnnotations(json.annotations, what)
}

// Digests become file names and parts of URLs, so that nothing else may pass here.
function requireDescriptor(json: unknown, what: string): void {
  if (!isObject(json) || typeof json.mediaType !== 'string' || typeof json.digest !== 'string') {
    throw new UserError(`${what} has a descriptor without mediaType and digest`)
  }
  parseDigest(json.digest, `digest of a descriptor in ${what}`)
  if (!Number.isSafeInteger(json.size) || Number(json.size) < 0) {
    throw new UserError(`${what} has a descriptor whose size is not a number of bytes: ${json.digest}`)
  }
  if (json.platform !== undefined && !isPlatform(json.platform)) {
    throw new UserError(`${what} has a descriptor whose platform is malformed: ${json.digest}`)
  }
  if (json.artifactType !== undefined && typeof json.artifactType !== 'string') {
    throw new UserError(`${what} has a descriptor whose artifactType is not text: ${json.digest}`)
  }
  requireAnnotations(json.annotations, what)
}

function requireAnnotations(json: unknown, what: string): void {
  if (json === undefined || json === null) return
  if (!isObject(json) || !Object.values(json).every((value) => typeof value === 'string')) {
    throw new UserError(`${what} has annotations that are not a map of texts`)
  }
}

const isObject = (json: unknown): json is Record<string, unknown> =>
  json !== null && typeof json === 'object' && !Array.isArray(json)

const isPlatform = (json: unknown): boolean =>
  isObject(json) &&
  typeof json.os === 'string' &&
  typeof json.architecture === 'string' &&
  (json.variant === undefined || typeof json.variant === 'string')
