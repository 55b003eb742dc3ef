import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { UserError } from '../errors/index.ts'
import type { PackageContent } from './package.ts'

/**
 * The bytes of a content, read once; each hash is fed with them on the way.
 * @throws UserError when a file differs from the size or digest that it was planned with
 */
export async function* readContent(content: PackageContent, hashes: readonly Hash[] = []): AsyncGenerator<Uint8Array> {
  if ('bytes' in content) {
    for (const hash of hashes) hash.update(content.bytes)
    yield content.bytes
    return
  }
  const { file, sha256 } = content
  const proof = sha256 === undefined ? undefined : createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    size += chunk.length
    proof?.update(chunk)
    for (const hash of hashes) hash.update(chunk)
    yield chunk
  }
  if (size !== content.size || (proof && proof.digest('hex') !== sha256)) {
    throw new UserError(`${file} is not the file that was planned with: its ${proof ? 'digest' : 'size'} differs`, {
      hint: 'It was changed since; run the step that makes it again, and then this one.',
    })
  }
}

/** The same bytes, each hash fed with them on the way. */
export async function* hashing(chunks: AsyncIterable<Uint8Array>, hashes: readonly Hash[]): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (const hash of hashes) hash.update(chunk)
    yield chunk
  }
}
