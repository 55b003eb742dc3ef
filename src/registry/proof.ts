import { createHash, type Hash } from 'node:crypto'
import { type Descriptor, type Digest, digestFromHex } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'

/** The content as it is; fails at its end when digest or size are not those expected. */
export async function* proving(content: AsyncIterable<Uint8Array>, expected: Descriptor): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  const counted = { size: 0 }
  yield* measuring(hash, counted)(content)
  requireMatch(expected, digestFromHex(hash.digest('hex')), counted.size)
}

export const measuring = (hash: Hash, counted: { size: number }) =>
  async function* (content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      hash.update(chunk)
      counted.size += chunk.length
      yield chunk
    }
  }

/** Bytes between two places from which the hash can go on. */
const markDistance = 8 << 20

/**
 * `proving` for content that is begun again from an earlier place when it breaks off: the whole is hashed once, and only little
 * of it is opened again.
 * @returns opens the content from `start` on; it must have been handed out up to there before
 */
export function provingAgain(
  expected: Descriptor,
  open: (start: number) => AsyncIterable<Uint8Array>,
): (start: number) => AsyncGenerator<Uint8Array> {
  const first = { at: 0, hash: createHash('sha256') }
  const marks: { readonly at: number; readonly hash: Hash }[] = []
  return async function* (start) {
    while ((marks.at(-1)?.at ?? 0) > start) marks.pop()
    let mark = marks.at(-1) ?? first
    let { at } = mark
    const hash = mark.hash.copy()
    for await (const chunk of open(at)) {
      hash.update(chunk)
      const known = Math.max(0, start - at)
      at += chunk.length
      if (at - mark.at >= markDistance) {
        mark = { at, hash: hash.copy() }
        marks.push(mark)
      }
      if (chunk.length > known) yield chunk.subarray(known)
    }
    requireMatch(expected, digestFromHex(hash.digest('hex')), at)
  }
}

export function requireMatch(expected: Pick<Descriptor, 'digest' | 'size'>, digest: Digest, size: number): void {
  if (expected.digest === digest && expected.size === size) return
  throw new UserError(
    `Digest mismatch: expected ${expected.digest} of ${expected.size} bytes, found ${digest} of ${size} bytes`,
    {
      hint: 'The bytes were changed or cut off on the way; do not use them.',
    },
  )
}
