import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { arMagic, arMemberHeader } from '../../src/archive/index.ts'
import type { SigningKey } from '../../src/openpgp/index.ts'
import { encodeHeader, type Header, type HeaderValue } from '../../src/packages/rpm/header.ts'
import { signatureTags, tags } from '../../src/packages/rpm/tags.ts'
import { type FileSubject, fileSubject, newRecord, saveRelease, withSubjects } from '../../src/release/index.ts'

/** The least that is a Debian package. */
export async function smallDeb(control: string): Promise<Buffer> {
  const archive = pack()
  archive.entry({ name: './control' }, control)
  archive.finalize()
  const members = [
    ['debian-binary', Buffer.from('2.0\n')],
    ['control.tar.gz', gzipSync(await buffer(archive))],
    ['data.tar.gz', gzipSync(Buffer.alloc(1024))],
  ] as const
  const parts = members.flatMap(([name, bytes]) => [
    arMemberHeader(name, bytes.length, 0),
    bytes,
    Buffer.from('\n').subarray(0, bytes.length % 2),
  ])
  return Buffer.concat([Buffer.from(arMagic), ...parts])
}

/** The least that is an rpm package; unsigned without a key. */
export async function smallRpm(
  { name, version, architecture = 'x86_64' }: { name: string; version: string; architecture?: string },
  key: SigningKey | undefined,
): Promise<Buffer> {
  const text = (value: string): HeaderValue => ({ type: 'string', text: value })
  const main: Header = new Map<number, HeaderValue>([
    [tags.name, text(name)],
    [tags.version, text(version)],
    [tags.release, text('1')],
    [tags.architecture, text(architecture)],
    [tags.summary, { type: 'localized', text: `${name} & <friends>` }],
    [tags.buildTime, { type: 'int32', numbers: [1_700_000_000] }],
  ])
  const header = encodeHeader(main, 'main')
  const signature = new Map<number, HeaderValue>([
    [signatureTags.sha256Header, text(createHash('sha256').update(header).digest('hex'))],
  ])
  if (key) {
    const { binary } = await key.signDetached(header, new Date('2026-01-01T00:00:00Z'))
    signature.set(signatureTags.rsaHeader, { type: 'binary', bytes: binary })
  }
  const lead = Buffer.alloc(96)
  Buffer.from([0xed, 0xab, 0xee, 0xdb, 3, 0]).copy(lead)
  const signatureHeader = encodeHeader(signature, 'signature')
  const padding = Buffer.alloc((8 - (signatureHeader.length % 8)) % 8)
  return Buffer.concat([lead, signatureHeader, padding, header])
}

/** A release directory with these files as its packages. */
export async function packageRelease(
  directory: string,
  version: string,
  packages: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  await mkdir(join(directory, 'files'), { recursive: true })
  const record = newRecord({
    project: 'hello',
    version,
    source: { repository: 'https://example.com/hello', commitTime: '2026-01-01T00:00:00Z', modified: false },
    build: { parameters: {}, dependencies: {} },
    subjects: [],
  })
  const subjects: FileSubject[] = []
  for (const [name, bytes] of Object.entries(packages)) {
    const path = join(directory, 'files', name)
    await writeFile(path, bytes)
    subjects.push(await fileSubject(directory, path, { role: 'package', mediaType: 'application/octet-stream' }))
  }
  await saveRelease(directory, withSubjects(record, subjects))
}
