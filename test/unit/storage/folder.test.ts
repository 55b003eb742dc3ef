import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { UserError } from '../../../src/runner/index.ts'
import { openStore, type Store } from '../../../src/storage/index.ts'

let folder: string
let root: string
let source: string
let store: Store
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'))
  root = join(folder, 'published')
  source = join(folder, 'source')
  await writeFile(source, 'hello')
  store = openStore(`file:${root}`)
})
afterEach(() => rm(folder, { recursive: true }))

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

describe('file:', () => {
  test('a file is copied, proven and found; nothing else is left', async () => {
    expect(await store.digestOf('v1/hello')).toBeUndefined()
    await store.write('v1/hello', source, sha256('hello'))
    expect(await readFile(join(root, 'v1/hello'), 'utf8')).toBe('hello')
    expect(await store.digestOf('v1/hello')).toBe(sha256('hello'))
    expect(await readdir(join(root, 'v1'))).toEqual(['hello'])
  })

  test('the same bytes again do nothing', async () => {
    await store.write('hello', source, sha256('hello'))
    const before = await stat(join(root, 'hello'))
    await store.write('hello', source, sha256('hello'))
    expect((await stat(join(root, 'hello'))).ino).toBe(before.ino)
  })

  test('other bytes are not overwritten', async () => {
    await mkdir(root)
    await writeFile(join(root, 'hello'), 'other')
    await expect(store.write('hello', source, sha256('hello'))).rejects.toThrow(/other bytes/)
    expect(await readFile(join(root, 'hello'), 'utf8')).toBe('other')
  })

  test('a source that differs from its digest leaves nothing', async () => {
    await expect(store.write('hello', source, sha256('hullo'))).rejects.toThrow(/Digest mismatch/)
    expect(await readdir(root)).toEqual([])
  })

  test.each(['', '.', '..', '../x', 'a/../../x', '/etc/x', 'a//b', 'a/', 'a\\..\\b', 'a\0b'])(
    "'%s' is no name",
    async (name) => {
      await expect(store.write(name, source, sha256('hello'))).rejects.toThrow(UserError)
      await expect(store.digestOf(name)).rejects.toThrow(UserError)
      expect(await readdir(folder)).toEqual(['source'])
    },
  )

  test('a link does not lead out', async () => {
    await mkdir(root)
    await mkdir(join(folder, 'outside'))
    await symlink(join(folder, 'outside'), join(root, 'inside'))
    await expect(store.write('inside/x', source, sha256('hello'))).rejects.toThrow(/leads out/)
    await expect(store.write('inside/deep/x', source, sha256('hello'))).rejects.toThrow(/leads out/)
    expect(await readdir(join(folder, 'outside'))).toEqual([])
    await symlink(source, join(root, 'link'))
    await expect(store.digestOf('link')).rejects.toThrow(/not a file/)
  })

  test('a store that cannot be written is a UserError', async () => {
    await writeFile(join(folder, 'occupied'), '')
    await expect(openStore(`file:${folder}/occupied`).write('x', source, sha256('hello'))).rejects.toThrow(UserError)
  })
})

test.each(['s3://bucket/x', 'gs://bucket'])('%s is not supported yet, and says so', (address) => {
  expect(() => openStore(address)).toThrow(/not supported yet/)
})

test.each(['', 'file:', 'registry.example.com/x', 'oci:x', 'toString:x', 'C'])("'%s' is no store", (address) => {
  expect(() => openStore(address)).toThrow(/is not where files can lie/)
})
