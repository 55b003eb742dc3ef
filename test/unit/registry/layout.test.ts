import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  type Descriptor,
  digestOfBytes,
  emptyDescriptor,
  type ImageIndex,
  type ImageManifest,
  mediaTypes,
  parseTag,
} from '../../../src/oci/index.ts'
import { openLayout, sigstoreReferrer } from '../../../src/registry/index.ts'
import { UserError } from '../../../src/runner/index.ts'

let root: string
beforeEach(async () => {
  root = join(await mkdtemp(join(tmpdir(), 'layout-')), 'images')
})
afterEach(() => rm(join(root, '..'), { recursive: true, force: true }))

const bytesOf = (value: object): Buffer => Buffer.from(JSON.stringify(value))
const descriptorOf = (bytes: Uint8Array, mediaType = 'text/plain'): Descriptor => ({
  mediaType,
  digest: digestOfBytes(bytes),
  size: bytes.length,
})
const manifestOf = (text: string, more: Partial<ImageManifest> = {}): Buffer =>
  bytesOf({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: emptyDescriptor,
    layers: [descriptorOf(Buffer.from(text))],
    ...more,
  })
const v1 = parseTag('v1')
const v2 = parseTag('v2')
const blobPath = (digest: string): string => join(root, 'blobs', 'sha256', digest.slice(7))
const indexText = (): Promise<string> => readFile(join(root, 'index.json'), 'utf8')

async function writeIndex(change: (index: { manifests: Record<string, unknown>[] }) => void): Promise<void> {
  const index = JSON.parse(await indexText())
  change(index)
  await writeFile(join(root, 'index.json'), JSON.stringify(index))
}

describe('a new layout', () => {
  test('is empty, and reading it makes nothing', async () => {
    const repository = openLayout(root, 'hello')
    expect(await repository.readManifest(v1)).toBeUndefined()
    expect(await repository.headManifest(digestOfBytes('none'))).toBeUndefined()
    expect(await repository.listTags()).toEqual([])
    expect(await repository.listReferrers(digestOfBytes('none'))).toEqual([])
    expect(await repository.hasBlob(digestOfBytes('none'))).toBe(false)
    await expect(stat(root)).rejects.toThrow('ENOENT')
  })

  test('holds the files that the specification asks for after the first write', async () => {
    const manifest = manifestOf('one')
    await openLayout(root, 'hello').writeManifest(manifest, mediaTypes.manifest, v1)
    expect(JSON.parse(await readFile(join(root, 'oci-layout'), 'utf8'))).toEqual({ imageLayoutVersion: '1.0.0' })
    expect(JSON.parse(await indexText())).toEqual({
      schemaVersion: 2,
      mediaType: mediaTypes.index,
      manifests: [
        {
          ...descriptorOf(manifest, mediaTypes.manifest),
          annotations: { 'org.opencontainers.image.ref.name': 'hello:v1' },
        },
      ],
    })
    expect(await readdir(root)).toEqual(['blobs', 'index.json', 'oci-layout'])
  })

  test('is not made in a folder that holds something else', async () => {
    await mkdir(root, { recursive: true })
    await writeFile(join(root, 'notes.txt'), 'mine')
    const write = openLayout(root, 'hello').writeManifest(manifestOf('one'), mediaTypes.manifest, v1)
    await expect(write).rejects.toThrow(/is not an OCI image layout: it has files/)
    expect(await readdir(root)).toEqual(['notes.txt'])
  })

  test('cannot be made below a file', async () => {
    await writeFile(root, 'a file')
    const write = openLayout(root, 'hello').writeManifest(manifestOf('one'), mediaTypes.manifest, v1)
    await expect(write).rejects.toThrow(/Cannot write the image layout/)
  })
})

