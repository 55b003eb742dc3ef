import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Descriptor, type ImageLocation, mediaTypes, parseTag } from '../../../src/oci/index.ts'
import { formatPlace, observeRepositories, type Place, planImages } from '../../../src/promote/images/index.ts'
import { noJournal } from '../../../src/promote/journal.ts'
import { openRepositories } from '../../../src/promote/repositories.ts'
import { openLayout } from '../../../src/registry/index.ts'
import { testStep } from '../../step.ts'
import { writeImage } from './fixture.ts'

const [v1, v2] = [parseTag('v1'), parseTag('v2')]
let folder: string
let first: Descriptor
let second: Descriptor

const at = (name: string): Place => {
  const location: ImageLocation = { kind: 'layout', path: join(folder, name) }
  return { location, name: 'hello' }
}
const open = (name: string) => openLayout(join(folder, name), 'hello')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'observe-'))
  first = (await writeImage(open('source'), 'first', 'v1')).index
  second = (await writeImage(open('source'), 'second', 'v2')).index
  for (const name of ['whole', 'alike']) {
    await writeImage(open(name), 'first', 'v1')
    await writeImage(open(name), 'second', 'v2')
  }
  // As many tags as the others, but one that is not wanted instead of v2.
  await writeImage(open('lacking'), 'first', 'v1')
  await writeImage(open('lacking'), 'second', 'v3')
  // The same tags, but one holds something else.
  await writeImage(open('moved'), 'first', 'v1')
  const other = await writeImage(open('moved'), 'second', undefined)
  const [platform] = other.platforms
  const stored = platform && (await open('moved').readManifest(platform.digest))
  if (!stored) throw new Error('the image has platforms')
  await open('moved').writeManifest(stored.bytes, mediaTypes.manifest, v2)
})
afterAll(() => rm(folder, { recursive: true }))

test('destinations that are alike share what was found of them, and those that differ do not', async () => {
  const destinations = ['whole', 'lacking', 'alike', 'moved'].map(at)
  const images = [
    { digest: first.digest, tags: [v1] },
    { digest: second.digest, tags: [v2] },
  ]
  const wish = { project: 'hello', source: at('source'), destinations, images }
  const context = { repositories: openRepositories(testStep(), []), journal: noJournal, judged: false }
  const observed = await observeRepositories([wish], context, testStep())
  const [whole, lacking, alike, moved] = observed[0]?.destinations ?? []
  expect(alike?.listed).toBe(whole?.listed)
  expect(alike?.tags).toBe(whole?.tags)
  expect(lacking?.listed.size).toBe(whole?.listed.size)
  expect(lacking?.tags.has(v2)).toBe(false)
  expect(moved?.listed).not.toBe(whole?.listed)
  expect(moved?.tags.get(v2)).not.toBe(second.digest)

  const { conflicts } = planImages([wish], observed, new Map())
  expect(conflicts).toMatchObject([{ kind: 'tag moved', destination: formatPlace(at('moved')) }])
  const withoutMoved = { ...wish, destinations: destinations.slice(0, 3) }
  const plan = planImages([withoutMoved], await observeRepositories([withoutMoved], context, testStep()), new Map())
  expect(plan.images).toMatchObject([
    { digest: second.digest, transfers: [{ destinations: [formatPlace(at('lacking'))], tags: [v2] }] },
  ])
})
