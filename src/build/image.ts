import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type ArchiveEntry, gzip, tar } from '../archive/index.ts'
import {
  type Descriptor,
  type Digest,
  digestFromHex,
  formatPlatform,
  formatReference,
  type ImageConfig,
  type ImageIndex,
  type ImageManifest,
  mediaTypes,
  type Platform,
} from '../oci/index.ts'
import type { Source } from '../release/index.ts'
import type { BaseImage } from './base-image.ts'
import { commandFolder, type ImageSpec } from './image-spec.ts'

/** A layer, and the digest of its bytes before compression. */
export interface Layer {
  readonly descriptor: Descriptor
  readonly diffId: Digest
}

/** As Docker sets it on scratch, so that the command is found by its name. */
const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * The tar archive of a layer with one command. Its folders are entries of their own: an unpacker that has to make them
 * up may do so closed to all but root.
 */
export function layerArchive(
  command: string,
  binary: { readonly path: string; readonly size: number },
  time: Date,
): AsyncIterable<Uint8Array> {
  const folders = commandFolder.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))
  const entries: ArchiveEntry[] = [
    ...folders.map((path): ArchiveEntry => ({ kind: 'directory', path, mode: 0o755 })),
    {
      kind: 'file',
      path: `${commandFolder}/${command}`,
      mode: 0o755,
      size: binary.size,
      open: () => createReadStream(binary.path, { highWaterMark: 1 << 18 }),
    },
  ]
  return tar(entries, time)
}

/** Compresses a layer while its digest is taken; `store` gets the compressed bytes. */
export async function storeLayer(
  archive: AsyncIterable<Uint8Array>,
  store: (content: AsyncIterable<Uint8Array>) => Promise<{ readonly digest: Digest; readonly size: number }>,
): Promise<Layer> {
  const hash = createHash('sha256')
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of archive) {
      hash.update(chunk)
      yield chunk
    }
  }
  const { digest, size } = await store(gzip(hashed()))
  return { descriptor: { mediaType: mediaTypes.layer, digest, size }, diffId: digestFromHex(hash.digest('hex')) }
}

/** `org.opencontainers.image.*` of an image. Source: OCI image specification 1.1, annotations.md. */
export function annotationsOf(
  spec: ImageSpec,
  version: string,
  source: Source,
  base: BaseImage | undefined,
): Record<string, string> {
  const prefix = 'org.opencontainers.image'
  const tag = base?.reference.tag
  const baseName =
    base && formatReference({ location: base.reference.location, name: base.reference.name, ...(tag ? { tag } : {}) })
  const own = {
    [`${prefix}.title`]: spec.name,
    [`${prefix}.version`]: version,
    [`${prefix}.source`]: source.repository,
    [`${prefix}.created`]: source.commitTime,
    ...(source.commit ? { [`${prefix}.revision`]: source.commit } : {}),
    // A folder of this machine is no name that another could look up.
    ...(base && baseName && base.reference.location.kind === 'registry' ? { [`${prefix}.base.name`]: baseName } : {}),
    ...(base ? { [`${prefix}.base.digest`]: base.digest } : {}),
  }
  const given = Object.entries(spec.labels).filter(([key]) => key.startsWith(`${prefix}.`))
  return sorted({ ...own, ...Object.fromEntries(given) })
}

/** Configuration of one platform: the base's, with the command on top. */
export function imageConfig(
  spec: ImageSpec,
  platform: Platform,
  layer: Layer,
  annotations: Readonly<Record<string, string>>,
  base: BaseImage | undefined,
): ImageConfig {
  const below = base?.platforms.get(formatPlatform(platform))?.config
  const created = annotations['org.opencontainers.image.created'] ?? ''
  // The base's own command is no argument of ours.
  const { Cmd: _, ...inherited } = below?.config ?? {}
  return {
    created,
    architecture: platform.architecture,
    os: platform.os,
    ...(platform.variant ? { variant: platform.variant } : {}),
    config: {
      ...inherited,
      User: spec.user,
      Env: inherited.Env ?? [defaultPath],
      Entrypoint: spec.entrypoint,
      Labels: sorted({ ...inherited.Labels, ...annotations, ...spec.labels }),
    },
    rootfs: { type: 'layers', diff_ids: [...(below?.rootfs.diff_ids ?? []), layer.diffId] },
    history: [
      ...(below?.history ?? []),
      { created, created_by: `k8s-release build: /${commandFolder}/${spec.command}` },
    ],
  }
}

export function imageManifest(
  config: Descriptor,
  layers: readonly Descriptor[],
  annotations: Readonly<Record<string, string>>,
): ImageManifest {
  return { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers, annotations }
}

export function imageIndex(
  manifests: readonly Descriptor[],
  annotations: Readonly<Record<string, string>>,
): ImageIndex {
  return { schemaVersion: 2, mediaType: mediaTypes.index, manifests, annotations }
}

const sorted = (members: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(members).sort(([left], [right]) => (left < right ? -1 : 1)))
