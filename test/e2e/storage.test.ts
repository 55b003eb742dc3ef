import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { Storage } from '@google-cloud/storage'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Step } from '../../src/runner/index.ts'
import { type Content, fileContent, openStore, type Store } from '../../src/storage/index.ts'
import { openS3 } from '../../src/storage/s3.ts'
import { testStep } from '../step.ts'
import { type StorageServer, startGoogleCloudStorage, startS3 } from '../storage/servers.ts'
import { describeWith } from '../tools.ts'

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Text as a content, and what is claimed of it. */
const textContent = (text: string, claimed = text): Content => ({
  from: 'a test',
  sha256: sha256(claimed),
  size: text.length,
  open: () => Readable.from([Buffer.from(text)]),
})

let server: StorageServer
let step: Step
let store: Store
let folders = 0
beforeEach(() => {
  step = testStep({ environment: server.environment })
  // Each test has a prefix of its own.
  store = openStore(`${server.address}/test/${folders++}`, step)
  server.gateway.forget()
  server.gateway.refuse(() => undefined)
})

const writes = (): string[] =>
  server.gateway.seen
    .filter(({ method }) => !['GET', 'HEAD'].includes(method))
    .map(({ method, status }) => `${method} ${status}`)

/** What both kinds of server must do. */
function sharedTests(): void {
  test('a file is written once, proven and found; the same bytes again change nothing', async () => {
    expect(await store.stat('v1/hello')).toBeUndefined()
    expect(await store.digestOf('v1/hello')).toBeUndefined()
    expect(await store.write('v1/hello', textContent('hello'))).toBe(true)
    expect(await store.write('v1/hello', textContent('hello'))).toBe(false)
    expect(await store.stat('v1/hello')).toEqual({ name: 'v1/hello', size: 5, sha256: sha256('hello') })
    expect(Buffer.concat(await Array.fromAsync(store.read('v1/hello'))).toString()).toBe('hello')
  })

  test('an empty file, and names with spaces and signs', async () => {
    for (const name of ['empty', 'a b/+%20 ü#?&=.txt']) {
      expect(await store.write(name, textContent(''))).toBe(true)
      expect(await store.digestOf(name)).toBe(sha256(''))
    }
    expect((await store.list('')).map(({ name }) => name).sort()).toEqual(['a b/+%20 ü#?&=.txt', 'empty'])
  })

  test('other bytes are not overwritten', async () => {
    await store.write('hello', textContent('hello'))
    await expect(store.write('hello', textContent('other'))).rejects.toThrow(/is there with other bytes/)
    expect(await store.digestOf('hello')).toBe(sha256('hello'))
  })

  test('of two that write other bytes at the same time one wins, and what it wrote stays', async () => {
    const texts = ['one', 'two', 'six', 'ten']
    const outcomes = await Promise.allSettled(texts.map((text) => store.write('race', textContent(text))))
    const winners = texts.filter((_, index) => outcomes[index]?.status === 'fulfilled')
    expect(winners).toHaveLength(1)
    expect(await store.digestOf('race')).toBe(sha256(winners[0] ?? ''))
  })

  test('of two that write the same bytes at the same time one writes, and both are content', async () => {
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => store.write('race', textContent('same'))))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
  })

  test('a source that has other bytes than its digest leaves nothing, small or large', async () => {
    await expect(store.write('small', textContent('hullo', 'hello'))).rejects.toThrow(/Digest mismatch/)
    const bytes = randomBytes(12 << 20)
    const large: Content = {
      from: 'a test',
      sha256: sha256('hello'),
      size: bytes.length,
      open: () => Readable.from([bytes.subarray(0, 9 << 20), bytes.subarray(9 << 20)]),
    }
    await expect(store.write('large', large)).rejects.toThrow(/Digest mismatch/)
    expect(await store.list('')).toEqual([])
  })

  test('a source that changes between two readings leaves nothing', async () => {
    let readings = 0
    const changing: Content = {
      ...textContent('hello'),
      open: () => Readable.from([Buffer.from(readings++ === 0 && server.kind === 'gs' ? 'hello' : 'hullo')]),
    }
    await expect(store.write('changing', changing)).rejects.toThrow(/Digest mismatch/)
    expect(await store.list('')).toEqual([])
  })

  test('what lies below a prefix is listed by name', async () => {
    for (const name of ['v1.2/b', 'v1.2/a/x', 'v1.20/c']) await store.write(name, textContent(name))
    expect((await store.list('v1.2/')).map(({ name, size }) => `${name} ${size}`)).toEqual(['v1.2/a/x 8', 'v1.2/b 6'])
    expect(await store.list('')).toHaveLength(3)
    await expect(store.list('../')).rejects.toThrow(/is not a name in a store/)
  })

  test('a document is replaced only over the version that was read', async () => {
    expect(await store.readDocument('stable.txt')).toBeUndefined()
    expect(await store.replaceDocument('stable.txt', 'v1', undefined)).toBe(true)
    expect(await store.replaceDocument('stable.txt', 'v1', undefined)).toBe(false)
    const first = await store.readDocument('stable.txt')
    expect(first?.text).toBe('v1')
    expect(await store.replaceDocument('stable.txt', 'v2', first)).toBe(true)
    expect(await store.replaceDocument('stable.txt', 'v3', first)).toBe(false)
    expect((await store.readDocument('stable.txt'))?.text).toBe('v2')
  })

  test('a large text is no document', async () => {
    await store.write('stable.txt', textContent('x'.repeat(70_000)))
    await expect(store.readDocument('stable.txt')).rejects.toThrow(/too large for a line of text/)
  })

  test('a bucket that is not there is said so, whatever is asked of it', async () => {
    const nowhere = (): Store => openStore(`${server.kind}://no-such-bucket/x`, step)
    for (const ask of [
      () => nowhere().stat('x'),
      () => nowhere().list(''),
      () => nowhere().readDocument('x'),
      () => nowhere().write('x', textContent('x')),
    ]) {
      await expect(ask()).rejects.toThrow(`${server.kind}://no-such-bucket/x: there is no such bucket`)
    }
  })

  test('a refusal is told with the permissions that are needed', async () => {
    server.gateway.refuse(() => 403)
    for (const ask of [() => store.stat('x'), () => store.list(''), () => store.write('x', textContent('x'))]) {
      await expect(ask()).rejects.toMatchObject({ message: expect.stringContaining('access is denied') })
      await expect(ask()).rejects.toMatchObject({ hint: expect.stringMatching(/need/) })
    }
  })

  test('a server that fails for a moment is asked again, with the body from its beginning', async () => {
    let failures = 0
    server.gateway.refuse((method) => (['PUT', 'POST'].includes(method) && failures++ < 2 ? 503 : undefined))
    expect(await store.write('hello', textContent('hello'))).toBe(true)
    expect(writes().slice(0, 2)).toEqual([expect.stringMatching(/503$/), expect.stringMatching(/503$/)])
    expect(await store.digestOf('hello')).toBe(sha256('hello'))
  })

  test('a cancelled step stops', async () => {
    const controller = new AbortController()
    const cancelled = openStore(
      server.address,
      testStep({ environment: server.environment, signal: controller.signal }),
    )
    controller.abort(new Error('cancelled'))
    await expect(cancelled.write('x', textContent('x'))).rejects.toThrow('cancelled')
  })

  test.each([1, 64])('a file of %d MiB is a stream in both directions', async (mebibytes) => {
    const folder = await mkdtemp(join(tmpdir(), 'large-'))
    const path = join(folder, 'large')
    const digest = await writeRandomFile(path, mebibytes)
    const memory = watchMemory()
    try {
      expect(await store.write('large', await fileContent(path, digest))).toBe(true)
      const hash = createHash('sha256')
      for await (const chunk of store.read('large')) hash.update(chunk)
      expect(hash.digest('hex')).toBe(digest)
      // Buffers of streams and sockets, at any size.
      expect(memory.most()).toBeLessThan(32 << 20)
    } finally {
      memory.end()
      await rm(folder, { recursive: true })
    }
  })
}