describe('manifests', () => {
  test('are read by tag and by digest', async () => {
    const repository = openLayout(root, 'hello')
    const manifest = manifestOf('one')
    const written = await repository.writeManifest(manifest, mediaTypes.manifest, v1)
    expect(written).toEqual(descriptorOf(manifest, mediaTypes.manifest))
    for (const reference of [v1, written.digest]) {
      expect(await repository.headManifest(reference)).toEqual(written)
      expect(await repository.readManifest(reference)).toEqual({ descriptor: written, bytes: manifest })
    }
  })

  test('without a tag lie in the layout, but not in index.json', async () => {
    const repository = openLayout(root, 'hello')
    const written = await repository.writeManifest(manifestOf('one'), mediaTypes.manifest)
    expect(await repository.headManifest(written.digest)).toEqual(written)
    expect(JSON.parse(await indexText()).manifests).toEqual([])
  })

  test('take over a tag from another, and a tag belongs to one name', async () => {
    const hello = openLayout(root, 'hello')
    const other = openLayout(root, 'hello/sidecar')
    await hello.writeManifest(manifestOf('one'), mediaTypes.manifest, v1)
    const second = await hello.writeManifest(manifestOf('two'), mediaTypes.manifest, v1)
    await hello.writeManifest(manifestOf('two'), mediaTypes.manifest, v2)
    expect(await hello.headManifest(v1)).toEqual(second)
    expect(await hello.listTags()).toEqual(['v1', 'v2'])
    expect(await other.headManifest(v1)).toBeUndefined()
    expect(await other.listTags()).toEqual([])
  })

  test('keep the media type of Docker, and tell an absent one from the shape', async () => {
    const repository = openLayout(root, 'hello')
    const docker = manifestOf('one', { mediaType: mediaTypes.dockerManifest })
    expect(await repository.writeManifest(docker, mediaTypes.dockerManifest, v1)).toMatchObject({
      mediaType: mediaTypes.dockerManifest,
    })
    const index = bytesOf({ schemaVersion: 2, manifests: [] })
    await repository.writeManifest(index, mediaTypes.index, v2)
    expect((await repository.headManifest(v2))?.mediaType).toBe(mediaTypes.index)
  })

  test.each([
    ['not JSON', Buffer.from('{'), mediaTypes.manifest, /is not JSON/],
    ['another schema', bytesOf({ schemaVersion: 1 }), mediaTypes.manifest, /schemaVersion is not 2/],
    [
      'no layers',
      bytesOf({ schemaVersion: 2, config: emptyDescriptor }),
      mediaTypes.manifest,
      /no 'config' and 'layers'/,
    ],
    ['another media type', manifestOf('one'), mediaTypes.dockerManifest, /is not of the media type/],
    [
      'the type of an index',
      manifestOf('one', { mediaType: mediaTypes.index }),
      mediaTypes.index,
      /shape of an? manifest/,
    ],
    [
      'both shapes',
      bytesOf({ schemaVersion: 2, manifests: [], layers: [], config: emptyDescriptor }),
      mediaTypes.index,
      /ambiguous/,
    ],
    [
      'a digest that leads elsewhere',
      bytesOf({ schemaVersion: 2, manifests: [{ mediaType: 'x', digest: 'sha256:../../x', size: 1 }] }),
      mediaTypes.index,
      /is not a SHA-256 digest/,
    ],
    ['more than 4 MiB', manifestOf('x', { annotations: { a: 'x'.repeat(4 << 20) } }), mediaTypes.manifest, /too large/],
  ])('with %s are refused, and nothing is written', async (_, bytes, mediaType, message) => {
    const write = openLayout(root, 'hello').writeManifest(bytes, mediaType, v1)
    await expect(write).rejects.toThrow(UserError)
    await expect(write).rejects.toThrow(message)
    await expect(stat(root)).rejects.toThrow('ENOENT')
  })

  test('written twice leave every file as it was', async () => {
    const repository = openLayout(root, 'hello')
    const write = async () => {
      const { digest } = await repository.writeManifest(manifestOf('one'), mediaTypes.manifest, v1)
      return [await stat(blobPath(digest)), await stat(join(root, 'index.json'))].map(({ ino, mtimeMs }) => [
        ino,
        mtimeMs,
      ])
    }
    expect(await write()).toEqual(await write())
  })
})

