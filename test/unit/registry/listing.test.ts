import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
import { digestOfBytes, emptyDescriptor, hexOf, mediaTypes, parseTag } from '../../../src/oci/index.ts'
import { openLayout, openRepository } from '../../../src/registry/index.ts'
import { parseListing } from '../../../src/registry/listing.ts'
import { testStep } from '../../step.ts'
import { startFakeRegistry } from './fake-registry.ts'

const first = digestOfBytes('first')
const second = digestOfBytes('second')
const page = (content: unknown): Uint8Array => Buffer.from(JSON.stringify(content))
const read = (...pages: unknown[]) => parseListing(pages.map(page), 'HOST/NAME')
const [v1, v2] = [parseTag('v1'), parseTag('v2')]

describe('tags/list', () => {
  test('of any registry tells the tags, and nothing that it does not say', () => {
    expect(read({ name: 'x', tags: ['v1', 'v2'] }, { tags: ['1.10'] }).listing).toEqual({
      tags: new Set(['v1', 'v2', '1.10']),
    })
    expect(read({ tags: null }).listing).toEqual({ tags: new Set() })
    expect(read().listing).toEqual({ tags: new Set() })
  })

  test('of a Google registry tells what each tag holds, and the manifests without a tag', () => {
    const told = { tag: ['v1', 'v2'], mediaType: mediaTypes.index, imageSizeBytes: '7', timeUploadedMs: '1' }
    expect(read({ child: [], tags: ['v1', 'v2'], manifest: { [first]: told, [second]: { tag: [] } } }).listing).toEqual(
      {
        tags: new Set([v1, v2]),
        digests: new Map([
          [v1, first],
          [v2, first],
        ]),
        manifests: new Set([first, second]),
      },
    )
  })

  test('whose pages do not all have the extension is read as one without', () => {
    expect(read({ tags: ['v1'], manifest: { [first]: { tag: ['v1'] } } }, { tags: ['v2'] }).listing).toEqual({
      tags: new Set([v1, v2]),
    })
  })

  test('in which a tag was moved between two pages does not say what it holds', () => {
    const { listing } = read(
      { tags: ['v1', 'v2'], manifest: { [first]: { tag: ['v1', 'v2'] } } },
      { tags: ['v1'], manifest: { [second]: { tag: ['v1'] } } },
    )
    expect(listing.tags).toEqual(new Set([v1, v2]))
    expect(listing.digests).toEqual(new Map([[v2, first]]))
  })

  test('with what is no tag or no digest passes it over and names it', () => {
    const { listing, malformed } = read({
      tags: ['v1', 'bad tag!', 7, null],
      manifest: { [first]: { tag: ['v1', '-x'] }, 'sha256:short': { tag: ['v2'] }, [second]: null },
    })
    expect(listing).toEqual({
      tags: new Set([v1]),
      digests: new Map([[v1, first]]),
      manifests: new Set([first]),
    })
    expect(malformed).toEqual(['bad tag!', '-x'])
  })

  test.each([['text'], [7], [null], [{ tags: 'v1' }], [{}]])('that is %p is refused', (content) => {
    expect(() => read(content)).toThrow('HOST/NAME: the list of tags is malformed')
  })
})

const manifest = Buffer.from(
  JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.manifest, config: emptyDescriptor, layers: [] }),
)

test.each([{ google: true }, { google: false }])(
  'a repository is listed in one request, whatever is in it (%p)',
  async (options) => {
    const registry = await startFakeRegistry(options)
    try {
      const step = testStep({ http: createHttpClient({ signal: new AbortController().signal }) })
      const repository = openRepository({ kind: 'registry', host: registry.host, prefix: '' }, 'hello', step)
      const { digest } = await repository.writeManifest(manifest, mediaTypes.manifest, v1)
      registry.repository('hello').tags.set('bad tag!', digest)
      registry.log.splice(0)
      expect(await repository.list()).toEqual({
        tags: new Set([v1]),
        ...(options.google ? { digests: new Map([[v1, digest]]), manifests: new Set([digest]) } : {}),
      })
      expect(registry.log).toHaveLength(1)
      expect(step.messages).toEqual([{ kind: 'warning', message: expect.stringContaining('"bad tag!"') }])
    } finally {
      await registry.close()
    }
  },
)

describe('a layout', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'listing-'))
  })
  afterEach(() => rm(root, { recursive: true }))

  test('tells what each tag holds', async () => {
    const { digest } = await openLayout(root, 'hello').writeManifest(manifest, mediaTypes.manifest, v1)
    await openLayout(root, 'other').writeManifest(manifest, mediaTypes.manifest, v2)
    expect(await openLayout(root, 'hello').list()).toEqual({ tags: new Set([v1]), digests: new Map([[v1, digest]]) })
  })

  test('does not tell it of a tag whose manifest is damaged', async () => {
    const { digest } = await openLayout(root, 'hello').writeManifest(manifest, mediaTypes.manifest, v1)
    await writeFile(join(root, 'blobs', 'sha256', hexOf(digest)), 'tampered with')
    expect(await openLayout(root, 'hello').list()).toEqual({ tags: new Set([v1]), digests: new Map() })
  })
})
