import { describe, expect, test } from '@jest/globals'
import { digestOfBytes, hexOf, mediaTypes, parseTag, type Tag } from '../../../src/oci/index.ts'
import { sigstoreReferrer } from '../../../src/registry/index.ts'
import { blobOf, fallbackTag, manifestOf, open, referrerOf, setup, subject } from './repository.ts'

describe.each([{ referrers: true, page: 2 }, { referrers: true, subjectHeader: false }, { referrers: false }])(
  'referrers (%p)',
  (options) => {
    test('ten written at once are ten, with artifact type and annotations', async () => {
      const { repository } = await setup(options)
      const manifests = Array.from({ length: 10 }, (_, index) => referrerOf(String(index)))
      const written = await Promise.all(manifests.map((bytes) => repository.writeReferrer(bytes, mediaTypes.manifest)))
      const listed = await repository.listReferrers(subject.digest)
      expect(listed.map(({ digest }) => digest).sort()).toEqual(written.map(({ digest }) => digest).sort())
      for (const descriptor of listed) {
        expect(descriptor.artifactType).toBe(mediaTypes.sigstoreBundle)
        expect(descriptor.annotations?.['dev.sigstore.bundle.predicateType']).toBe('https://example.com/predicate')
      }
    })

    test('writing one again changes nothing', async () => {
      const { repository, registry } = await setup(options)
      await repository.writeReferrer(referrerOf('a'), mediaTypes.manifest)
      const { tags } = registry.repository('project/hello')
      const before = [...tags]
      await repository.writeReferrer(referrerOf('a'), mediaTypes.manifest)
      expect([...tags]).toEqual(before)
      expect(await repository.listReferrers(subject.digest)).toHaveLength(1)
    })

    test('a manifest without a subject is none', async () => {
      const { repository } = await setup(options)
      await expect(repository.writeReferrer(manifestOf('a'), mediaTypes.manifest)).rejects.toThrow(/refers to nothing/)
    })
  },
)

test('a registry that has the API, but answers 404 for what it does not know yet, is not taken for one without', async () => {
  const { repository, registry } = await setup({ referrers: true })
  let asked = 0
  registry.intercept = (request, response) => {
    if (!request.url?.includes('/referrers/') || asked++ > 0) return false
    response.writeHead(404).end('{"errors":[{"code":"NAME_UNKNOWN"}]}')
    return true
  }
  expect(await repository.listReferrers(subject.digest)).toEqual([])
  await repository.writeReferrer(referrerOf('a'), mediaTypes.manifest)
  expect(await repository.listReferrers(subject.digest)).toHaveLength(1)
  expect(registry.repository('project/hello').tags.size).toBe(0)
})

describe('the fallback tag', () => {
  test('does not depend on the order of writing', async () => {
    const tags = await Promise.all(
      [
        ['a', 'b', 'c'],
        ['c', 'a', 'b'],
      ].map(async (order) => {
        const { repository, registry } = await setup()
        for (const text of order) await repository.writeReferrer(referrerOf(text), mediaTypes.manifest)
        return registry.repository('project/hello').tags.get(fallbackTag)
      }),
    )
    expect(tags[0]).toBeDefined()
    expect(tags[0]).toBe(tags[1])
  })

  test('damaged by an image manifest, it is healed and the damage is told', async () => {
    const { repository, step } = await setup()
    await repository.writeManifest(manifestOf('an image'), mediaTypes.manifest, parseTag(fallbackTag))
    expect(await repository.listReferrers(subject.digest)).toEqual([])
    const { digest } = await repository.writeReferrer(referrerOf('a'), mediaTypes.manifest)
    expect((await repository.listReferrers(subject.digest)).map((found) => found.digest)).toEqual([digest])
    expect(step.messages.some(({ kind, message }) => kind === 'warning' && message.includes('damaged'))).toBe(true)
  })

  test('holding a referrer itself, it keeps that one', async () => {
    const { repository } = await setup()
    await repository.writeManifest(referrerOf('a'), mediaTypes.manifest, parseTag(fallbackTag))
    await repository.writeReferrer(referrerOf('b'), mediaTypes.manifest)
    expect(await repository.listReferrers(subject.digest)).toHaveLength(2)
  })

  test('replaced by another writer in between, it is repaired', async () => {
    const { repository, registry } = await setup()
    let replaced = false
    const other = referrerOf('other')
    const index = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: mediaTypes.index,
        manifests: [{ mediaType: mediaTypes.manifest, digest: digestOfBytes(other), size: other.length }],
      }),
    )
    registry.intercept = (request) => {
      const isReadBack = request.method === 'GET' && registry.repository('project/hello').tags.has(fallbackTag)
      if (!isReadBack || replaced) return false
      replaced = true
      registry.repository('project/hello').manifests.set(digestOfBytes(index), { bytes: index, type: mediaTypes.index })
      registry.repository('project/hello').tags.set(fallbackTag, digestOfBytes(index))
      return false
    }
    await repository.writeReferrer(referrerOf('mine'), mediaTypes.manifest)
    expect(replaced).toBe(true)
    expect(await repository.listReferrers(subject.digest)).toHaveLength(2)
  })
})