describe('blobs', () => {
  const content = Buffer.from('some bytes')
  const blob = descriptorOf(content)

  test('round trip, and are shared by all names', async () => {
    await openLayout(root, 'one').writeBlob(blob, () => Readable.from([content]))
    const other = openLayout(root, 'two')
    expect(await other.hasBlob(blob.digest)).toBe(true)
    expect(await other.mountBlob(blob.digest, openLayout(root, 'one'))).toBe(true)
    expect(await buffer(await other.readBlob(blob))).toEqual(content)
  })

  test('of unknown digest are added under the one they turn out to have', async () => {
    const repository = openLayout(root, 'one')
    expect(await repository.addBlob(Readable.from([content.subarray(0, 3), content.subarray(3)]))).toEqual({
      digest: blob.digest,
      size: content.length,
    })
    expect(await readFile(blobPath(blob.digest))).toEqual(content)
  })

  test.each([
    ['other bytes', Buffer.from('SOME bytes')],
    ['fewer bytes', content.subarray(1)],
    ['no bytes', Buffer.alloc(0)],
  ])('with %s than their descriptor says are not stored', async (_, wrong) => {
    const repository = openLayout(root, 'one')
    await expect(repository.writeBlob(blob, () => Readable.from([wrong]))).rejects.toThrow(/Digest mismatch/)
    expect(await repository.hasBlob(blob.digest)).toBe(false)
    expect(await readdir(join(root, 'blobs', 'sha256'))).toEqual([])
    expect((await readdir(root)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('whose source breaks leave nothing behind', async () => {
    const broken = () =>
      new Readable({
        read() {
          this.destroy(new Error('connection lost'))
        },
      })
    await expect(openLayout(root, 'one').writeBlob(blob, broken)).rejects.toThrow('connection lost')
    expect(await readdir(root)).toEqual(['blobs', 'index.json', 'oci-layout'])
  })

  test('that are missing cannot be read', async () => {
    await expect(openLayout(root, 'one').readBlob(blob)).rejects.toThrow(/Blob not found in the layout/)
  })

  test('of a wrong size in the descriptor fail at their end', async () => {
    const repository = openLayout(root, 'one')
    await repository.addBlob(Readable.from([content]))
    await expect(buffer(await repository.readBlob({ ...blob, size: 3 }))).rejects.toThrow(/Digest mismatch/)
  })

  test.each([
    ['changed', () => writeFile(blobPath(blob.digest), 'SOME bytes')],
    ['cut off', () => truncate(blobPath(blob.digest), 4)],
  ])('%s behind our back count as missing, fail to be read, and are healed by the next write', async (_, tamper) => {
    const repository = openLayout(root, 'one')
    await repository.writeBlob(blob, () => Readable.from([content]))
    await tamper()
    expect(await repository.hasBlob(blob.digest)).toBe(false)
    await expect(buffer(await repository.readBlob(blob))).rejects.toThrow(/Digest mismatch/)
    await repository.writeBlob(blob, () => Readable.from([content]))
    expect(await buffer(await repository.readBlob(blob))).toEqual(content)
  })
})

describe('referrers', () => {
  const subjectBytes = manifestOf('subject')
  const subject = descriptorOf(subjectBytes, mediaTypes.manifest)
  const referrer = (text: string) =>
    sigstoreReferrer(subject, descriptorOf(Buffer.from(text)), 'https://slsa.dev/provenance/v1', '2026-01-02T03:04:05Z')

  test('are found by their subject, with type and annotations', async () => {
    const repository = openLayout(root, 'hello')
    await repository.writeManifest(subjectBytes, mediaTypes.manifest, v1)
    const { manifest, mediaType } = referrer('bundle')
    const written = await repository.writeReferrer(manifest, mediaType)
    expect(written).toEqual({
      ...descriptorOf(manifest, mediaTypes.manifest),
      artifactType: mediaTypes.sigstoreBundle,
      annotations: {
        'dev.sigstore.bundle.content': 'dsse-envelope',
        'dev.sigstore.bundle.predicateType': 'https://slsa.dev/provenance/v1',
        'org.opencontainers.image.created': '2026-01-02T03:04:05Z',
      },
    })
    expect(await openLayout(root, 'other name').listReferrers(subject.digest)).toEqual([written])
    expect(await repository.listReferrers(written.digest)).toEqual([])
    expect(await repository.listTags()).toEqual(['v1'])
  })

  test('without an artifactType have that of their config', async () => {
    const repository = openLayout(root, 'hello')
    const written = await repository.writeReferrer(manifestOf('text', { subject }), mediaTypes.manifest)
    expect(written.artifactType).toBe(mediaTypes.empty)
    expect(written).not.toHaveProperty('annotations')
  })

  test('may be indexes', async () => {
    const repository = openLayout(root, 'hello')
    const index: ImageIndex = {
      schemaVersion: 2,
      mediaType: mediaTypes.index,
      artifactType: 'a/b',
      manifests: [],
      subject,
    }
    const written = await repository.writeReferrer(bytesOf(index), mediaTypes.index)
    expect(await repository.listReferrers(subject.digest)).toEqual([written])
  })

  test('cannot make themselves a tag by an annotation', async () => {
    const repository = openLayout(root, 'hello')
    const annotations = { 'org.opencontainers.image.ref.name': 'hello:v1', kept: 'yes' }
    const written = await repository.writeReferrer(manifestOf('evil', { subject, annotations }), mediaTypes.manifest)
    expect(written.annotations).toEqual({ kept: 'yes' })
    expect(await repository.listTags()).toEqual([])
    expect(await repository.listReferrers(subject.digest)).toEqual([written])
  })

  test('need a subject', async () => {
    await expect(openLayout(root, 'hello').writeReferrer(manifestOf('x'), mediaTypes.manifest)).rejects.toThrow(
      /refers to nothing/,
    )
  })

  test('written at the same time are all there, in an order that depends on nothing', async () => {
    const names = Array.from({ length: 20 }, (_, number) => `bundle ${number}`)
    const write = async (order: string[]): Promise<string> => {
      await rm(root, { recursive: true, force: true })
      const tags = order.map((name) =>
        openLayout(root, 'hello').writeManifest(
          manifestOf(name),
          mediaTypes.manifest,
          parseTag(name.replace(' ', '-')),
        ),
      )
      const referrers = order.map((name) =>
        openLayout(root, 'hello').writeReferrer(referrer(name).manifest, mediaTypes.manifest),
      )
      await Promise.all([...tags, ...referrers])
      return indexText()
    }
    const first = await write(names)
    expect(JSON.parse(first).manifests).toHaveLength(40)
    expect(await openLayout(root, 'hello').listReferrers(subject.digest)).toHaveLength(20)
    expect(await write([...names].reverse())).toBe(first)
  })

  test('written twice are one', async () => {
    const repository = openLayout(root, 'hello')
    const { manifest, mediaType } = referrer('bundle')
    await repository.writeReferrer(manifest, mediaType)
    const before = await stat(join(root, 'index.json'))
    await repository.writeReferrer(manifest, mediaType)
    expect((await stat(join(root, 'index.json'))).mtimeMs).toBe(before.mtimeMs)
  })
})

describe('a tampered layout', () => {
  const manifest = manifestOf('one')
  const digest = digestOfBytes(manifest)
  beforeEach(() => openLayout(root, 'hello').writeManifest(manifest, mediaTypes.manifest, v1))

  const other = (): Promise<Descriptor> =>
    openLayout(root, 'hello').writeManifest(manifestOf('two'), mediaTypes.manifest)

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['a changed manifest', () => writeFile(blobPath(digest), manifestOf('evil')), /Digest mismatch/],
    ['a cut manifest', () => truncate(blobPath(digest), 9), /Digest mismatch/],
    ['a missing manifest', () => rm(blobPath(digest)), /is not whole/],
    [
      'a wrong size',
      () => writeIndex((index) => Object.assign(index.manifests[0] ?? {}, { size: 5 })),
      /misstates size/,
    ],
    [
      'a wrong media type',
      () => writeIndex((index) => Object.assign(index.manifests[0] ?? {}, { mediaType: mediaTypes.index })),
      /misstates size or media type/,
    ],
    [
      'a tag that is there twice',
      async () => {
        const second = await other()
        await writeIndex((index) => index.manifests.push({ ...index.manifests[0], ...second }))
      },
      /more than once/,
    ],
    ['an index.json that is not JSON', () => writeFile(join(root, 'index.json'), '{'), /is not JSON/],
    [
      'an index.json without manifests',
      () => writeFile(join(root, 'index.json'), '{"schemaVersion":2}'),
      /not an image index/,
    ],
    [
      'another layout version',
      () => writeFile(join(root, 'oci-layout'), '{"imageLayoutVersion":"2.0.0"}'),
      /version 1.0.0/,
    ],
    ['an oci-layout that is not JSON', () => writeFile(join(root, 'oci-layout'), ''), /version 1.0.0/],
  ])('with %s is refused', async (_, tamper, message) => {
    await tamper()
    const read = openLayout(root, 'hello').readManifest(v1)
    await expect(read).rejects.toThrow(UserError)
    await expect(read).rejects.toThrow(message)
  })

  test('with a missing referrer is refused, not passed over', async () => {
    const repository = openLayout(root, 'hello')
    const entry = { mediaType: mediaTypes.manifest, digest: digestOfBytes('gone'), size: 4 }
    await writeIndex((index) => index.manifests.push(entry))
    await expect(repository.listReferrers(digest)).rejects.toThrow(/is not whole/)
  })

  test('with a hole in index.json is healed by the next write', async () => {
    await rm(join(root, 'index.json'))
    await openLayout(root, 'hello').writeManifest(manifest, mediaTypes.manifest, v1)
    expect(await openLayout(root, 'hello').listTags()).toEqual(['v1'])
  })

  // Whatever is in index.json, reading it gives the true manifest, nothing, or one clear error; never other bytes or a crash.
  test('never gives bytes that do not match, whatever index.json holds', async () => {
    const original = Buffer.from(await indexText())
    let seed = 20261122
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return seed % below
    }
    const outcomes = { read: 0, absent: 0, refused: 0 }
    for (let round = 0; round < 400; round++) {
      const mutated = Buffer.from(original)
      for (let flips = 1 + random(3); flips > 0; flips--) mutated[random(mutated.length)] = 32 + random(95)
      await writeFile(
        join(root, 'index.json'),
        random(10) === 0 ? mutated.subarray(0, random(mutated.length)) : mutated,
      )
      try {
        const found = await openLayout(root, 'hello').readManifest(v1)
        if (found) expect(digestOfBytes(found.bytes)).toBe(digest)
        outcomes[found ? 'read' : 'absent']++
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        outcomes.refused++
      }
    }
    expect(outcomes.read).toBeGreaterThan(10)
    expect(outcomes.absent).toBeGreaterThan(10)
    expect(outcomes.refused).toBeGreaterThan(100)
  })
})

test('entries that others wrote are kept as they are', async () => {
  const manifest = manifestOf('theirs')
  await openLayout(root, 'hello').writeManifest(manifest, mediaTypes.manifest)
  const theirs = {
    ...descriptorOf(manifest, mediaTypes.manifest),
    platform: { os: 'linux', architecture: 'amd64' },
    annotations: { 'io.containerd.image.name': 'x/y:z', 'org.opencontainers.image.ref.name': 'latest' },
  }
  await writeIndex((index) => index.manifests.push(theirs))
  await openLayout(root, 'hello').writeManifest(manifestOf('ours'), mediaTypes.manifest, v1)
  expect(JSON.parse(await indexText()).manifests).toContainEqual(theirs)
})
