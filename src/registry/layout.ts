import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { type Descriptor, type Digest, digestOfBytes, isDigest, type Tag } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'
import { type BlobFolder, blobFolder } from './blobs.ts'
import { createLayout, nameOf, readEntries, referenceName, writeEntries } from './layout-index.ts'
import { type Listing, tagOf } from './listing.ts'
import { largestManifest, parseAny, type Referrer, referrerOf } from './manifest.ts'
import type { Repository, StoredManifest } from './repository.ts'

/** A repository in a layout folder, which also takes bytes whose digest is not known beforehand. */
export interface LayoutRepository extends Repository {
  addBlob(content: AsyncIterable<Uint8Array>): Promise<{ readonly digest: Digest; readonly size: number }>
  /** Takes a referrer out of index.json; its blobs stay. Does nothing when it is not there. */
  removeReferrer(digest: Digest): Promise<void>
}

/**
 * The images called `name` in the OCI image layout at `path`, made at the first write; tags are `name:tag` in index.json.
 * Referrers are its entries without a name. Blobs belong to the layout, whatever the name.
 * Source: OCI image specification 1.1, image-layout.md.
 * @throws UserError from its methods, when the folder is no layout, or holds bytes that do not match their digest
 */
export function openLayout(path: string, name: string): LayoutRepository {
  const root = resolve(path)
  const { blobs, exclusively, parsed } = sharedState(root)
  const nameWithTag = (tag: Tag): string => `${name}:${tag}`

  const readByDigest = async (digest: Digest): Promise<StoredManifest | undefined> => {
    const bytes = await blobs.read(digest, largestManifest)
    if (!bytes) return undefined
    const { mediaType } = parseAny(bytes, `${digest} in ${root}`)
    return { descriptor: { mediaType, digest, size: bytes.length }, bytes }
  }

  const readManifest = async (reference: Digest | Tag): Promise<StoredManifest | undefined> => {
    if (isDigest(reference)) return readByDigest(reference)
    const named = (await readEntries(root)).filter((entry) => nameOf(entry) === nameWithTag(reference))
    const [entry] = named
    if (!entry) return undefined
    if (named.length > 1) throw new UserError(`index.json of ${root} has ${nameWithTag(reference)} more than once`)
    return readEntry(entry)
  }

  const readEntry = async (entry: Descriptor): Promise<StoredManifest> => {
    const manifest = await readByDigest(entry.digest)
    if (!manifest) throw new UserError(`${nameOf(entry)} is not whole: ${root} lacks ${entry.digest}`)
    if (manifest.descriptor.size !== entry.size || manifest.descriptor.mediaType !== entry.mediaType) {
      throw new UserError(`index.json of ${root} misstates size or media type of ${nameOf(entry)}`)
    }
    return manifest
  }

  /** A tag that is not whole is listed, but not what it holds: whoever asks for it hears what is wrong. */
  const list = async (): Promise<Listing> => {
    const entries = new Map<Tag, Descriptor[]>()
    for (const entry of await readEntries(root)) {
      const found = nameOf(entry)
      const tag = found?.startsWith(`${name}:`) ? tagOf(found.slice(name.length + 1)) : undefined
      if (tag !== undefined) entries.set(tag, [...(entries.get(tag) ?? []), entry])
    }
    const digests = new Map<Tag, Digest>()
    for (const [tag, [entry, ...others]] of entries) {
      const whole = entry && others.length === 0 && (await readEntry(entry).catch(() => undefined))
      if (whole) digests.set(tag, whole.descriptor.digest)
    }
    return { tags: new Set(entries.keys()), digests }
  }

  const store = async (bytes: Uint8Array, mediaType: string): Promise<Descriptor> => {
    const descriptor = { mediaType, digest: digestOfBytes(bytes), size: bytes.length }
    if (bytes.length > largestManifest) throw new UserError(`A manifest of ${bytes.length} bytes is too large`)
    if (parseAny(bytes, descriptor.digest).mediaType !== mediaType) {
      throw new UserError(`${descriptor.digest} is not of the media type ${mediaType}`)
    }
    await exclusively(() => createLayout(root))
    await blobs.write(descriptor, () => Readable.from([bytes]))
    return descriptor
  }

  /** Replaces the entries that `isReplaced` finds by one, and writes only when that changes something. */
  const enter = (entry: Descriptor, isReplaced: (other: Descriptor) => boolean): Promise<void> =>
    exclusively(async () => {
      const entries = await readEntries(root)
      const replaced = entries.filter(isReplaced)
      if (replaced.length === 1 && replaced.every((other) => isSameContent(other, entry))) return
      await writeEntries(root, [...entries.filter((other) => !isReplaced(other)), entry])
    })

  const refersTo = async (entry: Descriptor): Promise<Referrer> => {
    const known = parsed.get(entry.digest)
    if (known) return known
    const manifest = await readByDigest(entry.digest)
    if (!manifest) throw new UserError(`${root} is not whole: it lacks ${entry.digest}, which index.json names`)
    const referrer = referrerOf(manifest)
    parsed.set(entry.digest, referrer)
    return referrer
  }

  const writeReferrer = async (bytes: Uint8Array, mediaType: string): Promise<Descriptor> => {
    const stored = await store(bytes, mediaType)
    const { subject, descriptor } = referrerOf({ descriptor: stored, bytes })
    if (subject === undefined) throw new UserError(`${descriptor.digest} refers to nothing: it has no 'subject'`)
    await enter(descriptor, (other) => other.digest === descriptor.digest && nameOf(other) === undefined)
    return descriptor
  }

  return {
    address: `oci:${path}:${name}`,
    readManifest,
    headManifest: async (reference) => (await readManifest(reference))?.descriptor,
    async writeManifest(bytes, mediaType, tag) {
      const descriptor = await store(bytes, mediaType)
      if (tag !== undefined) {
        const entry = { ...descriptor, annotations: { [referenceName]: nameWithTag(tag) } }
        await enter(entry, (other) => nameOf(other) === nameWithTag(tag))
      }
      return descriptor
    },
    list,
    listTags: async () => [...(await list()).tags].sort(),
    mayHaveReferrers: async () => true,
    async listReferrers(subject) {
      const found: Descriptor[] = []
      for (const entry of await readEntries(root)) {
        if (nameOf(entry) !== undefined) continue
        const referrer = await refersTo(entry)
        if (referrer.subject === subject) found.push(referrer.descriptor)
      }
      return found
    },
    writeReferrer,
    async writeReferrers(referrers) {
      const written: Descriptor[] = []
      for (const { bytes, mediaType } of referrers) written.push(await writeReferrer(bytes, mediaType))
      return written
    },
    hasBlob: blobs.has,
    readBlob: blobs.stream,
    async writeBlob(descriptor, open) {
      await exclusively(() => createLayout(root))
      await blobs.write(descriptor, () => open(0))
    },
    async addBlob(content) {
      await exclusively(() => createLayout(root))
      return blobs.add(content)
    },
    removeReferrer: (digest) =>
      exclusively(async () => {
        const entries = await readEntries(root)
        const kept = entries.filter((entry) => nameOf(entry) !== undefined || entry.digest !== digest)
        if (kept.length < entries.length) await writeEntries(root, kept)
      }),
    // Every name of a layout shares its blobs, so that there is nothing to take over.
    mountBlob: (digest) => blobs.has(digest),
  }
}

interface LayoutState {
  readonly blobs: BlobFolder
  /** Runs one change of the layout after another. */
  readonly exclusively: <T>(change: () => Promise<T>) => Promise<T>
  /** Manifests never change under their digest, so that each is parsed once. */
  readonly parsed: Map<Digest, Referrer>
}

const states = new Map<string, LayoutState>()

const isSameContent = (left: Descriptor, right: Descriptor): boolean =>
  left.digest === right.digest && left.size === right.size && left.mediaType === right.mediaType

/** One state a layout folder, whatever the names under which it is open. */
function sharedState(root: string): LayoutState {
  const known = states.get(root)
  if (known) return known
  let last: Promise<unknown> = Promise.resolve()
  const state: LayoutState = {
    blobs: blobFolder(root),
    exclusively: (change) => {
      const result = last.then(change, change)
      last = result
      return result
    },
    parsed: new Map(),
  }
  states.set(root, state)
  return state
}
