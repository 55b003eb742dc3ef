import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { cpioHeader, cpioPadding, cpioTrailer } from '../../archive/index.ts'
import { UserError } from '../../errors/index.ts'
import { writeCompressed } from '../compression.ts'
import { hashing, readContent } from '../content.ts'
import { type Compression, formatVersion } from '../package.ts'
import { type RpmFileEntry, rpmFiles, sizeOf } from './files.ts'
import { encodeHeader, type HeaderValue } from './header.ts'
import { mainHeader } from './main-header.ts'
import type { RpmPackage } from './package.ts'
import { signatureTags } from './tags.ts'

/** Signs the bytes of a main header. `binary` is an OpenPGP signature packet. */
export type HeaderSigner = (header: Uint8Array) => Promise<{ readonly rsa: boolean; readonly binary: Uint8Array }>

// Sizes have 32 bits; the rest is for names and what compression may add.
const maximumSize = 0xf0000000

/** Writes an RPM package (version 4 of the format) to `path`; `folder` takes its payload meanwhile. */
export async function writeRpm(
  rpm: RpmPackage,
  path: string,
  options: { readonly compression: Compression; readonly folder: string; readonly sign: HeaderSigner | undefined },
): Promise<void> {
  const { compression, sign } = options
  const payloadPath = join(options.folder, 'payload')
  const files = rpmFiles(rpm.entries)
  const uncompressed = createHash('sha256')
  const fileDigests = new Map<string, string>()
  const archiveSize = payloadSize(files, rpm)
  const archive = hashing(payload(files, rpm.metadata.time, fileDigests), [uncompressed])
  await writeCompressed(archive, payloadPath, compression)
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(payloadPath)) digest.update(chunk)

  const header = encodeHeader(
    mainHeader(rpm, files, {
      compression,
      digest: digest.digest('hex'),
      uncompressedDigest: uncompressed.digest('hex'),
      fileDigests,
    }),
    'main',
  )
  const md5 = createHash('md5').update(header)
  let size = header.length
  for await (const chunk of createReadStream(payloadPath)) {
    md5.update(chunk)
    size += chunk.length
  }
  const signature = encodeHeader(
    new Map<number, HeaderValue>([
      ...(sign ? [await signatureEntry(header, sign)] : []),
      [signatureTags.sha1Header, { type: 'string', text: createHash('sha1').update(header).digest('hex') }],
      [signatureTags.sha256Header, { type: 'string', text: createHash('sha256').update(header).digest('hex') }],
      [signatureTags.size, { type: 'int32', numbers: [size] }],
      [signatureTags.md5, { type: 'binary', bytes: md5.digest() }],
      [signatureTags.payloadSize, { type: 'int32', numbers: [archiveSize] }],
    ]),
    'signature',
  )

  async function* parts(): AsyncGenerator<Uint8Array> {
    yield lead(rpm)
    yield signature
    yield Buffer.alloc((8 - (signature.length % 8)) % 8)
    yield header
    yield* createReadStream(payloadPath)
  }
  await pipeline(parts, createWriteStream(path))
}

async function signatureEntry(header: Buffer, sign: HeaderSigner): Promise<[number, HeaderValue]> {
  const { rsa, binary } = await sign(header)
  return [rsa ? signatureTags.rsaHeader : signatureTags.eddsaHeader, { type: 'binary', bytes: binary }]
}

const entryHeader = (file: RpmFileEntry, index: number, time: number): Buffer =>
  cpioHeader({ name: `.${file.path}`, inode: index + 1, mode: file.mode, size: sizeOf(file), time })

/** Bytes of the payload before it is compressed. */
function payloadSize(files: readonly RpmFileEntry[], rpm: RpmPackage): number {
  if (files.reduce((total, file) => total + sizeOf(file), 0) > maximumSize) {
    throw new UserError(`The files of ${rpm.metadata.name} are larger than an rpm package can hold (4 GB)`)
  }
  return files.reduce(
    (total, file, index) =>
      total + entryHeader(file, index, 0).length + sizeOf(file) + cpioPadding(sizeOf(file)).length,
    cpioTrailer().length,
  )
}

/** The cpio archive of the files. Fills in the SHA-256 of each. */
async function* payload(
  files: readonly RpmFileEntry[],
  time: number,
  digests: Map<string, string>,
): AsyncGenerator<Uint8Array> {
  for (const [index, file] of files.entries()) {
    yield entryHeader(file, index, time)
    if (!file.content) continue
    digests.set(file.path, yield* readContent(file.content))
    yield cpioPadding(sizeOf(file))
  }
  yield cpioTrailer()
}

/** What rpm's lead calls an architecture; rpm itself reads it in the header. */
const leadArchitectures: Readonly<Record<string, number>> = {
  aarch64: 19,
  armv5tel: 12,
  armv6hl: 12,
  armv7hl: 12,
  i386: 1,
  loongarch64: 23,
  mips64el: 11,
  ppc64le: 16,
  riscv64: 22,
  s390x: 15,
  x86_64: 1,
}

/** The first 96 bytes: long without a meaning but the magic, kept for file(1) and old tools. */
function lead(rpm: RpmPackage): Buffer {
  const bytes = Buffer.alloc(96)
  Buffer.from([0xed, 0xab, 0xee, 0xdb, 3, 0]).copy(bytes)
  bytes.writeUInt16BE(leadArchitectures[rpm.architecture] ?? 255, 8)
  bytes.write(`${rpm.metadata.name}-${formatVersion(rpm.metadata.version)}`.slice(0, 65), 10, 'latin1')
  bytes.writeUInt16BE(1, 76)
  bytes.writeUInt16BE(5, 78)
  return bytes
}
