import { Readable } from 'node:stream'
import { type Descriptor, digestOfBytes, formatPlatform, mediaTypes, type Platform } from '../oci/index.ts'
import { openLayout, type Repository } from '../registry/index.ts'
import type { ImageSubject, PlatformManifest } from '../release/index.ts'
import type { BaseImage } from './base-image.ts'
import { annotationsOf, imageConfig, imageIndex, imageManifest, type Layer, layerArchive, storeLayer } from './image.ts'
import type { BuildPlan, ImagePlan } from './plan.ts'

/** A binary as it lies on disk, to put into a layer. */
export interface PlacedBinary {
  readonly command: string
  readonly platform: Platform
  readonly path: string
  readonly size: number
}

/** Makes layers, each only once however many images have it. */
export function layerMaker(
  layout: string,
  binaries: readonly PlacedBinary[],
  time: Date,
): (command: string, platform: Platform) => Promise<Layer> {
  const made = new Map<PlacedBinary, Promise<Layer>>()
  return (command, platform) => {
    const name = formatPlatform(platform)
    const binary = binaries.find(
      (candidate) => candidate.command === command && formatPlatform(candidate.platform) === name,
    )
    if (!binary) throw new Error(`no binary ${command} for ${name}`)
    const layer =
      made.get(binary) ?? storeLayer(layerArchive(command, binary, time), openLayout(layout, command).addBlob)
    made.set(binary, layer)
    return layer
  }
}

/** Writes one image: layers, configurations and manifests first, the index with the tag last. */
export async function assembleImage(
  plan: BuildPlan,
  { spec, tag }: ImagePlan,
  base: BaseImage | undefined,
  layout: string,
  makeLayer: (command: string, platform: Platform) => Promise<Layer>,
): Promise<ImageSubject> {
  const repository = openLayout(layout, spec.name)
  const annotations = annotationsOf(spec, plan.version, plan.source, base)
  const manifests = await Promise.all(
    spec.platforms.map(async (platform): Promise<PlatformManifest> => {
      const layer = await makeLayer(spec.command, platform)
      const below = base?.platforms.get(formatPlatform(platform))?.layers ?? []
      if (base) await Promise.all(below.map((blob) => copyBlob(blob, base.repository, repository)))
      const config = await storeDocument(repository, imageConfig(spec, platform, layer, annotations, base))
      const manifest = imageManifest(config, [...below, layer.descriptor], annotations)
      const { mediaType, digest, size } = await repository.writeManifest(encode(manifest), mediaTypes.manifest)
      return { platform, mediaType, digest, size }
    }),
  )
  const entries = manifests.map(
    ({ platform, mediaType, digest, size }): Descriptor => ({ mediaType, digest, size, platform }),
  )
  const index = await repository.writeManifest(encode(imageIndex(entries, annotations)), mediaTypes.index, tag)
  return { kind: 'image', name: spec.name, tags: [tag], ...index, manifests }
}

async function storeDocument(repository: Repository, document: object): Promise<Descriptor> {
  const bytes = encode(document)
  const descriptor = { mediaType: mediaTypes.config, digest: digestOfBytes(bytes), size: bytes.length }
  await repository.writeBlob(descriptor, () => Readable.from([bytes]))
  return descriptor
}

async function copyBlob(blob: Descriptor, from: Repository, to: Repository): Promise<void> {
  const content = async function* (): AsyncGenerator<Uint8Array> {
    yield* await from.readBlob(blob)
  }
  await to.writeBlob(blob, () => Readable.from(content(), { objectMode: false }))
}

const encode = (document: object): Buffer => Buffer.from(JSON.stringify(document))
