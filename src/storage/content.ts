import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describeError, type Step, UserError } from '../runner/index.ts'
import { withRetries } from './transient.ts'

/** Bytes that can be read again for each try, and what they must be. */
export interface Content {
  /** For messages. */
  readonly from: string
  /** Hexadecimal. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  open(): AsyncIterable<Uint8Array>
}

/** @param path absolute @throws UserError when there is no such file */
export async function fileContent(path: string, sha256: string): Promise<Content> {
  const found = await stat(path).catch((error: unknown) => {
    throw new UserError(`Cannot read ${path}: ${describeError(error)}`, { cause: error })
  })
  if (!found.isFile()) throw new UserError(`${path} is not a file`)
  return { from: path, sha256, size: found.size, open: () => createReadStream(path, { highWaterMark: 1 << 18 }) }
}

/**
 * The bytes of a content. The last ones are held back until all are known to be right, so that a server that was told the
 * length never has the whole of anything else.
 * @throws UserError instead of ending when they are others
 */
export async function* provenBytes({ from, sha256, size, open }: Content): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let read = 0
  let held: Uint8Array | undefined
  for await (const chunk of open()) {
    if (held) yield held
    hash.update(chunk)
    read += chunk.length
    held = chunk
  }
  const found = hash.digest('hex')
  if (found !== sha256 || read !== size) {
    throw new UserError(`Digest mismatch: ${from} was expected to be sha256:${sha256}, but is sha256:${found}`)
  }
  if (held) yield held
}

/**
 * Copies a content to a file, which must not be there; the bytes are on the disk then.
 * @throws UserError as provenBytes; nothing is left then
 */
export async function copyContent(content: Content, path: string, step: Step): Promise<void> {
  await withRetries(step, async () => {
    const target = createWriteStream(path, { flags: 'wx', flush: true })
    try {
      await pipeline(Readable.from(provenBytes(content), { objectMode: false }), target, { signal: step.signal })
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
  })
}
