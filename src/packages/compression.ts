import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip, createZstdCompress, gzipSync } from 'node:zlib'
import { runCommand } from '../runner/index.ts'
import type { Compression } from './package.ts'

/** The level of each, as payload flags name it. */
export const compressionLevels: Readonly<Record<Compression, number>> = { gzip: 6, zstd: 3, xz: 6 }

const chunkSize = 1 << 18

/**
 * Writes a file compressed. xz runs as a program, which Node does not bring; two threads in any case, since their number
 * decides the bytes.
 * @throws UserError when xz is not installed
 */
export async function writeCompressed(
  chunks: AsyncIterable<Uint8Array>,
  path: string,
  compression: Compression,
): Promise<void> {
  const level = compressionLevels[compression]
  switch (compression) {
    case 'gzip':
      return pipeline(chunks, createGzip({ level, chunkSize }), withUnixOrigin, createWriteStream(path))
    case 'zstd': {
      const params = { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 }
      return pipeline(chunks, createZstdCompress({ params, chunkSize }), createWriteStream(path))
    }
    case 'xz':
      await pipeline(chunks, createWriteStream(path))
      await runCommand('xz', ['--compress', '--force', `-${level}`, '--threads=2', '--suffix=.xz', path])
      await rename(`${path}.xz`, path)
  }
}

/** Small bytes as a gzip file, the same on every system. */
export function gzipBytes(bytes: Uint8Array, level: number = compressionLevels.gzip): Buffer {
  const compressed = gzipSync(bytes, { level })
  compressed[originOffset] = unixOrigin
  return compressed
}

// The tenth byte of gzip (RFC 1952) names the system that wrote it, which must not make a difference.
const originOffset = 9
const unixOrigin = 3

async function* withUnixOrigin(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let offset = 0
  for await (const chunk of chunks) {
    const position = originOffset - offset
    if (position >= 0 && position < chunk.length) chunk[position] = unixOrigin
    offset += chunk.length
    yield chunk
  }
}
