import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { UserError } from '../../../src/errors/index.ts'
import { findBuildInfo } from '../../../src/sbom/go-binary.ts'
import { readBuildInfo } from '../../../src/sbom/index.ts'
import { bytesSource, mutated, seeded } from '../../sbom/bytes.ts'
import {
  type Data,
  elf,
  fat,
  inlineBlob,
  machO,
  pageSize,
  pointerBlob,
  portableExecutable,
  type Shape,
} from '../../sbom/executables.ts'

const modules = 'path\texample.com/hello\nmod\texample.com/hello\tv1.2.3\th1:abc=\nbuild\tGOOS=linux'
const expected = {
  goVersion: 'go1.26.8',
  path: 'example.com/hello',
  main: { path: 'example.com/hello', version: 'v1.2.3', sum: 'h1:abc=' },
  dependencies: [],
  settings: { GOOS: 'linux' },
}

const inline: Data = () => inlineBlob('go1.26.8', modules)
const find = (bytes: Buffer) => findBuildInfo(bytesSource(bytes))

/** The blob, not at the beginning of its page. */
const behind =
  (data: Data, distance: number): Data =>
  (address) =>
    Buffer.concat([Buffer.alloc(distance, 0xaa), data(address + distance)])

const shapes: Shape[] = [true, false].flatMap((wide) =>
  (['little', 'big'] as const).flatMap((order) => [true, false].map((section) => ({ wide, order, section }))),
)
const nameOf = ({ wide, order, section }: Shape) =>
  `${wide ? 64 : 32} bit, ${order} endian, ${section ? 'with' : 'without'} a section`

describe('a Go binary', () => {
  describe.each(shapes.map((shape) => [nameOf(shape), shape] as const))('%s', (_, shape) => {
    test.each([
      ['ELF', elf],
      ['Mach-O', machO],
    ])('%s, strings inline', async (_format, make) => {
      expect(await find(make(shape, inline))).toEqual(expected)
    })

    test.each([
      ['ELF', elf],
      ['Mach-O', machO],
    ])('%s, strings by pointer', async (_format, make) => {
      const bytes = make(shape, pointerBlob('go1.17.13', modules, shape))
      expect(await find(bytes)).toEqual({ ...expected, goVersion: 'go1.17.13' })
    })
  })

  test.each([true, false])('PE, wide: %s', async (wide) => {
    expect(await find(portableExecutable({ wide }, behind(inline, 48)))).toEqual(expected)
    const old = portableExecutable({ wide }, pointerBlob('go1.17.13', modules, { wide, order: 'little' }))
    expect(await find(old)).toEqual({ ...expected, goVersion: 'go1.17.13' })
  })

  test('universal Mach-O: the modules of all slices', async () => {
    const slice = (dependency: string) =>
      machO({ wide: true, order: 'little', section: true }, () =>
        inlineBlob('go1.26.8', `mod\texample.com/hello\tv1\ndep\tcommon\tv1\ndep\t${dependency}\tv1`),
      )
    const info = await find(fat([slice('for-amd64'), slice('for-arm64')]))
    expect(info?.dependencies.map(({ path }) => path)).toEqual(['common', 'for-amd64', 'for-arm64'])
  })

  test('built without modules', async () => {
    const shape: Shape = { wide: true, order: 'little', section: true }
    const empty = { goVersion: 'devel go1.27-abc', dependencies: [], settings: {} }
    expect(await find(elf(shape, () => inlineBlob('devel go1.27-abc', '')))).toEqual(empty)
    expect(await find(elf(shape, pointerBlob('devel go1.27-abc', '', shape)))).toEqual(empty)
  })

  test('that holds the magic as a string before its build info', async () => {
    const decoy = inlineBlob('not a version', 'x')
    const distance = Math.ceil(decoy.length / 16) * 16
    const data: Data = () => Buffer.concat([decoy, Buffer.alloc(distance - decoy.length), inline(0)])
    expect(await find(elf({ wide: true, order: 'little', section: false }, data))).toEqual(expected)
  })

  test('is not searched where the linker never puts it', async () => {
    expect(await find(elf({ wide: true, order: 'little', section: false }, behind(inline, 8)))).toBeUndefined()
  })

  test('is not read whole', async () => {
    const small = elf({ wide: true, order: 'little', section: true }, inline)
    const source = bytesSource(Buffer.concat([small, Buffer.alloc(10_000_000)]))
    expect(await findBuildInfo(source)).toEqual(expected)
    expect(source.amount()).toBeLessThan(4096)
  })
})