describe('requests', () => {
  const subjects = Array.from({ length: 6 }, (_, index) => digestOfBytes(`subject ${index}`))
  const nothing = { tags: new Set<Tag>() }
  const manifest = (digest: (typeof subjects)[number], text: string) => ({
    bytes: Buffer.from(
      sigstoreReferrer({ ...subject, digest }, blobOf(text).descriptor, 'https://example.com/predicate', '2026-01-02')
        .manifest,
    ),
    mediaType: mediaTypes.manifest,
  })

  test('to a registry without the API: one finds that out, none where the listing has no fallback tag', async () => {
    const { repository, registry, step } = await setup()
    const lists = await Promise.all(subjects.map((digest) => repository.listReferrers(digest, nothing)))
    expect(lists.flat()).toEqual([])
    await open(registry, 'another', step).listReferrers(subject.digest, nothing)
    expect(registry.log).toEqual([`GET /v2/project/hello/referrers/${subjects[0]}`])
    registry.log.splice(0)
    const known = { tags: new Set([parseTag(fallbackTag)]) }
    await repository.listReferrers(subject.digest, known)
    expect(registry.log).toEqual([`GET /v2/project/hello/manifests/${fallbackTag}`])
  })

  test('to write three of one subject and one of each other: a write and a read-back of each tag', async () => {
    const { repository, registry } = await setup()
    const manifests = ['a', 'b', 'c'].map((text) => manifest(subjects[0] ?? subject.digest, text))
    const others = subjects.slice(1).map((digest) => manifest(digest, 'd'))
    await repository.listReferrers(subject.digest, nothing)
    registry.log.splice(0)
    const written = await repository.writeReferrers([...manifests, ...others], nothing)
    expect(registry.log).toHaveLength(8 + 6 + 6)
    for (const digest of subjects) {
      const tag = `manifests/sha256-${hexOf(digest)}`
      expect(registry.log.filter((line) => line.endsWith(tag)).map((line) => line.split(' ')[0])).toEqual([
        'PUT',
        'GET',
      ])
    }
    expect(written.map(({ digest }) => digest)).toEqual(
      [...manifests, ...others].map(({ bytes }) => digestOfBytes(bytes)),
    )
  })

  test('to write ten to a registry with the API that does not say so: one finds that out', async () => {
    const { repository, registry } = await setup({ referrers: true, subjectHeader: false })
    for (let index = 0; index < 10; index++) await repository.writeReferrer(referrerOf(`${index}`), mediaTypes.manifest)
    expect(registry.log.filter((line) => line.startsWith('PUT'))).toHaveLength(10)
    expect(registry.log.filter((line) => line.startsWith('GET'))).toHaveLength(1)
  })

  test('to make one findable that is there, but in no fallback tag: it is not written again', async () => {
    const { repository, registry } = await setup()
    await repository.writeReferrer(referrerOf('a'), mediaTypes.manifest)
    const { digest } = await repository.writeManifest(referrerOf('b'), mediaTypes.manifest)
    registry.log.splice(0)
    const known = { tags: new Set([parseTag(fallbackTag)]), manifests: new Set([digest]) }
    await repository.writeReferrers([{ bytes: referrerOf('b'), mediaType: mediaTypes.manifest }], known)
    expect(registry.log.map((line) => line.replace(/^(\S+) .*\/(\S+)$/, '$1 $2'))).toEqual([
      `GET ${fallbackTag}`,
      `PUT ${fallbackTag}`,
      `GET ${fallbackTag}`,
    ])
    expect(await repository.listReferrers(subject.digest)).toHaveLength(2)
  })
})
