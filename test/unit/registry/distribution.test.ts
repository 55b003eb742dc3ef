import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
import { type Descriptor, digestOfBytes, emptyDescriptor, hexOf, mediaTypes, parseTag } from '../../../src/oci/index.ts'
import { openRepository, type Repository, sigstoreReferrer } from '../../../src/registry/index.ts'
import { UserError } from '../../../src/runner/index.ts'
import { type TestStep, testStep } from '../../step.ts'
import { fastClock } from '../http/server.ts'
import { type FakeOptions, type FakeRegistry, startFakeRegistry } from './fake-registry.ts'

const registries: FakeRegistry[] = []
afterEach(async () => {
  for (const registry of registries.splice(0)) await registry.close()
})

interface Setup {
  readonly registry: FakeRegistry
  readonly repository: Repository
  readonly step: TestStep
}

async function setup(options: FakeOptions = {}, name = 'project/hello'): Promise<Setup> {
  const registry = await startFakeRegistry(options)
  registries.push(registry)
  const step = networkStep()
  return { registry, step, repository: open(registry, name, step) }
}

const networkStep = (): TestStep =>
  testStep({ http: createHttpClient({ signal: new AbortController().signal, clock: fastClock() }) })
const open = (registry: FakeRegistry, name: string, step: TestStep): Repository =>
  openRepository({ kind: 'registry', host: registry.host, prefix: '' }, name, step)

const v1 = parseTag('v1')
const blobOf = (text: string): { descriptor: Descriptor; open: () => Readable } => ({
  descriptor: { mediaType: 'text/plain', digest: digestOfBytes(text), size: Buffer.byteLength(text) },
  open: () => Readable.from([Buffer.from(text)]),
})
const manifestOf = (text: string, more: object = {}): Buffer =>
  Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: emptyDescriptor,
      layers: [blobOf(text).descriptor],
      ...more,
    }),
  )
const subject: Descriptor = { mediaType: mediaTypes.index, digest: digestOfBytes('index'), size: 5 }
const referrerOf = (text: string): Buffer =>
  Buffer.from(
    sigstoreReferrer(subject, blobOf(text).descriptor, 'https://example.com/predicate', '2026-01-02T03:04:05Z')
      .manifest,
  )
const fallbackTag = `sha256-${hexOf(subject.digest)}`

describe('manifests', () => {
  test('are written by tag and by digest, and read back proven', async () => {
    const { repository, registry } = await setup()
    const bytes = manifestOf('a')
    const descriptor = await repository.writeManifest(bytes, mediaTypes.manifest, v1)
    expect(descriptor).toEqual({ mediaType: mediaTypes.manifest, digest: digestOfBytes(bytes), size: bytes.length })
    expect(await repository.headManifest(v1)).toEqual(descriptor)
    expect(await repository.readManifest(descriptor.digest)).toEqual({ descriptor, bytes })
    expect(registry.log[0]).toBe('PUT /v2/project/hello/manifests/v1')
    expect(await repository.readManifest(parseTag('v2'))).toBeUndefined()
    expect(await repository.headManifest(digestOfBytes('none'))).toBeUndefined()
  })

  test('without Docker-Content-Digest, tags are resolved and writes proven by reading', async () => {
    const { repository } = await setup({ digestHeader: false })
    const descriptor = await repository.writeManifest(manifestOf('a'), mediaTypes.manifest, v1)
    expect(await repository.headManifest(v1)).toEqual(descriptor)
  })

  test('bytes that do not match the digest are refused', async () => {
    const { repository, registry } = await setup()
    const { digest } = await repository.writeManifest(manifestOf('a'), mediaTypes.manifest, v1)
    registry.repository('project/hello').manifests.set(digest, { bytes: manifestOf('b'), type: mediaTypes.manifest })
    await expect(repository.readManifest(digest)).rejects.toThrow(/digest mismatch/)
    await expect(repository.readManifest(v1)).rejects.toThrow(/digest mismatch/)
  })

  test('one stored under another digest than sent is a failure', async () => {
    const { repository, registry } = await setup()
    registry.intercept = (_, response) => {
      response.writeHead(201, { 'docker-content-digest': digestOfBytes('other') }).end()
      return true
    }
    await expect(repository.writeManifest(manifestOf('a'), mediaTypes.manifest, v1)).rejects.toThrow(/is there/)
  })

  test('what a registry says is in the error, with what to do', async () => {
    const { repository, registry } = await setup()
    registry.intercept = (_, response) => {
      response.writeHead(403).end('{"errors":[{"code":"DENIED","message":"no\\nway"}]}')
      return true
    }
    const failure = await repository.readManifest(v1).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UserError)
    expect(failure).toMatchObject({
      message: `${registry.host}: cannot read the manifest v1 of project/hello: 403 DENIED: no way`,
      hint: expect.stringContaining('permissions'),
    })
  })

  test('an answer that breaks off is asked for again', async () => {
    const { repository, registry } = await setup()
    const descriptor = await repository.writeManifest(manifestOf('a'), mediaTypes.manifest, v1)
    let broken = 0
    registry.intercept = (request, response) => {
      if (broken++ > 0) return false
      response.writeHead(200, { 'content-length': '1000' }).write('{')
      setImmediate(() => request.socket.destroy())
      return true
    }
    expect((await repository.readManifest(v1))?.descriptor).toEqual(descriptor)
    expect(broken).toBe(2)
  })

  test('one larger than 4 MiB is not read', async () => {
    const { repository, registry } = await setup()
    registry.intercept = (_, response) => {
      response.writeHead(200).end(Buffer.alloc((4 << 20) + 1, 32))
      return true
    }
    await expect(repository.readManifest(v1)).rejects.toThrow(/over 4194304 bytes/)
  })
})

