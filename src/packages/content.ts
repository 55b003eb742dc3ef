import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { UserError } from '../errors/index.ts'
import type { PackageContent } from './package.ts'

/**
 * The bytes of a content, read once; each hash is fed with them on the way. Answers their SHA-256 in hexadecimal.
 * @throws UserError when a file differs from the size or digest that it was planned with
 */
export async function* readContent(
  content: PackageContent,
  hashes: readonly Hash[] = [],
): AsyncGenerator<Uint8Array, string> {
  const sha256 = createHash('sha256')
  const chunks = 'bytes' in content ? [content.bytes] : createReadStream(content.file, { highWaterMark: 1 << 20 })
  let size = 0
  try {
    for await (const chunk of chunks) {
      size += chunk.length
      sha256.update(chunk)
      for (const hash of hashes) hash.update(chunk)
      yield chunk
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new UserError(`File not found: ${'file' in content ? content.file : ''}`, { hint: changed })
  }
  const digest = sha256.digest('hex')
  if ('file' in content && (size !== content.size || (content.sha256 ?? digest) !== digest)) {
    throw new UserError(`${content.file} differs in size or digest from what it was when the packages were planned`, {
      hint: changed,
    })
  }
  return digest
}

const changed = 'It was changed since; run the step that makes it again, and then this one.'

/** The same bytes, each hash fed with them on the way. */
export async function* hashing(chunks: AsyncIterable<Uint8Array>, hashes: readonly Hash[]): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (const hash of hashes) hash.update(chunk)
    yield chunk
  }
}
