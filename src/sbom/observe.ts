import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeError, FailedItems, UserError } from '../errors/index.ts'
import { type Descriptor, type Digest, formatPlatform, isDigest, parseManifest } from '../oci/index.ts'
import { openLayout, type Repository } from '../registry/index.ts'
import {
  type FileSubject,
  fileSubjects,
  type ImageSubject,
  imageSubjects,
  type PlatformManifest,
  proveSubjects,
  type Release,
} from '../release/index.ts'
import { mapConcurrently, type Step } from '../runner/index.ts'
import type { BuildInfo } from './build-info.ts'
import { readBuildInfo } from './go-binary.ts'
import { type KnownBuildInfo, type LayerContent, readLayer } from './layer.ts'
import { documentSuffix } from './name.ts'

/** What the SBOMs of a release are made from, and those that are there already. */
export interface ReleaseObservation {
  readonly binaries: readonly ObservedBinary[]
  readonly platforms: readonly ObservedPlatform[]
  /** Hexadecimal SHA-256 of each SPDX document in `files/`, by name. */
  readonly documents: ReadonlyMap<string, string>
}

/** A binary of the release; without build info it is not Go's. */
export interface ObservedBinary {
  readonly subject: FileSubject
  readonly buildInfo: BuildInfo | undefined
}

/** One platform of an image, and what its layers hold. */
export interface ObservedPlatform {
  readonly image: ImageSubject
  readonly manifest: PlatformManifest
  readonly base?: { readonly name?: string; readonly digest: Digest }
  readonly layers: readonly { readonly descriptor: Descriptor; readonly content: LayerContent }[]
}

/**
 * Reads the build info of a release's binaries and of those in its images. Binaries are proven first, blobs as they are read.
 * @throws UserError when a digest differs, a blob is missing, or a binary of the release is malformed
 */
export async function observeRelease(release: Release, step: Step): Promise<ReleaseObservation> {
  const subjects = fileSubjects(release.record, 'binary')
  await proveSubjects(release, step, subjects)
  const binaries = await readBinaries(release.directory, subjects)
  const known: KnownBuildInfo = new Map(binaries.map(({ subject, buildInfo }) => [subject.sha256, buildInfo]))
  return {
    binaries,
    platforms: await readPlatforms(release, known, step),
    documents: await readDocuments(join(release.directory, 'files')),
  }
}

async function readBinaries(directory: string, subjects: readonly FileSubject[]): Promise<ObservedBinary[]> {
  const failures: Error[] = []
  const binaries = await mapConcurrently(subjects, availableParallelism(), async (subject) => {
    try {
      return [{ subject, buildInfo: await readBuildInfo(join(directory, subject.path)) }]
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(error)
      return []
    }
  })
  if (failures.length > 0) throw new FailedItems('Binaries that cannot be described', failures)
  return binaries.flat()
}

async function readPlatforms(release: Release, known: KnownBuildInfo, step: Step): Promise<ObservedPlatform[]> {
  const platforms = imageSubjects(release.record).flatMap((image) =>
    image.manifests.map((manifest) => ({
      image,
      manifest,
      repository: openLayout(join(release.directory, 'images'), image.name),
    })),
  )
  const progress = step.progress('Reading image layers', platforms.length)
  // Platforms and images share base layers.
  const layers = new Map<Digest, Promise<LayerContent>>()
  const observed = await mapConcurrently(platforms, availableParallelism(), async ({ image, manifest, repository }) => {
    step.signal.throwIfAborted()
    try {
      const platform = await readPlatform(repository, manifest, (layer) => {
        const reading = layers.get(layer.digest) ?? readBlob(repository, layer, known)
        layers.set(layer.digest, reading)
        return reading
      })
      progress.advance()
      return { image, manifest, ...platform }
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      const what = `Cannot read the image ${image.name} for ${formatPlatform(manifest.platform)}`
      throw new UserError(`${what}: ${describeError(error)}`, { cause: error })
    }
  })
  progress.done()
  return observed
}

async function readPlatform(
  repository: Repository,
  manifest: PlatformManifest,
  read: (layer: Descriptor) => Promise<LayerContent>,
): Promise<Omit<ObservedPlatform, 'image' | 'manifest'>> {
  const stored = await repository.readManifest(manifest.digest)
  if (!stored) throw new UserError(`${repository.address} lacks the manifest ${manifest.digest}`)
  const { layers, annotations = {} } = parseManifest(stored.bytes, manifest.digest)
  const { 'org.opencontainers.image.base.name': name, 'org.opencontainers.image.base.digest': digest } = annotations
  const contents: { descriptor: Descriptor; content: LayerContent }[] = []
  for (const descriptor of layers) contents.push({ descriptor, content: await read(descriptor) })
  return {
    ...(digest !== undefined && isDigest(digest) ? { base: { digest, ...(name ? { name } : {}) } } : {}),
    layers: contents,
  }
}

const readBlob = async (repository: Repository, layer: Descriptor, known: KnownBuildInfo): Promise<LayerContent> =>
  readLayer(await repository.readBlob(layer), layer.mediaType, known, tmpdir())

async function readDocuments(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(documentSuffix))
  const digests = names.map(async (name): Promise<[string, string]> => {
    const bytes = await readFile(join(folder, name))
    return [name, createHash('sha256').update(bytes).digest('hex')]
  })
  return new Map(await Promise.all(digests))
}