/** A file of so many different MiB; answers its SHA-256. */
async function writeRandomFile(path: string, mebibytes: number): Promise<string> {
  const hash = createHash('sha256')
  const file = createWriteStream(path)
  for (let index = 0; index < mebibytes; index++) {
    const bytes = randomBytes(1 << 20)
    hash.update(bytes)
    file.write(bytes)
  }
  file.end()
  await finished(file)
  return hash.digest('hex')
}

/** The bytes of buffers that are in use; what is only waiting to be collected is collected first. */
function watchMemory(): { most(): number; end(): void } {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  const timer = setInterval(() => {
    collect()
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }, 50)
  return { most: () => most, end: () => clearInterval(timer) }
}

describeWith(['versitygw'], 's3://, against versitygw', () => {
  let client: S3Client
  beforeAll(async () => {
    server = await startS3()
    const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_ENDPOINT_URL_S3 = '' } = server.environment
    client = new S3Client({
      endpoint: AWS_ENDPOINT_URL_S3,
      forcePathStyle: true,
      region: 'us-east-1',
      credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
      requestChecksumCalculation: 'WHEN_REQUIRED',
    })
  })
  afterAll(async () => {
    client.destroy()
    await server.close()
  })

  sharedTests()

  const Bucket = 'release-bucket'
  const keyOf = (name: string): string => `${store.address.slice(`${server.address}/`.length)}/${name}`

  test('headers and checksum are with the object', async () => {
    await store.write('tool.tar.gz', textContent('tool'))
    await store.replaceDocument('stable.txt', 'v1', undefined)
    const head = (name: string) =>
      client.send(new HeadObjectCommand({ Bucket, Key: keyOf(name), ChecksumMode: 'ENABLED' }))
    expect(await head('tool.tar.gz')).toMatchObject({
      ContentType: 'application/gzip',
      CacheControl: 'public, max-age=31536000, immutable',
      ChecksumSHA256: Buffer.from(sha256('tool'), 'hex').toString('base64'),
    })
    expect(await head('stable.txt')).toMatchObject({
      ContentType: 'text/plain; charset=utf-8',
      CacheControl: expect.stringContaining('no-cache'),
    })
  })

  test('an object without a SHA-256 of the store is fetched and hashed, whatever its metadata says', async () => {
    const Metadata = { sha256: sha256('other') }
    await client.send(new PutObjectCommand({ Bucket, Key: keyOf('foreign'), Body: 'hello', Metadata }))
    expect(await store.stat('foreign')).toEqual({ name: 'foreign', size: 5 })
    expect(await store.digestOf('foreign')).toBe(sha256('hello'))
    expect(await store.write('foreign', textContent('hello'))).toBe(false)
    await expect(store.write('foreign', textContent('other'))).rejects.toThrow(/other bytes/)
  })

  test('keys that are not valid are told, and never the secret', async () => {
    const environment = { ...server.environment, AWS_SECRET_ACCESS_KEY: 'not-the-right-secret' }
    const stranger = testStep({ environment })
    const failure = await openStore(store.address, stranger)
      .list('')
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({ message: expect.stringContaining('credentials are not valid') })
    expect(String(failure)).not.toContain('not-the-right-secret')
    expect(stranger.secrets).toContain('not-the-right-secret')
  })

  describe('in parts', () => {
    const mebibyte = 1 << 20
    const limits = { single: 8 * mebibyte, part: 5 * mebibyte }
    const bytes = randomBytes(12 * mebibyte)
    let parted: Store
    beforeEach(() => {
      parted = openS3(store.address, store.address.slice('s3:'.length), step, limits)
    })
    const content = (claimed: Uint8Array = bytes): Content => ({
      from: 'a test',
      sha256: sha256(claimed),
      size: bytes.length,
      open: () => Readable.from([bytes.subarray(0, 7 * mebibyte), bytes.subarray(7 * mebibyte)]),
    })
    const uploads = async (): Promise<number> =>
      (await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: keyOf('') }))).Uploads?.length ?? 0

    test('a file comes together whole, with its headers, and is not overwritten', async () => {
      expect(await parted.write('large.zip', content())).toBe(true)
      expect(writes()).toEqual(['POST 200', 'PUT 200', 'PUT 200', 'PUT 200', 'POST 200'])
      expect(await parted.digestOf('large.zip')).toBe(sha256(bytes))
      expect(await parted.write('large.zip', content())).toBe(false)
      const found = await client.send(new HeadObjectCommand({ Bucket, Key: keyOf('large.zip') }))
      expect(found).toMatchObject({
        ContentType: 'application/zip',
        CacheControl: expect.stringContaining('immutable'),
      })
      expect(await uploads()).toBe(0)
    })

    test('what is there already stays, and no parts are left behind', async () => {
      await store.write('large', textContent('small'))
      await expect(parted.write('large', content())).rejects.toThrow(/is there with other bytes/)
      expect(await uploads()).toBe(0)
    })

    test('a source with other bytes leaves neither the file nor parts', async () => {
      await expect(parted.write('large', content(Buffer.from('x')))).rejects.toThrow(/Digest mismatch/)
      expect(await parted.stat('large')).toBeUndefined()
      expect(await uploads()).toBe(0)
    })

    test('parts of a process that was killed are removed after a day, and not before', async () => {
      await client.send(new CreateMultipartUploadCommand({ Bucket, Key: keyOf('large') }))
      const soon = testStep({ environment: server.environment, now: () => new Date() })
      await openS3(store.address, store.address.slice('s3:'.length), soon, limits).write('large', content())
      expect(await uploads()).toBe(1)
      const later = testStep({ environment: server.environment, now: () => new Date(Date.now() + 25 * 3600 * 1000) })
      await openS3(store.address, store.address.slice('s3:'.length), later, limits).write('large', content())
      expect(await uploads()).toBe(0)
    })
  })
})

