import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readExecutable, requireExecutable } from '../../../src/build/executable.ts'
import { parseTarget } from '../../../src/build/target.ts'
import { UserError } from '../../../src/runner/index.ts'
import { binaryFor } from './binaries.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'executable-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const names = [
  'linux/386',
  'linux/amd64',
  'linux/arm',
  'linux/arm64',
  'linux/loong64',
  'linux/ppc64le',
  'linux/riscv64',
  'linux/s390x',
  'freebsd/amd64',
  'freebsd/arm64',
  'darwin/amd64',
  'darwin/arm64',
  'windows/amd64',
  'windows/arm64',
]
const check = async (bytes: Uint8Array, name: string): Promise<void> => {
  const path = join(folder, 'binary')
  await writeFile(path, bytes)
  await requireExecutable(path, parseTarget(name).platform)
}

describe.each(names)('a binary for %s', (name) => {
  test('is accepted as such, and for no other platform', async () => {
    const bytes = binaryFor(parseTarget(name).platform)
    await check(bytes, name)
    for (const other of names.filter((candidate) => candidate !== name)) {
      await expect(check(bytes, other)).rejects.toThrow(/should be a binary for .*, but is a binary for something else/)
    }
  })

  test('is refused when it is cut off', async () => {
    const bytes = binaryFor(parseTarget(name).platform)
    for (const length of [0, 3, 20, 63]) {
      await expect(check(bytes.subarray(0, length), name)).rejects.toThrow(UserError)
    }
  })
})

test('says how a binary differs', async () => {
  const big = binaryFor(parseTarget('linux/s390x').platform)
  await expect(check(big, 'linux/ppc64le')).rejects.toThrow(
    'endianness big instead of little, machine 22 instead of 21',
  )
})

test('refuses a binary that needs a dynamic loader', async () => {
  const bytes = binaryFor({ os: 'linux', architecture: 'amd64' })
  bytes.writeUInt32LE(3, 64)
  await expect(check(bytes, 'linux/amd64')).rejects.toThrow('something else (linked dynamically)')
})

test.each([
  ['a script', Buffer.from(`#!/bin/sh\n${'#'.repeat(100)}`)],
  ['an object file', Buffer.from(binaryFor({ os: 'linux', architecture: 'amd64' })).fill(1, 16, 17)],
  ['a Mach-O library', Buffer.from(binaryFor({ os: 'darwin', architecture: 'arm64' })).fill(6, 12, 13)],
  ['a DOS program', Buffer.from(binaryFor({ os: 'windows', architecture: 'amd64' })).fill(0, 0x80, 0x84)],
])('refuses %s', async (_, bytes) => {
  for (const name of ['linux/amd64', 'darwin/arm64', 'windows/amd64']) {
    await expect(check(bytes, name)).rejects.toThrow('is no executable')
  }
})

test('refuses every binary for a platform that it does not know', async () => {
  const bytes = binaryFor({ os: 'linux', architecture: 'amd64' })
  await writeFile(join(folder, 'binary'), bytes)
  await expect(requireExecutable(join(folder, 'binary'), { os: 'linux', architecture: 'mips' })).rejects.toThrow(
    'unknown platform',
  )
})

test('reads whatever bytes there are without a crash', async () => {
  let seed = 20261122
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed % below
  }
  const path = join(folder, 'fuzz')
  let readable = 0
  for (let round = 0; round < 1500; round++) {
    const bytes = Buffer.from(binaryFor(parseTarget(names[random(names.length)] ?? '').platform))
    for (let flips = random(6); flips > 0; flips--) bytes[random(160)] = random(256)
    await writeFile(path, bytes.subarray(0, random(4) === 0 ? random(bytes.length) : bytes.length))
    if (await readExecutable(path)) readable++
  }
  expect(readable).toBeGreaterThan(300)
  expect(readable).toBeLessThan(1400)
})
