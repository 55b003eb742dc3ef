import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { UserError } from '../../../src/errors/index.ts'
import { readLayer } from '../../../src/sbom/layer.ts'
import { elf, inlineBlob } from '../../sbom/executables.ts'
import { layerOf } from '../../sbom/release.ts'

let temporary: string
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'sbom-layer-'))
})
afterAll(() => rm(temporary, { recursive: true }))

const gzip = 'application/vnd.oci.image.layer.v1.tar+gzip'
const binary = elf({ wide: true, order: 'little', section: true }, () =>
  inlineBlob('go1.26.8', 'mod\texample.com/hello\tv1'),
)

/** In pieces of this many bytes, so that headers and magics are torn apart. */
const inPieces = (bytes: Buffer, size: number): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    ),
  )

const files = [
  { path: './' },
  { path: './bin/' },
  { path: './bin/hello', content: binary },
  { path: './bin/alias', linkTo: './bin/hello' },
  { path: './bin/cut', content: binary.subarray(0, 5000) },
  { path: './etc/large', content: Buffer.alloc(300_000, 1) },
  { path: './etc/empty', content: '' },
  { path: './etc/two', content: '\x7fE' },
  { path: './etc/.wh.gone', content: '' },
  { path: './opt/.wh..wh..opq', content: '' },
]

test.each([
  ['gzip', gzip, layerOf(files)],
  ['gzip of Docker', 'application/vnd.docker.image.rootfs.diff.tar.gzip', layerOf(files)],
  ['zstd', 'application/vnd.oci.image.layer.v1.tar+zstd', layerOf(files, (tar) => zstdCompressSync(tar))],
  ['nothing', 'application/vnd.oci.image.layer.v1.tar', layerOf(files, (tar) => tar)],
])('a layer compressed by %s', async (_, mediaType, layer) => {
  const bytes = await layer
  for (const size of [1 << 20, 509]) {
    const content = await readLayer(inPieces(bytes, size), mediaType, new Map(), temporary)
    expect(content.binaries.map(({ path, buildInfo }) => [path, buildInfo.main?.path])).toEqual([
      ['bin/hello', 'example.com/hello'],
      ['bin/alias', 'example.com/hello'],
    ])
    expect(content.unreadable).toEqual([{ path: 'bin/cut', reason: 'a header points outside of the file' }])
    expect([...content.removed]).toEqual(['etc/gone'])
    expect([...content.opaque]).toEqual(['opt'])
    expect([...content.paths]).toEqual(['bin/hello', 'bin/alias', 'bin/cut', 'etc/large', 'etc/empty', 'etc/two'])
  }
})

test('a binary that is known by its digest is not read again', async () => {
  const known = new Map()
  const bytes = await layerOf(files)
  const [first] = (await readLayer(inPieces(bytes, 4096), gzip, known, temporary)).binaries
  const [second] = (await readLayer(inPieces(bytes, 4096), gzip, known, temporary)).binaries
  expect(known.size).toBe(1)
  expect(second?.buildInfo).toBe(first?.buildInfo)
})

test('a layer that fails leaves one error and no file', async () => {
  const bytes = await layerOf(files)
  async function* failing(): AsyncGenerator<Buffer> {
    yield bytes.subarray(0, bytes.length - 100)
    throw new UserError('Digest mismatch')
  }
  const attempts: [Readable, string, string][] = [
    [inPieces(bytes.subarray(0, 300), 64), gzip, 'unexpected end of file'],
    [inPieces(Buffer.from('not gzip'), 64), gzip, 'incorrect header check'],
    [inPieces(bytes, 64), 'application/vnd.oci.image.layer.v1.tar', 'no tar archive'],
    [inPieces(bytes, 64), 'text/plain', 'unknown media type text/plain'],
    [Readable.from(failing()), gzip, 'Digest mismatch'],
  ]
  for (const [blob, mediaType, message] of attempts) {
    const result = readLayer(blob, mediaType, new Map(), temporary)
    await expect(result).rejects.toThrow(UserError)
    await expect(result).rejects.toThrow(message)
  }
  expect(await readdir(temporary)).toEqual([])
})
