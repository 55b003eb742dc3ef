import { UserError } from '../runner/index.ts'
import type { Digest } from './digest.ts'
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

/** @throws UserError when the bytes are not an index or manifest list */
export function parseIndex(bytes: Uint8Array, what: string): ImageIndex {
  const json = parseJson(bytes, what)
  if (!Array.isArray(json['manifests'])) throw new UserError(`${what} is not an image index: it has no 'manifests'`)
  return json as unknown as ImageIndex
}

/** @throws UserError when the bytes are not an image or artifact manifest */
export function parseManifest(bytes: Uint8Array, what: string): ImageManifest {
  const json = parseJson(bytes, what)
  if (!Array.isArray(json['layers']) || typeof json['config'] !== 'object') {
    throw new UserError(`${what} is not an image manifest: it has no 'config' and 'layers'`)
  }
  return json as unknown as ImageManifest
}

function parseJson(bytes: Uint8Array, what: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    if (json !== null && typeof json === 'object' && 'schemaVersion' in json && json.schemaVersion === 2) return { ...json }
  } catch {
    throw new UserError(`${what} is not JSON`)
  }
  throw new UserError(`${what} is not an OCI manifest: schemaVersion is not 2`)
}
