import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { pack } from 'tar-stream'
import { arMagic, arMemberHeader } from '../../../src/archive/index.ts'
import { readDeb, readRpm } from '../../../src/packages/index.ts'
import { testStep } from '../../step.ts'
import { build, sampleRelease } from './release.ts'

let folder: string
let rpm: Buffer
let deb: Buffer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packages-'))
  const release = join(folder, 'release')
  await sampleRelease(release, { platforms: ['linux/amd64'] })
  await build(release, testStep({ environment: { XDG_STATE_HOME: folder } }), {
    project: folder,
    packages: {
      hello: {
        depends: ['mount >= 2'],
        replaces: ['hallo < 1'],
        recommends: ['extra'],
        scripts: {},
        summary: 'Greets ä',
      },
    },
  })
  rpm = await readFile(join(release, 'files', 'hello-1.2.3-1.x86_64.rpm'))
  deb = await readFile(join(release, 'files', 'hello_1.2.3-1_amd64.deb'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(bytes: Uint8Array): Promise<string> {
  const path = join(folder, 'package')
  await writeFile(path, bytes)
  return path
}

/** Numbers from 0 to `below`, the same in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Changes, cuts or repeats a few bytes near the start, where the structure is. */
function damage(bytes: Buffer, next: (below: number) => number): Buffer {
  const damaged = Buffer.from(bytes)
  for (let change = 0; change <= next(4); change++) damaged[next(Math.min(bytes.length, 4000))] = next(256)
  return next(4) === 0 ? damaged.subarray(0, next(damaged.length)) : damaged
}

describe('readRpm', () => {
  test('finds all that an index says of a package', async () => {
    const found = await readRpm(await file(rpm))
    expect(found).toMatchObject({
      name: 'hello',
      architecture: 'x86_64',
      version: { epoch: 0, version: '1.2.3', release: '1' },
      summary: 'Greets ä',
      url: 'https://github.com/example/hello',
      sourcePackage: 'hello-1.2.3-1.src.rpm',
      buildTime: Date.parse('2026-11-01T12:00:00Z') / 1000,
      installedSize: 12 * 20_000,
      files: [{ path: '/usr/bin/hello', type: 'file' }],
    })
    expect(found.archiveSize).toBeGreaterThan(found.installedSize)
    expect(found.signature?.length).toBeGreaterThan(300)
    expect(found.headerRange.start % 8).toBe(0)
    expect(rpm.subarray(found.headerRange.start, found.headerRange.start + 4).toString('hex')).toBe('8eade801')
    expect(found.dependencies.provides).toEqual([
      { name: 'hello', comparison: 'EQ', version: '1.2.3-1', pre: false },
      { name: 'hello(x86-64)', comparison: 'EQ', version: '1.2.3-1', pre: false },
    ])
    expect(found.dependencies.requires).toContainEqual({ name: 'mount', comparison: 'GE', version: '2', pre: false })
    expect(found.dependencies.obsoletes).toEqual([{ name: 'hallo', comparison: 'LT', version: '1', pre: false }])
    expect(found.dependencies.recommends).toEqual([{ name: 'extra', version: '', pre: false }])
    expect(found.changelog).toHaveLength(1)
  })

  test('refuses another file, and one that is cut off', async () => {
    await expect(readRpm(await file(deb))).rejects.toThrow('is not an rpm package')
    await expect(readRpm(await file(rpm.subarray(0, 50)))).rejects.toThrow('cut off')
    await expect(readRpm(await file(rpm.subarray(0, 700)))).rejects.toThrow('cut off')
    await expect(readRpm(join(folder, 'none'))).rejects.toThrow('Cannot read')
  })

  test('of damaged bytes answers or refuses, and nothing else', async () => {
    const next = sequence(1)
    let refused = 0
    for (let round = 0; round < 300; round++) {
      const path = await file(damage(rpm, next))
      await readRpm(path).catch((error: Error) => {
        refused++
        expect(error.name).toBe('UserError')
      })
    }
    expect(refused).toBeGreaterThan(50)
  })
})

describe('readDeb', () => {
  test('finds the control paragraph', async () => {
    const { control } = await readDeb(await file(deb))
    expect(control).toMatch(/^Package: hello\nVersion: 1\.2\.3-1\nArchitecture: amd64\n/)
    expect(control).toMatch(/\nDescription: Greets ä\n It holds [^\n]+\n$/)
  })

  test.each<[string, (tar: Buffer) => Buffer]>([
    ['', (tar) => tar],
    ['.gz', (tar) => gzipSync(tar)],
    ['.zst', (tar) => zstdCompressSync(tar)],
  ])('reads control.tar%s, whatever the name of the file in it', async (suffix, compress) => {
    for (const name of ['control', './control']) {
      const { control } = await readDeb(await file(debOf(suffix, compress(await tarOf(name, 'Package: a\n\n')))))
      expect(control).toBe('Package: a\n')
    }
  })

  test('refuses what is none', async () => {
    const refusal = async (bytes: Uint8Array, message: string): Promise<void> => {
      await expect(readDeb(await file(bytes))).rejects.toThrow(message)
    }
    await refusal(rpm, 'is not a Debian package')
    await refusal(deb.subarray(0, 100), 'cut off')
    await refusal(Buffer.from(arMagic), 'its first members are not')
    await refusal(debOf('.lz', Buffer.alloc(1)), "compressed as '.lz'")
    await refusal(debOf('', await tarOf('./md5sums', '')), 'no control file')
    await refusal(debOf('', await tarOf('./control', 'Version: 1\n')), 'names no package')
    await refusal(debOf('.gz', gzipSync(Buffer.alloc(20 << 20))), 'is not a Debian package')
  })

  test('of damaged bytes answers or refuses, and nothing else', async () => {
    const next = sequence(2)
    let refused = 0
    for (let round = 0; round < 300; round++) {
      const path = await file(damage(deb.subarray(0, 1200), next))
      await readDeb(path).catch((error: Error) => {
        refused++
        expect(error.name).toBe('UserError')
      })
    }
    expect(refused).toBeGreaterThan(50)
  })
})

async function tarOf(name: string, content: string): Promise<Buffer> {
  const archive = pack()
  archive.entry({ name: './', type: 'directory' }, '')
  archive.entry({ name }, content)
  archive.finalize()
  return buffer(archive)
}

const debOf = (suffix: string, control: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(arMagic),
    arMemberHeader('debian-binary', 4, 0),
    Buffer.from('2.0\n'),
    arMemberHeader(`control.tar${suffix}`, control.length, 0),
    control,
    Buffer.from('\n').subarray(0, control.length % 2),
  ])
