import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { extract } from 'tar-stream'
import { fromBuffer } from 'yauzl'
import { type ArchiveEntry, gzip, tar, zip } from '../../../src/archive/index.ts'

const time = new Date('2026-03-29T01:30:02Z')
const file = (path: string, content: string | Buffer, mode = 0o644): ArchiveEntry => ({
  kind: 'file',
  path,
  mode,
  size: Buffer.byteLength(content),
  open: () => Readable.from([Buffer.from(content)]),
})
const noise = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * index * 31) >> 7))
const long = `${'directory/'.repeat(20)}${'x'.repeat(120)}.txt`
const entries: ArchiveEntry[] = [
  file('README.md', '# hello\n'),
  file('hello', noise, 0o755),
  { kind: 'directory', path: 'docs', mode: 0o755 },
  file('docs/ünï.txt', 'text'),
  file('empty', ''),
  file(long, 'deep'),
]
const formats = {
  tar: (list: ArchiveEntry[]) => tar(list, time),
  'tar.gz': (list: ArchiveEntry[]) => gzip(tar(list, time)),
  zip: (list: ArchiveEntry[]) => zip(list, time),
}
const bytesOf = async (content: AsyncIterable<Uint8Array>): Promise<Buffer> => buffer(Readable.from(content))
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archive-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each(Object.entries(formats))('%s', (_, write) => {
  test('has the same bytes whatever the order of entries', async () => {
    expect(await bytesOf(write(entries))).toEqual(await bytesOf(write([...entries].reverse())))
  })

  test.each(['../x', '/x', 'a/../../x', '', 'a\\..\\x'])('refuses the path %j', (path) => {
    return expect((async () => bytesOf(write([file(path, '')])))()).rejects.toThrow(/leaves the archive/)
  })

  test('refuses a path that is there twice', () =>
    expect((async () => bytesOf(write([file('a', '1'), file('a', '2')])))()).rejects.toThrow(/twice/))

  test('fails when a source breaks', () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('part')
      throw new Error('disk broke')
    }
    const entry: ArchiveEntry = { kind: 'file', path: 'a', mode: 0o644, size: 10, open: broken }
    return expect((async () => bytesOf(write([entry, file('b', 'more')])))()).rejects.toThrow('disk broke')
  })

  test.each([
    ['fewer', 5],
    ['more', 2],
  ])('fails when a source gives %s bytes than it said', (_name, size) => {
    const entry: ArchiveEntry = {
      kind: 'file',
      path: 'a',
      mode: 0o644,
      size,
      open: () => Readable.from([Buffer.from('abc')]),
    }
    return expect((async () => bytesOf(write([entry])))()).rejects.toThrow(/size|unexpected number of bytes/i)
  })
})

// The bytes are part of the contract: a release that is made again must come out the same.
test.each([
  ['tar', '4332d2708cd33f6937f4097b2843aaedf0e2f6b41de71b2b9e1074985ac92d81'],
  ['tar.gz', 'fc9e298326ceca9e59f1abc434ceef17aa674dd8edec1b92a366f8f672b739c0'],
  ['zip', '05b1456a7baa38abc046bbbd7bbb8de4e389c726e4ed941ba6d76af6dcf5f48f'],
] as const)('the bytes of %s stay what they are', async (format, digest) => {
  expect(sha256(await bytesOf(formats[format](entries)))).toBe(digest)
})

test('tar entries are owned by root, have the one time, their modes and their content', async () => {
  const found: Record<string, unknown>[] = []
  const parser = extract()
  Readable.from(tar(entries, time), { objectMode: false }).pipe(parser)
  for await (const entry of parser) {
    const content = await buffer(entry)
    const { name, type, mode, uid, gid, uname, gname, mtime } = entry.header
    expect({ uid, gid, uname, gname, mtime }).toEqual({ uid: 0, gid: 0, uname: 'root', gname: 'root', mtime: time })
    found.push({ name, type, mode, size: content.length })
  }
  expect(found).toEqual([
    { name: 'README.md', type: 'file', mode: 0o644, size: 8 },
    { name: long, type: 'file', mode: 0o644, size: 4 },
    { name: 'docs/', type: 'directory', mode: 0o755, size: 0 },
    { name: 'docs/ünï.txt', type: 'file', mode: 0o644, size: 4 },
    { name: 'empty', type: 'file', mode: 0o644, size: 0 },
    { name: 'hello', type: 'file', mode: 0o755, size: noise.length },
  ])
})

test('gzip has a header without name, time and system, and gives the content back', async () => {
  const compressed = await bytesOf(gzip(Readable.from([noise.subarray(0, 1000), noise.subarray(1000)])))
  expect(compressed.subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff')
  expect(gunzipSync(compressed)).toEqual(noise)
  expect(await bytesOf(gzip(Readable.from([noise])))).toEqual(compressed)
  expect(gunzipSync(await bytesOf(gzip(Readable.from([]))))).toEqual(Buffer.alloc(0))
})

test('GNU tar and unzip-like readers restore content and modes', async () => {
  const path = join(folder, 'a.tar.gz')
  await writeFile(path, await bytesOf(formats['tar.gz'](entries)))
  execFileSync('tar', ['-xzf', path, '-C', folder])
  expect((await stat(join(folder, 'hello'))).mode & 0o777).toBe(0o755)
  expect((await stat(join(folder, long))).mtime).toEqual(time)
})

test('zip entries have modes, the one time in UTC whatever the time zone, and their content', async () => {
  const bytes = await bytesOf(zip(entries, time))
  const found = await new Promise<object[]>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, archive) => {
      if (error) return reject(error)
      const list: object[] = []
      archive.on('entry', (entry) => {
        const {
          fileName,
          uncompressedSize,
          externalFileAttributes,
          lastModFileDate: date,
          lastModFileTime: clock,
        } = entry
        const [day, month, year] = [date & 31, (date >> 5) & 15, (date >> 9) + 1980]
        const stamp = [year, month, day, clock >> 11, (clock >> 5) & 63, (clock & 31) * 2]
        list.push({
          fileName,
          uncompressedSize,
          mode: (externalFileAttributes >>> 16).toString(8),
          stamp: stamp.join(' '),
        })
        archive.readEntry()
      })
      archive.on('end', () => resolve(list))
      archive.on('error', reject)
      archive.readEntry()
    })
  })
  const stamp = '2026 3 29 1 30 2'
  expect(found).toContainEqual({ fileName: 'hello', uncompressedSize: noise.length, mode: '100755', stamp })
  expect(found).toContainEqual({ fileName: 'docs/', uncompressedSize: 0, mode: '40755', stamp })
  expect(found).toHaveLength(6)
})

// At this time Berlin's clocks skip an hour: a local time that does not exist would come out an hour late.
test('zip has the same bytes in every time zone', () => {
  const script = `
    import { zip } from ${JSON.stringify(join(import.meta.dirname, '../../../src/archive/index.ts'))}
    import { createHash } from 'node:crypto'
    const hash = createHash('sha256')
    for await (const chunk of zip([{ kind: 'directory', path: 'a', mode: 493 }], new Date('2026-03-29T02:30:02Z'))) hash.update(chunk)
    console.log(hash.digest('hex'))`
  const run = (TZ: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { TZ }, encoding: 'utf8' })
  expect(run('Europe/Berlin')).toBe(run('UTC'))
  expect(run('Asia/Kolkata')).toBe(run('UTC'))
})
