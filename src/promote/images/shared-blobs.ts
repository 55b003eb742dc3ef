import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Descriptor, Digest } from '../../oci/index.ts'
import type { Repository } from '../../registry/index.ts'

/** Opens a blob's bytes from an offset on; may be called again for another try. */
export type OpenBlob = (offset?: number) => Readable

/** The blobs of the sources, each read once for all the destinations that need it, and proven before any is sent. */
export interface SharedBlobs {
  /** Counts one who will need the blob; to be called for all of them before the first `use`. */
  expect(source: Repository, digest: Digest): void
  /** Gives the blob to one who needs it, and forgets it after the last. @throws UserError when it is not there or not whole */
  use<T>(source: Repository, descriptor: Descriptor, body: (open: OpenBlob) => Promise<T>): Promise<T>
  /** One who was counted does not need it after all. */
  release(source: Repository, digest: Digest): Promise<void>
  close(): Promise<void>
}

/** A blob up to this size is kept in memory, in bytes. */
const smallBlob = 1 << 20
/** What all kept blobs may take on the disk; a blob beyond that is read again for each destination. */
const largestStore = 8 * 2 ** 30

/** Bytes that are read or written at a time; with Node's own 64 KiB a large layer takes half as long again. */
const highWaterMark = 1 << 20

interface Kept {
  readonly open: OpenBlob
  /** Bytes on the disk. */
  readonly stored: number
  forget(): Promise<void>
}

export function shareBlobs(): SharedBlobs {
  const expected = new Map<string, number>()
  const kept = new Map<string, Promise<Kept>>()
  let folder: Promise<string> | undefined
  let stored = 0
  const keyOf = (source: Repository, digest: Digest): string => `${source.address}@${digest}`

  const keep = async (source: Repository, descriptor: Descriptor): Promise<Kept> => {
    if (descriptor.size <= smallBlob) {
      const bytes = await buffer(await source.readBlob(descriptor))
      return { open: (offset = 0) => Readable.from([bytes.subarray(offset)]), stored: 0, forget: async () => undefined }
    }
    stored += descriptor.size
    folder ??= mkdtemp(join(tmpdir(), 'k8s-release-blobs-'))
    const path = join(await folder, randomUUID())
    const forget = async (): Promise<void> => {
      stored -= descriptor.size
      await rm(path, { force: true })
    }
    try {
      await pipeline(await source.readBlob(descriptor), createWriteStream(path, { flags: 'wx', highWaterMark }))
    } catch (error) {
      await forget()
      throw error
    }
    return { open: (start = 0) => createReadStream(path, { start, highWaterMark }), stored: descriptor.size, forget }
  }

  const release = async (source: Repository, digest: Digest): Promise<void> => {
    const key = keyOf(source, digest)
    const left = (expected.get(key) ?? 1) - 1
    expected.set(key, left)
    if (left > 0) return
    const blob = kept.get(key)
    kept.delete(key)
    await (await blob?.catch(() => undefined))?.forget()
  }

  return {
    expect(source, digest) {
      const key = keyOf(source, digest)
      expected.set(key, (expected.get(key) ?? 0) + 1)
    },
    async use(source, descriptor, body) {
      const key = keyOf(source, descriptor.digest)
      try {
        const shared = (expected.get(key) ?? 0) > 1 || kept.has(key)
        if (!shared || (!kept.has(key) && stored + descriptor.size > largestStore)) {
          return await body((offset = 0) => Readable.from(readFrom(source, descriptor, offset), { objectMode: false }))
        }
        const blob = kept.get(key) ?? keep(source, descriptor)
        kept.set(key, blob)
        // The next who needs it tries again.
        blob.catch(() => kept.get(key) === blob && kept.delete(key))
        return await body((await blob).open)
      } finally {
        await release(source, descriptor.digest)
      }
    },
    release,
    async close() {
      if (folder) await rm(await folder, { recursive: true, force: true })
    },
  }
}

async function* readFrom(source: Repository, descriptor: Descriptor, offset: number): AsyncGenerator<Uint8Array> {
  // The digest speaks for the whole, so that the beginning is read, too, and passed over.
  let skip = offset
  for await (const chunk of await source.readBlob(descriptor)) {
    const bytes: Uint8Array = chunk
    if (skip < bytes.length) yield bytes.subarray(skip)
    skip = Math.max(0, skip - bytes.length)
  }
}
