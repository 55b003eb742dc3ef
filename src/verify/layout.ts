import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import {
  type Descriptor,
  type Digest,
  type ImageIndex,
  type ImageManifest,
  mediaTypes,
  parseIndex,
  parseManifest,
} from '../oci/index.ts'
import { openLayout, type Repository } from '../registry/index.ts'
import { imageSubjects, type Release } from '../release/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { isMissing, reasonOf } from './evidence.ts'
import type { LayoutEntry, LayoutFacts, ManifestFact } from './facts.ts'

const referenceName = 'org.opencontainers.image.ref.name'

/**
 * Reads all that can be reached in `images/`, from its index.json and from the record, and proves every byte of it.
 * A release without images needs no layout.
 */
export async function observeLayout(release: Release, step: Step): Promise<LayoutFacts> {
  const images = imageSubjects(release.record)
  const root = join(release.directory, 'images')
  const empty = { entries: [], manifests: [], damaged: [] }
  let entries: LayoutEntry[]
  try {
    entries = await readEntries(root)
  } catch (error) {
    return { ...empty, problem: reasonOf(error) }
  }
  if (entries.length === 0 && images.length === 0) return { ...empty, problem: undefined }
  const recorded = images.map(({ mediaType, digest, size }) => ({ mediaType, digest, size }))
  const roots = [...entries.map(({ descriptor }) => descriptor), ...recorded]
  const progress = step.progress('Proving images', roots.length)
  const walk = createWalk(openLayout(root, 'images'), step.signal)
  for (const descriptor of roots) {
    await walk.manifest(descriptor)
    progress.advance()
  }
  progress.done()
  return { problem: undefined, entries, ...walk.facts() }
}

async function readEntries(root: string): Promise<LayoutEntry[]> {
  const path = join(root, 'index.json')
  const bytes = await readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  const descriptors = bytes === undefined ? [] : parseIndex(bytes, 'images/index.json').manifests
  return descriptors.map((descriptor) => ({ name: descriptor.annotations?.[referenceName], descriptor }))
}

/** Visits each digest once; what is wrong with it is kept, and the walk goes on. */
function createWalk(layout: Repository, signal: AbortSignal) {
  const manifests = new Map<Digest, ManifestFact>()
  // By digest and size, so that a second descriptor that misstates the size is not passed over.
  const seen = new Set<string>()
  const damaged = new Map<Digest, string>()

  const visit = async (descriptor: Descriptor, read: () => Promise<void>): Promise<void> => {
    const key = `${descriptor.digest} ${descriptor.size}`
    if (seen.has(key)) return
    seen.add(key)
    signal.throwIfAborted()
    try {
      await read()
    } catch (error) {
      damaged.set(descriptor.digest, reasonOf(error))
    }
  }

  const blob = (descriptor: Descriptor): Promise<void> =>
    visit(descriptor, async () => {
      const stream = await layout.readBlob(descriptor)
      // It fails at its end when size or digest differ.
      await finished(stream.resume())
    })

  const manifest = (descriptor: Descriptor): Promise<void> =>
    visit(descriptor, async () => {
      const stored = await layout.readManifest(descriptor.digest)
      if (!stored) throw new UserError('it is missing')
      if (stored.descriptor.size !== descriptor.size || stored.descriptor.mediaType !== descriptor.mediaType) {
        throw new UserError('its size or media type is not as said')
      }
      const fact = manifestFact(stored.descriptor, stored.bytes)
      manifests.set(fact.digest, fact)
      for (const child of fact.children) await manifest(child)
      for (const part of fact.blobs) await blob(part)
    })

  return {
    manifest,
    facts: () => ({
      manifests: [...manifests.values()],
      damaged: [...damaged].map(([digest, reason]) => ({ digest, reason })),
    }),
  }
}

function manifestFact({ digest, mediaType, size }: Descriptor, bytes: Uint8Array): ManifestFact {
  const isIndex = mediaType === mediaTypes.index || mediaType === mediaTypes.dockerManifestList
  const index: ImageIndex | undefined = isIndex ? parseIndex(bytes, digest) : undefined
  const manifest: ImageManifest | undefined = isIndex ? undefined : parseManifest(bytes, digest)
  return {
    digest,
    mediaType,
    size,
    children: index?.manifests ?? [],
    blobs: manifest ? [manifest.config, ...manifest.layers] : [],
    subject: index?.subject ?? manifest?.subject,
  }
}
