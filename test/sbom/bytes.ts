import { UserError } from '../../src/errors/index.ts'
import type { ByteSource } from '../../src/sbom/byte-source.ts'

/** Bytes in memory as a source, which counts what was read of it. */
export function bytesSource(bytes: Buffer): ByteSource & { readonly amount: () => number } {
  let amount = 0
  return {
    size: bytes.length,
    amount: () => amount,
    async read(offset, length) {
      if (!(offset >= 0 && length >= 0 && offset + length <= bytes.length)) throw new UserError('outside')
      amount += length
      return bytes.subarray(offset, offset + length)
    },
  }
}

/** Numbers in [0, 1) that are the same on every run. Source: Marsaglia, "Xorshift RNGs". */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
}

const dangerous = [0, 1, 2, 0x7f, 0x80, 0xfe, 0xff]

/** A copy with one to eight bytes changed, among those given most often, or cut off. */
export function mutated(
  bytes: Buffer,
  random: () => number,
  headers: readonly (readonly [start: number, end: number])[],
): Buffer {
  const copy = Buffer.from(bytes)
  const count = 1 + Math.floor(random() * 8)
  for (let index = 0; index < count; index++) {
    const [start, end] = headers[Math.floor(random() * headers.length)] ?? [0, copy.length]
    const value = random() < 0.5 ? dangerous[Math.floor(random() * dangerous.length)] : Math.floor(random() * 256)
    copy[start + Math.floor(random() * (end - start))] = value ?? 0
  }
  return random() < 0.1 ? copy.subarray(0, Math.floor(random() * copy.length)) : copy
}
