import { open } from 'node:fs/promises'
import { describeError, UserError } from '../errors/index.ts'

/** A file, or a part of one, read by ranges. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number
  /** Exactly these bytes. @throws UserError when they lie outside, or are more than a header can be */
  read(offset: number, length: number): Promise<Buffer>
}

/** More than any table or string of a real executable; keeps a forged length from taking the memory. */
const largestRead = 1 << 26

/**
 * Opens a file for the time of `body`.
 * @throws UserError when there is no such file, or it is none
 */
export async function withFile<Result>(path: string, body: (source: ByteSource) => Promise<Result>): Promise<Result> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UserError(`File not found: ${path}`, { hint: 'Check the path.' })
    throw new UserError(`Cannot read ${path}: ${describeError(error)}`)
  })
  try {
    const state = await file.stat()
    if (!state.isFile()) throw new UserError(`${path} is not a file`)
    return await body({
      size: state.size,
      async read(offset, length) {
        requireInside(offset, length, state.size)
        const bytes = Buffer.alloc(length)
        const { bytesRead } = await file.read(bytes, 0, length, offset)
        if (bytesRead !== length) throw new UserError('the file was cut off while it was read')
        return bytes
      },
    })
  } finally {
    await file.close()
  }
}

/** @throws UserError when the part is not wholly inside */
export function partOf(source: ByteSource, start: number, size: number): ByteSource {
  if (!(start >= 0 && size >= 0 && start + size <= source.size)) throw new UserError('a part lies outside of the file')
  return {
    size,
    read: async (offset, length) => {
      requireInside(offset, length, size)
      return source.read(start + offset, length)
    },
  }
}

function requireInside(offset: number, length: number, size: number): void {
  const inside = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0
  if (!inside || offset + length > size) throw new UserError('a header points outside of the file')
  if (length > largestRead) throw new UserError('a header names an impossible length')
}

/** Numbers of one byte order in a header. A 64-bit number beyond 2^53 loses its low bits: it then lies outside of any file. */
export interface Numbers {
  u16(at: number): number
  u32(at: number): number
  u64(at: number): number
}

/** @throws UserError from its methods, when a number lies outside of the bytes */
export function numbersIn(bytes: Buffer, order: 'little' | 'big'): Numbers {
  const at = (position: number, width: number): number => {
    if (position + width > bytes.length) throw new UserError('a header is cut off')
    return position
  }
  return order === 'little'
    ? {
        u16: (position) => bytes.readUInt16LE(at(position, 2)),
        u32: (position) => bytes.readUInt32LE(at(position, 4)),
        u64: (position) => Number(bytes.readBigUInt64LE(at(position, 8))),
      }
    : {
        u16: (position) => bytes.readUInt16BE(at(position, 2)),
        u32: (position) => bytes.readUInt32BE(at(position, 4)),
        u64: (position) => Number(bytes.readBigUInt64BE(at(position, 8))),
      }
}

/** Text up to the first zero byte. */
export function terminatedText(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end)
}
