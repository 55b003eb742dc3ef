import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { UserError } from '../runner/index.ts'

export interface FileHashes {
  /** Bytes. */
  readonly size: number
  readonly sha256: string
  readonly sha512: string
}

/** Reads a file once, as a stream, for its size and both hashes (lower-case hexadecimal). */
export async function hashFile(path: string, signal?: AbortSignal): Promise<FileHashes> {
  const sha256 = createHash('sha256')
  const sha512 = createHash('sha512')
  let size = 0
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) })) {
      size += chunk.length
      sha256.update(chunk)
      sha512.update(chunk)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new UserError(`File not found: ${path}`, { hint: 'Check the path, or run the step that makes it first.' })
    }
    throw error
  }
  return { size, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') }
}