describe('no Go binary', () => {
  const shape: Shape = { wide: true, order: 'little', section: false }
  test.each([
    ['empty', Buffer.alloc(0)],
    ['three bytes', Buffer.from('\x7fEL')],
    ['text', Buffer.from('#!/bin/sh\n')],
    ['an ELF file of C', elf(shape, () => Buffer.from('hello'))],
    ['a Java class', Buffer.from('cafebabe00000041', 'hex')],
    ['a DOS program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)])],
    ['text that begins with MZ', Buffer.from('MZ is how it begins')],
    ['a PE file of C', portableExecutable({ wide: true }, () => Buffer.from('hello'))],
    ['a Mach-O file of C', machO(shape, () => Buffer.from('hello'))],
    ['an empty universal binary', fat([])],
  ])('%s', async (_, bytes) => {
    expect(await find(bytes)).toBeUndefined()
  })
})

describe('a malformed executable is refused:', () => {
  const shape: Shape = { wide: true, order: 'little', section: true }
  const changed = (bytes: Buffer, at: number, hex: string): Buffer => {
    Buffer.from(hex, 'hex').copy(bytes, at)
    return bytes
  }
  test.each([
    ['cut off in its header', () => elf(shape, inline).subarray(0, 40), 'outside'],
    ['an unknown class', () => changed(elf(shape, inline), 4, '03'), 'neither 32 nor 64 bit'],
    ['sections beyond the end', () => changed(elf(shape, inline), 40, 'ffffffff'), 'outside'],
    ['sections of no size', () => changed(elf(shape, inline), 58, '0000'), 'too small'],
    ['a version longer than the section', () => elf(shape, () => changed(inline(0), 32, 'ffff7f')), 'malformed'],
    ['a length without end', () => elf(shape, () => changed(inline(0), 32, 'ff'.repeat(12))), 'malformed'],
    [
      'a pointer to nowhere',
      () => elf(shape, (at) => changed(pointerBlob('go1.17', modules, shape)(at), 16, 'ff'.repeat(8))),
      'malformed',
    ],
    ['a broken module line', () => elf(shape, () => inlineBlob('go1.26', 'dep\t\tv1')), 'without a path'],
    ['load commands of no size', () => changed(machO(shape, inline), 36, '00000000'), 'too small'],
    ['more load commands than bytes', () => changed(machO(shape, inline), 16, 'ff'), 'cut off'],
    ['a slice beyond the end', () => changed(fat([machO(shape, inline)]), 16, '7fffffff'), 'outside'],
    ['more PE sections than bytes', () => changed(portableExecutable(shape, inline), 70, 'ffff'), 'outside'],
    [
      'nothing but marks',
      () =>
        elf({ ...shape, section: false }, () =>
          Buffer.concat(Array.from({ length: 100 }, () => inlineBlob('x', '').subarray(0, 32))),
        ),
      'too many marks',
    ],
  ])('%s', async (_, bytes, message) => {
    const result = find(bytes())
    await expect(result).rejects.toThrow(UserError)
    await expect(result).rejects.toThrow(message)
  })
})

test.each([
  ['ELF', elf({ wide: true, order: 'little', section: true }, inline)],
  ['ELF without sections', elf({ wide: false, order: 'big', section: false }, inline)],
  [
    'ELF by pointer',
    elf({ wide: true, order: 'big', section: true }, pointerBlob('go1.17', modules, { wide: true, order: 'big' })),
  ],
  ['Mach-O', machO({ wide: true, order: 'little', section: true }, inline)],
  ['universal Mach-O', fat([machO({ wide: true, order: 'little', section: true }, inline)])],
  ['PE', portableExecutable({ wide: true }, inline)],
])('%s: 2000 mutations are read, found to be no Go binary, or refused', async (_, bytes) => {
  const random = seeded(20261122)
  let mostRead = 0
  const outcomes = { read: 0, none: 0, refused: 0 }
  const headers = [
    [0, 256],
    [pageSize, pageSize + 256],
    [Math.max(0, bytes.length - 256), bytes.length],
  ] as const
  for (let round = 0; round < 2000; round++) {
    const source = bytesSource(mutated(bytes, random, headers))
    try {
      const info = await findBuildInfo(source)
      outcomes[info ? 'read' : 'none']++
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      outcomes.refused++
    }
    mostRead = Math.max(mostRead, source.amount())
  }
  expect(mostRead).toBeLessThan(100 * bytes.length)
  expect(outcomes.read).toBeGreaterThan(100)
  expect(outcomes.none + outcomes.refused).toBeGreaterThan(100)
})

describe('a path', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'build-info-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('of a Go binary is read by ranges', async () => {
    const path = join(folder, 'hello')
    await writeFile(path, elf({ wide: true, order: 'little', section: true }, inline))
    expect(await readBuildInfo(path)).toEqual(expected)
  })

  test('of a malformed one is named', async () => {
    const path = join(folder, 'broken')
    await writeFile(path, elf({ wide: true, order: 'little', section: true }, inline).subarray(0, 5000))
    await expect(readBuildInfo(path)).rejects.toThrow(
      `Cannot read the Go build info of ${path}: a header points outside of the file`,
    )
  })

  test('that is not there, or a folder', async () => {
    await expect(readBuildInfo(join(folder, 'absent'))).rejects.toThrow('File not found')
    await expect(readBuildInfo(folder)).rejects.toThrow('is not a file')
  })
})
