import { createHash } from 'node:crypto'
import type { FileHashes } from '../release/index.ts'

/** Size and both hashes of bytes that pass by on their way to somewhere else, so that no file is read twice. */
export function hashes(): {
  readonly through: (content: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>
  /** Call it when all bytes have passed. */
  readonly result: () => FileHashes
} {
  const sha256 = createHash('sha256')
  const sha512 = createHash('sha512')
  let size = 0
  return {
    async *through(content) {
      for await (const chunk of content) {
        size += chunk.length
        sha256.update(chunk)
        sha512.update(chunk)
        yield chunk
      }
    },
    result: () => ({ size, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') }),
  }
}
