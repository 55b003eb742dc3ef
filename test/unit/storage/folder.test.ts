import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { UserError } from '../../../src/runner/index.ts'
import { type Content, openStore, type Store } from '../../../src/storage/index.ts'
import { testStep } from '../../step.ts'

let folder: string
let root: string
let source: string
let store: Store
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'))
  root = join(folder, 'published')
  source = join(folder, 'source')
  await writeFile(source, 'hello')
  store = openStore(`file:${root}`, testStep())
})
afterEach(() => rm(folder, { recursive: true }))

/** The source, and what is claimed of it. */
const content = (claimed = 'hello'): Content => ({
  from: source,
  sha256: sha256(claimed),
  size: 5,
  open: () => createReadStream(source),
})

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('file:', () => {
  test('a file is copied, proven and found; nothing else is left', async () => {
    expect(await store.digestOf('v1/hello')).toBeUndefined()
    await store.write('v1/hello', content())
    expect(await readFile(join(root, 'v1/hello'), 'utf8')).toBe('hello')
    expect(await store.digestOf('v1/hello')).toBe(sha256('hello'))
    expect(await readdir(join(root, 'v1'))).toEqual(['hello'])
  })

  test('the same bytes again do nothing', async () => {
    await store.write('hello', content())
    const before = await stat(join(root, 'hello'))
    await store.write('hello', content())
    expect((await stat(join(root, 'hello'))).ino).toBe(before.ino)
  })

  test('other bytes are not overwritten', async () => {
    await mkdir(root)
    await writeFile(join(root, 'hello'), 'other')
    await expect(store.write('hello', content())).rejects.toThrow(/other bytes/)
    expect(await readFile(join(root, 'hello'), 'utf8')).toBe('other')
  })

  test('a source that differs from its digest leaves nothing', async () => {
    await expect(store.write('hello', content('hullo'))).rejects.toThrow(/Digest mismatch/)
    expect(await readdir(root)).toEqual([])
  })

  test.each(['', '.', '..', '../x', 'a/../../x', '/etc/x', 'a//b', 'a/', 'a\\..\\b', 'a\0b'])(
    "'%s' is no name",
    async (name) => {
      await expect(store.write(name, content())).rejects.toThrow(UserError)
      await expect(store.digestOf(name)).rejects.toThrow(UserError)
      expect(await readdir(folder)).toEqual(['source'])
    },
  )

  test('a link does not lead out', async () => {
    await mkdir(root)
    await mkdir(join(folder, 'outside'))
    await symlink(join(folder, 'outside'), join(root, 'inside'))
    await expect(store.write('inside/x', content())).rejects.toThrow(/leads out/)
    await expect(store.write('inside/deep/x', content())).rejects.toThrow(/leads out/)
    expect(await readdir(join(folder, 'outside'))).toEqual([])
    await symlink(source, join(root, 'link'))
    await expect(store.digestOf('link')).rejects.toThrow(/not a file/)
  })

  test('a store that cannot be written is a UserError', async () => {
    await writeFile(join(folder, 'occupied'), '')
    await expect(openStore(`file:${folder}/occupied`, testStep()).write('x', content())).rejects.toThrow(UserError)
  })

  test('of two that write one name at the same time, neither replaces the other', async () => {
    const others = ['one', 'two', 'six', 'ten'].map(
      (text): Content => ({
        from: text,
        sha256: sha256(text),
        size: 3,
        open: () => Readable.from([Buffer.from(text)]),
      }),
    )
    const outcomes = await Promise.allSettled(others.map((other) => store.write('race', other)))
    const winners = others.filter((_, index) => outcomes[index]?.status === 'fulfilled')
    expect(winners).toHaveLength(1)
    expect(sha256(await readFile(join(root, 'race'), 'utf8'))).toBe(winners[0]?.sha256)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason.message).toMatch(/other bytes/)
    }
    expect(await readdir(root)).toEqual(['race'])
  })

  test('what is stored is listed by name and prefix, with its size; what is unfinished is not', async () => {
    await store.write('v1/b', content())
    await store.write('v1/a/x', content())
    await store.write('v10/c', content())
    await writeFile(join(root, 'v1/half.tmp'), 'x')
    expect(await store.list('v1/')).toEqual([
      { name: 'v1/a/x', size: 5 },
      { name: 'v1/b', size: 5 },
    ])
    expect((await store.list('')).map(({ name }) => name)).toEqual(['v1/a/x', 'v1/b', 'v10/c'])
    expect(await openStore(`file:${folder}/nowhere`, testStep()).list('')).toEqual([])
  })

  test('a document is replaced only over the version that was read', async () => {
    expect(await store.readDocument('stable.txt')).toBeUndefined()
    expect(await store.replaceDocument('stable.txt', 'v1', undefined)).toBe(true)
    const first = await store.readDocument('stable.txt')
    expect(first?.text).toBe('v1')
    expect(await store.replaceDocument('stable.txt', 'v2', undefined)).toBe(false)
    expect(await store.replaceDocument('stable.txt', 'v2', first)).toBe(true)
    expect(await store.replaceDocument('stable.txt', 'v3', first)).toBe(false)
    expect(await readFile(join(root, 'stable.txt'), 'utf8')).toBe('v2')
    expect(await readdir(root)).toEqual(['stable.txt'])
  })

  test('the lock of a process that was killed does not hold for ever', async () => {
    const lock = join(root, 'stable.txt.lock.tmp')
    await mkdir(lock, { recursive: true })
    await utimes(lock, 0, 0)
    expect(await store.replaceDocument('stable.txt', 'v1', undefined)).toBe(true)
    expect(await readdir(root)).toEqual(['stable.txt'])
  })

  test('what is read is what was written, and what is not there is said', async () => {
    await store.write('hello', content())
    expect(Buffer.concat(await Array.fromAsync(store.read('hello'))).toString()).toBe('hello')
    await expect(Array.fromAsync(store.read('other'))).rejects.toThrow(/there is no 'other'/)
  })
})

test.each(['', 'file:', 'registry.example.com/x', 'oci:x', 'toString:x', 'C'])("'%s' is no store", (address) => {
  expect(() => openStore(address, testStep())).toThrow(/is not where files can lie/)
})

test.each([
  's3:bucket',
  's3://',
  's3:///x',
  'gs://UPPER/x',
  's3://a b',
  'gs://bucket/../x',
  'gs://bucket//x',
  's3://bucket/a?b\u0007',
])("'%s' names no bucket", (address) => {
  expect(() => openStore(address, testStep())).toThrow(/does not name a bucket|is not a name in a store/)
})

test.each(['s3://bucket', 'gs://my.bucket_1/a/b/', 's3://bucket/'])("'%s' is opened without a request", (address) => {
  expect(openStore(address, testStep()).address).toBe(address)
})
