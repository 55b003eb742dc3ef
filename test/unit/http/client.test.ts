import { createServer } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, test } from '@jest/globals'
import { ConnectionError, createHttpClient, type HttpClient } from '../../../src/http/index.ts'
import { UserError } from '../../../src/runner/index.ts'
import { listen } from '../../runner/index.ts'
import { answer, fastClock, reset, serve, type TestServer } from './server.ts'

const servers: TestServer[] = []
async function server(...answers: Parameters<typeof serve>): Promise<TestServer> {
  const started = await serve(...answers)
  servers.push(started)
  return started
}
afterEach(async () => {
  for (const started of servers.splice(0)) await started.close()
})

function client(): { http: HttpClient; clock: ReturnType<typeof fastClock>; cancel: AbortController } {
  const clock = fastClock()
  const cancel = new AbortController()
  return { http: createHttpClient({ signal: cancel.signal, clock }), clock, cancel }
}

describe('retries', () => {
  test('a reset connection is tried again, with the body opened anew', async () => {
    const { url, requests } = await server(reset, answer(201))
    const { http, clock } = client()
    let opened = 0
    const response = await http.request({
      method: 'PUT',
      url,
      contentLength: 6,
      body: async function* () {
        opened++
        yield Buffer.from('abc')
        yield Buffer.from('def')
      },
    })
    expect(response.status).toBe(201)
    expect(opened).toBe(2)
    expect(requests.at(-1)?.body).toBe('abcdef')
    expect(requests.at(-1)?.headers['content-length']).toBe('6')
    expect(requests.at(-1)?.headers['transfer-encoding']).toBeUndefined()
    expect(clock.slept).toHaveLength(1)
  })

  test('5xx is tried again with growing waits, and the last answer is handed back', async () => {
    const { url, requests } = await server(answer(503))
    const { http, clock } = client()
    expect((await http.request({ url })).status).toBe(503)
    expect(requests).toHaveLength(5)
    expect(clock.slept).toEqual([...clock.slept].sort((left, right) => left - right))
  })

  test('what is not repeatable is the caller’s affair: a reset and 5xx at once, but 429 is waited out', async () => {
    const { url, requests } = await server(reset, answer(503), answer(429, { 'retry-after': '1' }), answer(202))
    const { http, clock } = client()
    const request = { method: 'PATCH', url, body: 'rest', repeatable: false } as const
    await expect(http.request(request)).rejects.toThrow(ConnectionError)
    expect((await http.request(request)).status).toBe(503)
    expect(clock.slept).toEqual([])
    expect((await http.request(request)).status).toBe(202)
    expect(requests).toHaveLength(4)
  })

  test.each([400, 401, 403, 404, 409, 501])('%i is the answer at once', async (status) => {
    const { url, requests } = await server(answer(status))
    expect((await client().http.request({ url })).status).toBe(status)
    expect(requests).toHaveLength(1)
  })

  test('429 pauses the host for as long as Retry-After says, for every request to it', async () => {
    const { url, requests } = await server(answer(429, { 'retry-after': '7' }), answer(200))
    const other = await server(answer(200))
    const { http, clock } = client()
    const first = http.request({ url })
    await first
    expect(clock.now()).toBeGreaterThanOrEqual(7000)
    expect(requests).toHaveLength(2)
    const before = clock.now()
    await http.request({ url: other.url })
    expect(clock.now()).toBe(before)
  })

  test('a Retry-After of an hour ends the request instead', async () => {
    const { url, requests } = await server(answer(429, { 'retry-after': '3600' }))
    const { http, clock } = client()
    expect((await http.request({ url })).status).toBe(429)
    expect(requests).toHaveLength(1)
    expect(clock.slept).toEqual([])
  })

  test('a host that is away is named in a UserError', async () => {
    const { url, close } = await serve(answer(200))
    await close()
    const { http, clock } = client()
    const failure = await http.request({ url }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UserError)
    expect(String(failure)).toMatch(/Cannot reach 127\.0\.0\.1:\d+: .*ECONNREFUSED/)
    expect(clock.slept).toHaveLength(4)
  })

  test('a host that does not answer in time is tried again, then named', async () => {
    const { url, requests } = await server(() => undefined)
    const failure = await client()
      .http.request({ url, timeout: 20 })
      .catch((error: unknown) => error)
    expect(String(failure)).toMatch(/no answer within 0\.02 s/)
    expect(requests).toHaveLength(5)
  })

  test('what goes wrong in the body is thrown as it is, once', async () => {
    const { url } = await server(answer(201))
    const { http, clock } = client()
    const request = http.request({
      method: 'PUT',
      url,
      body: async function* () {
        yield Buffer.from('abc')
        throw new UserError('layer has another digest')
      },
    })
    await expect(request).rejects.toThrow('layer has another digest')
    expect(clock.slept).toEqual([])
  })

  test('cancelling stops a request under way and one that waits', async () => {
    const { url } = await server(() => undefined)
    const { http, cancel } = client()
    const request = http.request({ url })
    cancel.abort(new Error('cancelled'))
    await expect(request).rejects.toThrow('cancelled')
    await expect(http.request({ url })).rejects.toThrow('cancelled')
  })
})