describeWith(['fake-gcs-server'], 'gs://, against fake-gcs-server', () => {
  let storage: Storage
  beforeAll(async () => {
    server = await startGoogleCloudStorage()
    storage = new Storage({ apiEndpoint: server.environment.STORAGE_EMULATOR_HOST ?? '', projectId: 'test' })
  })
  afterAll(() => server.close())

  sharedTests()

  const object = (name: string) =>
    storage.bucket('release-bucket').file(`${store.address.slice(`${server.address}/`.length)}/${name}`)

  test('headers and checksum are with the object', async () => {
    await store.write('tool.tar.gz', textContent('tool'))
    await store.replaceDocument('stable.txt', 'v1', undefined)
    const [tool] = await object('tool.tar.gz').getMetadata()
    expect(tool).toMatchObject({
      contentType: 'application/gzip',
      cacheControl: 'public, max-age=31536000, immutable',
      metadata: { sha256: sha256('tool'), crc32c: tool.crc32c },
    })
    const [stable] = await object('stable.txt').getMetadata()
    expect(stable).toMatchObject({
      contentType: 'text/plain; charset=utf-8',
      cacheControl: expect.stringContaining('no-cache'),
    })
  })

  test('a SHA-256 among the metadata is believed only beside the checksum of what is stored', async () => {
    await store.write('hello', textContent('hello'))
    const [{ metadata }] = await object('hello').getMetadata()
    await object('foreign').save('other', { resumable: false, metadata: { metadata: metadata ?? {} } })
    await object('bare').save('other', { resumable: false, metadata: { metadata: { sha256: sha256('hello') } } })
    for (const name of ['foreign', 'bare']) {
      expect(await store.stat(name)).toEqual({ name, size: 5 })
      expect(await store.digestOf(name)).toBe(sha256('other'))
      await expect(store.write(name, textContent('hello'))).rejects.toThrow(/other bytes/)
    }
  })

  test('without credentials the message says where to get some', async () => {
    const environment = { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere/credentials.json' }
    const failure = openStore('gs://release-bucket', testStep({ environment })).stat('x')
    await expect(failure).rejects.toMatchObject({ message: expect.stringContaining('/nowhere/credentials.json') })
  })
})