describe('tags', () => {
  test('every page is read', async () => {
    const { repository } = await setup({ page: 2 })
    for (const tag of ['v1', 'v2', 'v3', 'latest', '1.10'])
      await repository.writeManifest(manifestOf(tag), mediaTypes.manifest, parseTag(tag))
    expect(await repository.listTags()).toEqual(['1.10', 'latest', 'v1', 'v2', 'v3'])
  })

  test('a repository that is not there has none', async () => {
    const { repository } = await setup()
    expect(await repository.listTags()).toEqual([])
  })

  test('a list without end is left', async () => {
    const { repository, registry } = await setup()
    registry.intercept = (request, response) => {
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 0)
      response.writeHead(200, { link: `<http://elsewhere.example/?page=${page + 1}>; rel="next"` }).end('{"tags":[]}')
      return true
    }
    // Its second page is on another host, which does not exist: no credentials go there, and the read fails.
    await expect(repository.listTags()).rejects.toThrow(/elsewhere\.example/)
  })
})

describe('blobs', () => {
  test.each([{ absolute: false }, { absolute: true }, { mount: false }])(
    'are sent in two requests and read back (%p)',
    async (options) => {
      const { repository, registry } = await setup(options)
      const { descriptor, open: opened } = blobOf('layer')
      expect(await repository.hasBlob(descriptor.digest)).toBe(false)
      registry.log.splice(0)
      await repository.writeBlob(descriptor, opened)
      expect(registry.log.map((line) => line.split(' ')[0])).toEqual(['POST', 'PUT'])
      await repository.writeBlob(descriptor, opened)
      expect(registry.log).toHaveLength(2)
      expect(await repository.hasBlob(descriptor.digest)).toBe(true)
      expect((await buffer(await repository.readBlob(descriptor))).toString()).toBe('layer')
    },
  )

  test('one that is there already is found by one request', async () => {
    const { registry, repository } = await setup()
    const { descriptor, open: opened } = blobOf('layer')
    await repository.writeBlob(descriptor, opened)
    registry.log.splice(0)
    await open(registry, 'project/hello', networkStep()).writeBlob(descriptor, opened)
    expect(registry.log.map((line) => line.split(' ')[0])).toEqual(['POST'])
  })

  test('one sent by several at once is sent once', async () => {
    const { registry, repository } = await setup()
    const { descriptor, open: opened } = blobOf('layer')
    await Promise.all(Array.from({ length: 5 }, () => repository.writeBlob(descriptor, opened)))
    expect(registry.log).toHaveLength(2)
  })

  test('a mount takes it over; where that is refused, its session is used', async () => {
    const { registry, repository, step } = await setup()
    const { descriptor, open: opened } = blobOf('layer')
    await repository.writeBlob(descriptor, opened)
    const other = open(registry, 'other', step)
    registry.log.splice(0)
    expect(await other.mountBlob(descriptor.digest, repository)).toBe(true)
    expect(registry.log).toHaveLength(1)
    const more = blobOf('more')
    expect(await other.mountBlob(more.descriptor.digest, repository)).toBe(false)
    await other.writeBlob(more.descriptor, more.open)
    expect(registry.log.map((line) => line.split(' ')[0])).toEqual(['POST', 'POST', 'PUT'])
  })

  test('no mount is asked of another registry', async () => {
    const { repository } = await setup()
    const elsewhere = await setup()
    expect(await elsewhere.repository.mountBlob(digestOfBytes('x'), repository)).toBe(false)
    expect(elsewhere.registry.log).toEqual([])
  })

  test('an upload whose session is lost begins anew', async () => {
    const { registry, repository } = await setup()
    const { descriptor, open: opened } = blobOf('layer')
    let puts = 0
    registry.intercept = (request, response) => {
      if (request.method !== 'PUT' || puts++ > 0) return false
      response.writeHead(416).end()
      return true
    }
    await repository.writeBlob(descriptor, opened)
    expect(registry.repository('project/hello').blobs.get(descriptor.digest)?.toString()).toBe('layer')
  })

  test('wrong bytes are neither stored nor handed on', async () => {
    const { registry, repository } = await setup()
    const { descriptor } = blobOf('layer')
    await expect(repository.writeBlob(descriptor, () => Readable.from([Buffer.from('lager')]))).rejects.toThrow(
      /Digest mismatch/,
    )
    expect(registry.repository('project/hello').blobs.size).toBe(0)
    registry.repository('project/hello').blobs.set(descriptor.digest, Buffer.from('lager'))
    await expect(buffer(await repository.readBlob(descriptor))).rejects.toThrow(/Digest mismatch/)
  })
})

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

  test('that another writer always replaces is a failure, not a loss', async () => {
    const { repository, registry } = await setup()
    registry.intercept = () => {
      registry.repository('project/hello').tags.delete(fallbackTag)
      return false
    }
    await expect(repository.writeReferrer(referrerOf('mine'), mediaTypes.manifest)).rejects.toThrow(/does not keep/)
  })
})