test('what was sent of a stream is not kept', async () => {
  const size = 1 << 16
  const { url, received } = await countingServer()
  const sent: WeakRef<Buffer>[] = []
  let kept = Number.NaN
  const body = async function* () {
    for (let chunk = 0; chunk < 64; chunk++) {
      const bytes = Buffer.alloc(size, chunk)
      sent.push(new WeakRef(bytes))
      yield bytes
    }
    await received(63 * size)
    // Collected are only those that nothing has touched since the last turn of the event loop.
    await setImmediate()
    collectGarbage()
    kept = sent.filter((chunk) => chunk.deref() !== undefined).length
    yield Buffer.alloc(size)
  }
  const { status } = await client().http.request({ method: 'PUT', url, contentLength: 65 * size, body })
  expect(status).toBe(200)
  expect(kept).toBeLessThan(8)
})

/** Counts the bytes of what it is sent, and keeps none. */
async function countingServer() {
  let count = 0
  let notify: () => void = () => undefined
  const listening = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      count += chunk.length
      notify()
    })
    request.on('end', () => response.end())
  })
  const { url, close } = await listen(listening)
  servers.push({ url, requests: [], close })
  return {
    url,
    received: (bytes: number) =>
      new Promise<void>((resolve) => {
        notify = () => count >= bytes && resolve()
        notify()
      }),
  }
}

/** What `node --expose-gc` gives, without the flag. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

describe('redirects', () => {
  test('Authorization stays with its host; other headers go on', async () => {
    const target = await server(answer(200, {}, 'blob'))
    const { url } = await server(answer(307, { location: `${target.url}/blob?sig=1` }))
    const response = await client().http.request({ url, headers: { Authorization: 'Bearer secret', Accept: 'a/b' } })
    expect(await response.text()).toBe('blob')
    expect(target.requests[0]?.headers).toMatchObject({ accept: 'a/b', 'user-agent': 'k8s-release' })
    expect(target.requests[0]?.headers.authorization).toBeUndefined()
  })

  test('on the same host Authorization goes on, and a 307 keeps method and body', async () => {
    const { url, requests } = await server(answer(307, { location: '/other' }), answer(200))
    await client().http.request({ method: 'PUT', url, headers: { authorization: 'Bearer secret' }, body: 'again' })
    expect(requests[1]).toMatchObject({ method: 'PUT', path: '/other', body: 'again' })
    expect(requests[1]?.headers.authorization).toBe('Bearer secret')
  })

  test('what is streamed is sent again to where a 307 leads, after the host was asked once more', async () => {
    const moved = answer(307, { location: '/other' })
    const { url, requests } = await server(moved, moved, answer(201))
    const { http } = client()
    const body = async function* () {
      yield Buffer.from('stream')
    }
    expect((await http.request({ method: 'PUT', url, contentLength: 6, body })).status).toBe(201)
    expect(requests.map(({ path }) => path)).toEqual(['/', '/', '/other'])
    expect(requests.at(-1)).toMatchObject({ method: 'PUT', body: 'stream' })
  })

  test('303 after POST becomes GET without a body', async () => {
    const { url, requests } = await server(answer(303, { location: '/seen' }), answer(200))
    await client().http.request({ method: 'POST', url, body: 'x', headers: { 'content-type': 'text/plain' } })
    expect(requests[1]).toMatchObject({ method: 'GET', body: '' })
    expect(requests[1]?.headers['content-type']).toBeUndefined()
  })

  test('manual hands the redirect back', async () => {
    const { url } = await server(answer(302, { location: '/other' }))
    const response = await client().http.request({ url, redirect: 'manual' })
    expect(response.headers.get('location')).toBe('/other')
  })

  test('circles end', async () => {
    const { url, requests } = await server(answer(302, { location: '/' }))
    await expect(client().http.request({ url })).rejects.toThrow(/in circles/)
    expect(requests).toHaveLength(11)
  })

  test.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'http://user:word@127.0.0.1/'])(
    '%s is refused',
    async (location) => {
      const { url } = await server(answer(302, { location }))
      await expect(client().http.request({ url })).rejects.toThrow(UserError)
    },
  )
})
