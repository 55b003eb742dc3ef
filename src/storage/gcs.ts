import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FileMetadata } from '@google-cloud/storage'
import type { Step } from '../runner/index.ts'
import { parseBucketPlace } from './bucket.ts'
import { type Content, provenBytes } from './content.ts'
import { absentFile, changedOnTheWay, largeDocument, noSuchBucket, overwriting } from './failure.ts'
import { type GoogleCloudStorage, openGoogleClient } from './gcs-client.ts'
import { googleFailure } from './gcs-failure.ts'
import { documentHeaders, immutableHeaders } from './headers.ts'
import { requireName, requirePrefix } from './name.ts'
import { largestDocument, type Store, type StoredDocument, type StoredFile } from './store.ts'
import { digestOfStored } from './stored-digest.ts'
import { statusOf, withRetries } from './transient.ts'

/** Bytes; what is larger is sent in chunks, so that a lost connection costs one of them. */
const largestSingleRequest = 8 << 20

/** The store `gs://BUCKET/PREFIX`: Google Cloud Storage, or its emulator at `STORAGE_EMULATOR_HOST`. */
export function openGoogleCloudStorage(address: string, rest: string, step: Step): Store {
  const { bucket: bucketName, prefix } = parseBucketPlace(address, rest)
  let opened: Promise<GoogleCloudStorage> | undefined
  const open = (): Promise<GoogleCloudStorage> => {
    opened ??= openGoogleClient(bucketName, step)
    return opened
  }
  const keyOf = (name: string): string => {
    requireName(name)
    return `${prefix}${name}`
  }

  /** Tells what went wrong as a user can mend it. */
  const attempt = async <T>(what: string, work: (gcs: GoogleCloudStorage) => Promise<T>): Promise<T> => {
    try {
      const gcs = await open()
      return await withRetries(step, () => work(gcs))
    } catch (error) {
      step.signal.throwIfAborted()
      throw googleFailure(address, what, error)
    }
  }

  let bucketExists: Promise<void> | undefined
  /** Not every server says whether the object is missing or its bucket. */
  const requireBucket = (): Promise<void> => {
    bucketExists ??= attempt('find the bucket', async ({ bucket }) => {
      // Whoever may not look at a bucket may still read and write in it.
      const [exists] = await bucket.exists().catch((error: unknown) => {
        if (statusOf(error) === 403) return [true]
        throw error
      })
      if (!exists) throw noSuchBucket(address)
    })
    return bucketExists
  }

  const metadataOf = async (name: string): Promise<FileMetadata | undefined> => {
    const key = keyOf(name)
    const found = await attempt(`read '${name}'`, ({ bucket }) =>
      bucket
        .file(key)
        .getMetadata()
        .catch((error: unknown) => {
          if (statusOf(error) === 404) return undefined
          throw error
        }),
    )
    if (!found) await requireBucket()
    return found?.[0]
  }

  const stat = async (name: string): Promise<StoredFile | undefined> => {
    const metadata = await metadataOf(name)
    return metadata && storedFile(name, metadata)
  }

  // As it is stored: a compressed file is not unpacked on the way. Who reads it has its SHA-256 to check.
  const asStored = { decompress: false, validation: false }

  async function* read(name: string): AsyncGenerator<Uint8Array> {
    const key = keyOf(name)
    const { bucket } = await open()
    try {
      yield* bucket.file(key).createReadStream(asStored)
    } catch (error) {
      step.signal.throwIfAborted()
      if (statusOf(error) === 404) throw absentFile(address, name)
      throw googleFailure(address, `read '${name}'`, error)
    }
  }

  /** Undefined when that generation is no longer there. */
  const readGeneration = (name: string, generation: string): Promise<string | undefined> =>
    attempt(`read '${name}'`, async ({ bucket }) => {
      const chunks: Uint8Array[] = []
      try {
        for await (const chunk of bucket.file(keyOf(name), { generation }).createReadStream(asStored))
          chunks.push(chunk)
      } catch (error) {
        if (statusOf(error) === 404) return undefined
        throw error
      }
      return Buffer.concat(chunks).toString()
    })

  /** False when something is there already. */
  const create = async ({ bucket, sdk }: GoogleCloudStorage, name: string, content: Content): Promise<boolean> => {
    const crc32c = await checksumOf(content, new sdk.CRC32C())
    const { contentType, cacheControl } = immutableHeaders(name)
    const target = bucket.file(keyOf(name)).createWriteStream({
      resumable: content.size > largestSingleRequest,
      // GCS takes the object only if it has this checksum.
      validation: false,
      preconditionOpts: { ifGenerationMatch: 0 },
      metadata: { contentType, cacheControl, crc32c, metadata: { sha256: content.sha256, crc32c } },
    })
    try {
      await pipeline(Readable.from(provenBytes(content), { objectMode: false }), target, { signal: step.signal })
      return true
    } catch (error) {
      if (statusOf(error) === 412) return false
      throw error
    }
  }

  const digestOf = (name: string): Promise<string | undefined> => digestOfStored({ stat, read }, name)

  return {
    address,
    stat,
    digestOf,
    read,
    async list(below) {
      requirePrefix(below)
      return await attempt('list', async ({ bucket }) => {
        const [files] = await bucket.getFiles({ prefix: `${prefix}${below}` })
        return files.map(({ name, metadata }) => storedFile(name.slice(prefix.length), metadata))
      })
    },
    async write(name, content) {
      keyOf(name)
      const written = await attempt(`write '${name}'`, (gcs) => create(gcs, name, content))
      if (written) {
        // The checksum that GCS has now was computed from what it keeps.
        if ((await stat(name))?.sha256 !== content.sha256) throw changedOnTheWay(address, name)
        return true
      }
      const existing = await digestOf(name)
      if (existing === content.sha256) return false
      if (existing === undefined) throw absentFile(address, name)
      throw overwriting(address, name, existing, content.sha256)
    },
    async readDocument(name): Promise<StoredDocument | undefined> {
      for (;;) {
        const metadata = await metadataOf(name)
        if (metadata?.generation === undefined) return undefined
        if (Number(metadata.size) > largestDocument) throw largeDocument(address, name)
        const version = String(metadata.generation)
        const text = await readGeneration(name, version)
        if (text !== undefined) return { text, version }
        // Another replaced it between the two requests.
      }
    },
    async replaceDocument(name, text, replaced) {
      const key = keyOf(name)
      return await attempt(`write '${name}'`, async ({ bucket }) => {
        const saved = bucket.file(key).save(text, {
          resumable: false,
          validation: 'crc32c',
          preconditionOpts: { ifGenerationMatch: replaced ? Number(replaced.version) : 0 },
          metadata: { ...documentHeaders },
        })
        return await saved.then(
          () => true,
          (error: unknown) => {
            if (statusOf(error) === 412) return false
            throw error
          },
        )
      })
    },
  }
}

/** GCS has no SHA-256. Ours, among the object's metadata, is believed while it stands beside the checksum of what is stored. */
function storedFile(name: string, { size, crc32c, metadata }: FileMetadata): StoredFile {
  const sha256 = metadata?.sha256
  const bound = crc32c !== undefined && metadata?.crc32c === crc32c
  const known = bound && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
  return { name, size: Number(size ?? 0), ...(known ? { sha256 } : {}) }
}

async function checksumOf(
  content: Content,
  checksum: { update(data: Buffer): void; toString(): string },
): Promise<string> {
  for await (const chunk of provenBytes(content))
    checksum.update(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
  return checksum.toString()
}
