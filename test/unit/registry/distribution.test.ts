import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from '@jest/globals'
import { digestOfBytes, mediaTypes, parseTag } from '../../../src/oci/index.ts'
import { openRepository } from '../../../src/registry/index.ts'
import { UserError } from '../../../src/runner/index.ts'
import { testStep } from '../../step.ts'
import { blobOf, manifestOf, networkStep, open, setup, v1 } from './repository.ts'

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

  test('one whose blobs the registry does not know for a moment is written again; one whose blobs are not there fails', async () => {
    const { repository, registry } = await setup()
    let refusals = 2
    registry.intercept = ({ method }, response) => {
      if (method !== 'PUT' || refusals-- <= 0) return false
      response.writeHead(400).end('{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","message":"blob unknown to registry"}]}')
      return true
    }
    await repository.writeManifest(manifestOf('a'), mediaTypes.manifest, v1)
    expect(await repository.headManifest(v1)).toBeDefined()
    refusals = 100
    registry.log.splice(0)
    await expect(repository.writeManifest(manifestOf('b'), mediaTypes.manifest)).rejects.toThrow(
      /MANIFEST_BLOB_UNKNOWN/,
    )
    expect(registry.log).toHaveLength(4)
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

  test('one sent by several at once is sent once, also where each opens the repository anew', async () => {
    const { registry, repository, step } = await setup()
    const { descriptor, open: opened } = blobOf('layer')
    const repositories = [repository, repository, open(registry, 'project/hello', step)]
    await Promise.all(repositories.map((one) => one.writeBlob(descriptor, opened)))
    await open(registry, 'project/hello', step).writeBlob(descriptor, opened)
    expect(registry.log).toHaveLength(2)
    await open(registry, 'another', step).writeBlob(descriptor, opened)
    expect(registry.log).toHaveLength(4)
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

  test.each([429, 503, 'a reset'])('one whose request ends with %s is sent again whole', async (failure) => {
    const { registry, repository } = await setup()
    const { descriptor, open: opened } = blobOf('layer')
    const sent: string[] = []
    registry.intercept = (request, response, body) => {
      if (request.method !== 'PUT') return false
      sent.push(body.toString())
      if (sent.length > 1) return false
      if (typeof failure === 'number') response.writeHead(failure, { 'retry-after': '1' }).end()
      else request.socket.destroy()
      return true
    }
    await repository.writeBlob(descriptor, opened)
    expect(sent).toEqual(['layer', 'layer'])
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
