import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Duplex, PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { Extract } from 'tar-stream'
import { describeError, UserError } from '../errors/index.ts'
import type { BuildInfo } from './build-info.ts'
import { withFile } from './byte-source.ts'
import { executableFormat } from './executable.ts'
import { findBuildInfo } from './go-binary.ts'

/** A Go binary in a layer. */
export interface LayerBinary {
  /** From the root of the image, without a leading slash. */
  readonly path: string
  readonly sha256: string
  readonly buildInfo: BuildInfo
}

/** What a layer puts into an image and takes out of it. Source: OCI image specification 1.1, layer.md. */
export interface LayerContent {
  /** Everything but directories: each hides what a lower layer has at the same path. */
  readonly paths: ReadonlySet<string>
  readonly binaries: readonly LayerBinary[]
  /** Executables whose headers or build info are malformed. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[]
  /** Paths of lower layers that are removed. */
  readonly removed: ReadonlySet<string>
  /** Directories of which nothing in lower layers is left. */
  readonly opaque: ReadonlySet<string>
}

const magicSize = 4

/** Build info by SHA-256 of the file: the same binary is read once, wherever it lies. */
export type KnownBuildInfo = Map<string, BuildInfo | undefined>

/**
 * Reads a layer's tar as a stream; only executables touch the disk, one at a time, because their headers point back and forth.
 * @param temporary folder for them
 * @throws UserError when it is no (compressed) tar, or when the stream fails
 */
export async function readLayer(
  blob: Readable,
  mediaType: string,
  known: KnownBuildInfo,
  temporary: string,
): Promise<LayerContent> {
  const decompress = decompressor(mediaType)
  const entries = (await import('tar-stream')).extract()
  const folder = await mkdtemp(join(temporary, 'layer-'))
  const stop = new AbortController()
  const feeding = pipeline(
    blob,
    decompress,
    (content: AsyncIterable<Uint8Array>) => feed(content, entries, stop.signal),
    {
      signal: stop.signal,
    },
  ).catch((error: Error) => entries.destroy(error))
  try {
    const content = await readEntries(entries, join(folder, 'executable'), known)
    await feeding
    return content
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`a layer is no tar archive of the type ${mediaType}: ${describeError(error)}`, { cause: error })
  } finally {
    stop.abort()
    await feeding
    await rm(folder, { recursive: true, force: true })
  }
}

function decompressor(mediaType: string): Duplex {
  if (/[+.]gzip$/.test(mediaType)) return createGunzip({ chunkSize: 1 << 18 })
  if (/\+zstd$/.test(mediaType)) return createZstdDecompress({ chunkSize: 1 << 18 })
  if (/\.tar$/.test(mediaType)) return new PassThrough()
  throw new UserError(`a layer has the unknown media type ${mediaType}`)
}

// tar-stream's streams are not Node's own, so that `pipeline` cannot end with one.
async function feed(content: AsyncIterable<Uint8Array>, entries: Extract, signal: AbortSignal): Promise<void> {
  for await (const chunk of content) if (!entries.write(chunk)) await once(entries, 'drain', { signal })
  entries.end(null)
}

async function readEntries(entries: Extract, spool: string, known: KnownBuildInfo): Promise<LayerContent> {
  const content = {
    paths: new Set<string>(),
    binaries: [] as LayerBinary[],
    unreadable: [] as { path: string; reason: string }[],
    removed: new Set<string>(),
    opaque: new Set<string>(),
  }
  for await (const entry of entries) {
    const path = normalizedPath(entry.header.name)
    const [, directory = '', name = ''] = /^(?:(.*)\/)?([^/]*)$/.exec(path) ?? []
    if (name === '.wh..wh..opq') content.opaque.add(directory)
    else if (name.startsWith('.wh.')) content.removed.add(join(directory, name.slice('.wh.'.length)))
    else if (entry.header.type !== 'directory') content.paths.add(path)

    if (entry.header.type === 'link') {
      const target = content.binaries.find((binary) => binary.path === normalizedPath(entry.header.linkname ?? ''))
      if (target) content.binaries.push({ ...target, path })
    }
    try {
      const binary = await readBinary(entry, spool, known)
      if (binary) content.binaries.push({ path, ...binary })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      content.unreadable.push({ path, reason: error.message })
    }
  }
  return content
}

const normalizedPath = (name: string): string =>
  name
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/')

/** Undefined when the file is not a Go binary. @throws UserError when it is malformed */
async function readBinary(content: AsyncIterable<unknown>, spool: string, known: KnownBuildInfo) {
  const hash = createHash('sha256')
  let start: Buffer | undefined = Buffer.alloc(0)
  let file: FileHandle | undefined
  try {
    // The entry is read to its end whatever it is: tar-stream takes one that is left early for a failure.
    for await (const chunk of content) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('a tar entry is not made of bytes')
      if (start && !file) {
        start = Buffer.concat([start, chunk])
        if (start.length < magicSize) continue
        if (executableFormat(start)) file = await open(spool, 'w')
      }
      if (file) {
        hash.update(start ?? chunk)
        await file.write(start ?? chunk)
      }
      start = undefined
    }
  } finally {
    await file?.close()
  }
  if (!file) return undefined
  const sha256 = hash.digest('hex')
  if (!known.has(sha256)) known.set(sha256, await withFile(spool, findBuildInfo))
  const buildInfo = known.get(sha256)
  return buildInfo && { sha256, buildInfo }
}
