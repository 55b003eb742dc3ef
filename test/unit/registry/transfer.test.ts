import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
import { type Descriptor, digestOfBytes } from '../../../src/oci/index.ts'
import { downloadBlob } from '../../../src/registry/download.ts'
import { proving, provingAgain } from '../../../src/registry/proof.ts'
import { sendResumably } from '../../../src/registry/resumable-upload.ts'
import { openTransport } from '../../../src/registry/transport.ts'
import { testStep } from '../../step.ts'
import { fastClock } from '../http/server.ts'
import { type BreakingRegistry, startBreakingRegistry } from './breaking-registry.ts'

const content = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 251))
const describeBytes = (bytes: Uint8Array): Descriptor => ({
  mediaType: 'application/octet-stream',
  digest: digestOfBytes(bytes),
  size: bytes.length,
})
const descriptor = describeBytes(content)
const parts = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size))
const newStep = () => testStep({ http: createHttpClient({ signal: new AbortController().signal, clock: fastClock() }) })

describe('an upload', () => {
  const upload = (registry: BreakingRegistry, bytes = content) => {
    const transport = openTransport(registry.host, [], newStep())
    return sendResumably(transport, 'hello', registry.session, descriptor, (start) =>
      Readable.from(parts(bytes.subarray(start), 1000)),
    )
  }

  test('that is not interrupted is one request', async () => {
    const registry = await startBreakingRegistry()
    expect((await upload(registry))?.search).toBe('?state=100000')
    expect(registry.upload?.equals(content)).toBe(true)
    expect(registry.log).toEqual(['PATCH'])
  })

  test('goes on where the connection broke, each time', async () => {
    const registry = await startBreakingRegistry()
    registry.breaks = [10, 30_000, 1, 69_000]
    await upload(registry)
    expect(registry.upload?.equals(content)).toBe(true)
    expect(registry.log).toEqual([
      'PATCH',
      'GET',
      'PATCH 10-99999',
      'GET',
      'PATCH 30010-99999',
      'GET',
      'PATCH 30011-99999',
      'GET',
      'PATCH 99011-99999',
    ])
  })

  test('that the server fails is asked after, not repeated blindly', async () => {
    const registry = await startBreakingRegistry()
    registry.breaks = [500]
    registry.statuses = [503, 416]
    await upload(registry)
    expect(registry.upload?.equals(content)).toBe(true)
    expect(registry.log).toEqual(['PATCH', 'GET', 'PATCH', 'GET', 'PATCH', 'GET', 'PATCH 500-99999'])
  })

  test.each<[string, (registry: BreakingRegistry) => void]>([
    [
      'whose session is lost',
      (registry) => {
        registry.upload = undefined
      },
    ],
    [
      'to a registry that does not know PATCH',
      (registry) => {
        registry.statuses = Array(9).fill(405)
      },
    ],
    [
      'that breaks again and again',
      (registry) => {
        registry.statuses = Array(9).fill(500)
      },
    ],
    [
      'to a registry that claims more than was sent',
      (registry) => {
        registry.upload = Buffer.alloc(200_000)
      },
    ],
  ])('%s is left, to begin anew', async (_, tamper) => {
    const registry = await startBreakingRegistry()
    tamper(registry)
    expect(await upload(registry)).toBeUndefined()
  })

  test('of wrong bytes is never closed, interrupted or not', async () => {
    for (const breaks of [[], [50_000]]) {
      const registry = await startBreakingRegistry()
      registry.breaks = breaks
      const wrong = Buffer.from(content)
      wrong[99_999] = 255
      await expect(upload(registry, wrong)).rejects.toThrow(/Digest mismatch/)
    }
  })
})

describe('a download', () => {
  const read = (registry: BreakingRegistry, expected = descriptor) => {
    const step = newStep()
    const bytes = downloadBlob(openTransport(registry.host, [], step), 'hello', expected, 0, step, fastClock())
    return buffer(Readable.from(proving(bytes, expected), { objectMode: false }))
  }

  test.each([true, false])('goes on where it broke (a server that understands Range: %p)', async (understandsRange) => {
    const registry = await startBreakingRegistry()
    Object.assign(registry, { blob: content, understandsRange, breaks: [10, 40_000, 50_000] })
    expect((await read(registry)).equals(content)).toBe(true)
    expect(registry.log[1]).toBe('GET bytes=10-')
    expect(registry.log).toHaveLength(4)
  })

  test('is proven as a whole, though it came in parts', async () => {
    const registry = await startBreakingRegistry()
    const wrong = Buffer.from(content)
    wrong[70_000] = 255
    Object.assign(registry, { blob: wrong, breaks: [60_000] })
    await expect(read(registry)).rejects.toThrow(/Digest mismatch/)
  })

  test('that ends early, or does not break but is too short, is refused', async () => {
    const registry = await startBreakingRegistry()
    registry.blob = content.subarray(0, 99_000)
    await expect(read(registry)).rejects.toThrow(/Digest mismatch/)
    Object.assign(registry, { blob: content, breaks: Array(20).fill(0) })
    await expect(read(registry)).rejects.toThrow(/breaks off/)
  })
})

test('content that is begun again is opened near that place, and hashed as one', async () => {
  const large = Buffer.alloc(20 << 20, 'content')
  const opened: number[] = []
  const from = provingAgain(describeBytes(large), (start) => {
    opened.push(start)
    return Readable.from(parts(large.subarray(start), 1 << 20))
  })
  let handed = 0
  for await (const chunk of from(0)) {
    handed += chunk.length
    if (handed > 18 << 20) break
  }
  const start = (17 << 20) + 5
  expect((await buffer(from(start))).equals(large.subarray(start))).toBe(true)
  const early = 3 << 20
  expect((await buffer(from(early))).equals(large.subarray(early))).toBe(true)
  expect(opened).toEqual([0, 16 << 20, 0])
})