describe('addresses', () => {
  test('other hosts than loopback are spoken to by TLS, unless an input says so', async () => {
    const urls: string[] = []
    const step = testStep({
      http: {
        request: async ({ url }) => {
          urls.push(String(url))
          return new Response('', { status: 404 })
        },
      },
    })
    const hosts = [
      'registry.example.com',
      'localhost:5000',
      '[::1]:5000',
      '127.1.2.3',
      '10.0.0.1:5000',
      'localhost.example.com',
      '127.0.0.1.example.com',
      'docker.io',
    ]
    for (const host of hosts) await openRepository({ kind: 'registry', host, prefix: 'p' }, 'n', step).headManifest(v1)
    await openRepository({ kind: 'registry', host: '10.0.0.1:5000', prefix: '' }, 'n', step, {
      plainHttp: ['10.0.0.1:5000'],
    }).headManifest(v1)
    expect(urls.map((url) => url.replace(/\/v2\/.*/, ''))).toEqual([
      'https://registry.example.com',
      'http://localhost:5000',
      'http://[::1]:5000',
      'http://127.1.2.3',
      'https://10.0.0.1:5000',
      'https://localhost.example.com',
      'https://127.0.0.1.example.com',
      'https://registry-1.docker.io',
      'http://10.0.0.1:5000',
    ])
  })

  test.each(['', '../x', 'A', 'a//b', 'a/../b', '-a'])("'%s' is no repository name", (name) => {
    expect(() =>
      openRepository({ kind: 'registry', host: 'registry.example.com', prefix: '' }, name, testStep()),
    ).toThrow(UserError)
  })
})
