import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Descriptor, type Digest, digestFromHex, digestOfBytes, hexOf } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'
import { measuring, proving, requireMatch } from './proof.ts'

/** The folder `blobs/sha256` of an image layout. Nothing is read or written without proof of its digest. */
export interface BlobFolder {
  /** True when the blob is there and whole; one that is cut off or tampered with counts as missing, so that it is written again. */
  has(digest: Digest): Promise<boolean>
  /** A small blob; undefined when it is not there. @throws UserError when it is too large or its bytes do not match */
  read(digest: Digest, limit: number): Promise<Uint8Array | undefined>
  /**
   * A stream that fails at its end when the bytes do not match; one that starts later is proven beforehand.
   * @throws UserError when the blob is not there
   */
  stream(descriptor: Descriptor, start?: number): Promise<Readable>
  /** @throws UserError when the bytes do not match the descriptor; then nothing is stored */
  write(descriptor: Descriptor, open: () => Readable): Promise<void>
  /** Stores bytes whose digest is known only at their end. */
  add(content: AsyncIterable<Uint8Array>): Promise<{ readonly digest: Digest; readonly size: number }>
}

/** @param root of the layout; `blobs/sha256` must exist below it before a write */
export function blobFolder(root: string): BlobFolder {
  // What was hashed once is hashed again only when its file changed.
  const proven = new Map<Digest, string>()
  const pathOf = (digest: Digest): string => join(root, 'blobs', 'sha256', hexOf(digest))

  const has = async (digest: Digest): Promise<boolean> => {
    const state = await stateOf(pathOf(digest))
    if (state === undefined) return false
    if (proven.get(digest) === state) return true
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(pathOf(digest), { highWaterMark: 1 << 20 })) hash.update(chunk)
    if (hash.digest('hex') !== hexOf(digest)) return false
    proven.set(digest, state)
    return true
  }

  const receive = async (content: AsyncIterable<Uint8Array>, expected?: Descriptor) => {
    const temporary = join(root, `.incoming-${randomUUID()}`)
    const hash = createHash('sha256')
    const counted = { size: 0 }
    try {
      await pipeline(content, measuring(hash, counted), createWriteStream(temporary, { flags: 'wx', flush: true }))
      const digest = digestFromHex(hash.digest('hex'))
      if (expected) requireMatch(expected, digest, counted.size)
      if (!(await has(digest))) await rename(temporary, pathOf(digest))
      const state = await stateOf(pathOf(digest))
      if (state !== undefined) proven.set(digest, state)
      return { digest, size: counted.size }
    } finally {
      await rm(temporary, { force: true })
    }
  }

  return {
    has,
    async read(digest, limit) {
      const size = (await statOf(pathOf(digest)))?.size
      if (size === undefined) return undefined
      if (size > limit) throw new UserError(`${pathOf(digest)} is too large to be a manifest: ${size} bytes`)
      const bytes = await readFile(pathOf(digest))
      requireMatch({ digest, size: bytes.length }, digestOfBytes(bytes), bytes.length)
      return bytes
    },
    async stream(descriptor, start = 0) {
      const path = pathOf(descriptor.digest)
      if (start > 0 ? !(await has(descriptor.digest)) : (await statOf(path)) === undefined) {
        throw new UserError(`Blob not found in the layout ${root}: ${descriptor.digest}`, {
          hint: 'The layout is incomplete; make or copy it again.',
        })
      }
      const content = createReadStream(path, { highWaterMark: 1 << 18, start })
      return start > 0 ? content : Readable.from(proving(content, descriptor), { objectMode: false })
    },
    async write(descriptor, open) {
      if (!(await has(descriptor.digest))) await receive(open(), descriptor)
    },
    add: (content) => receive(content),
  }
}

const statOf = (path: string) =>
  stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })

async function stateOf(path: string): Promise<string | undefined> {
  const found = await statOf(path)
  return found && `${found.ino} ${found.size} ${found.mtimeMs}`
}
