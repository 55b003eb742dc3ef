import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openJournal } from '../../../src/promote/journal.ts'
import { digestOf, placeAt, tagsOf } from './observed.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'))
})
afterEach(() => rm(folder, { recursive: true }))

const image = { digest: digestOf('app'), tags: tagsOf('v1', 'v2') }
const [source, destination] = [placeAt('stage.io'), placeAt('a.io')]

test('remembers what is done from one run to the next, and nothing else', async () => {
  const path = join(folder, 'deep', 'journal')
  const first = await openJournal(path)
  expect(first.isDone(source, image, destination)).toBe(false)
  await first.note(source, image, destination)
  await first.note(source, image, destination)
  const second = await openJournal(path)
  expect(second.isDone(source, { ...image, tags: tagsOf('v2', 'v1') }, destination)).toBe(true)
  expect(second.isDone(source, { ...image, tags: tagsOf('v1') }, destination)).toBe(false)
  expect(second.isDone(source, image, placeAt('b.io'))).toBe(false)
  expect((await readFile(path, 'utf8')).trimEnd().split('\n')).toHaveLength(1)
})

test('a line that was torn by a kill, or is no entry, counts for nothing and harms no other', async () => {
  const path = join(folder, 'journal')
  await writeFile(path, '{"source":"stage.io/app","digest":"sha256:tor')
  await (await openJournal(path)).note(source, image, destination)
  expect((await openJournal(path)).isDone(source, image, destination)).toBe(true)
  await writeFile(path, 'null\n[]\n{"source":1}\n')
  expect((await openJournal(path)).isDone(source, image, destination)).toBe(false)
})
