import { afterEach, describe, expect, test } from '@jest/globals'
import { createHttpClient, type HttpClient } from '../../../src/http/index.ts'
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

function client(random = 0.5): { http: HttpClient; clock: ReturnType<typeof fastClock> } {
  const clock = { ...fastClock(), random: () => random }
  return { http: createHttpClient({ signal: new AbortController().signal, clock }), clock }
}
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString()

describe('Retry-After', () => {
  test.each([429, 503])('of %i as an HTTP date is waited for', async (status) => {
    const { url, requests } = await server(answer(status, { 'retry-after': inSeconds(40) }), answer(200))
    const { http, clock } = client()
    expect((await http.request({ url })).status).toBe(200)
    expect(requests).toHaveLength(2)
    // A date has whole seconds, and the test takes a moment.
    expect(clock.now()).toBeGreaterThan(35_000)
    expect(clock.now()).toBeLessThan(41_000)
  })

  test.each([429, 503])(
    'of %i holds back all that goes to the host, and nothing that goes to others',
    async (status) => {
      const { url } = await server(answer(status, { 'retry-after': '7' }), answer(200))
      const other = await server(answer(200))
      const { http, clock } = client()
      await http.request({ url: `${url}/first` })
      const refused = clock.slept.length
      expect(clock.now()).toBeGreaterThanOrEqual(7000)
      const at = clock.now()
      await http.request({ url: other.url })
      expect(clock.now()).toBe(at)
      expect(clock.slept).toHaveLength(refused)
    },
  )

  test.each([
    ['0', () => '0'],
    ['a date that has passed', () => inSeconds(-3600)],
  ])('of %s, on a host that fails, does not let tries follow at once', async (_, header) => {
    const { url, requests } = await server(answer(503, { 'retry-after': header() }))
    const { http, clock } = client()
    expect((await http.request({ url })).status).toBe(503)
    expect(requests).toHaveLength(5)
    expect(clock.slept).toHaveLength(4)
    expect(Math.min(...clock.slept)).toBeGreaterThanOrEqual(125)
  })
})

test('a request that comes while a host pauses waits for it too, though it is for another path', async () => {
  const { url, requests } = await server(answer(429, { 'retry-after': '7' }), answer(200))
  const other = await server(answer(200))
  let now = 0
  let sleeps: () => void = () => undefined
  const asleep = new Promise<void>((resolve) => {
    sleeps = resolve
  })
  let wake: () => void = () => undefined
  const morning = new Promise<void>((resolve) => {
    wake = resolve
  })
  const clock = {
    now: () => now,
    random: () => 0.5,
    async sleep(milliseconds: number) {
      sleeps()
      await morning
      now += milliseconds
    },
  }
  const http = createHttpClient({ signal: new AbortController().signal, clock })
  const first = http.request({ url: `${url}/first` })
  await asleep
  const second = http.request({ url: `${url}/second` })
  // Time enough for it to arrive, had it been sent.
  for (let sent = 0; sent < 10; sent++) await http.request({ url: other.url })
  expect(requests.map(({ path }) => path)).toEqual(['/first'])
  wake()
  await Promise.all([first, second])
  expect(requests.map(({ path }) => path).sort()).toEqual(['/first', '/first', '/second'])
  expect(now).toBeGreaterThanOrEqual(7000)
})

test('a refusal by the host that a redirect leads to is charged to that host', async () => {
  const store = await server(answer(429, { 'retry-after': '9' }), answer(200, {}, 'blob'))
  const registry = await server(answer(307, { location: `${store.url}/blob` }))
  const { http, clock } = client()
  await http.request({ url: registry.url })
  expect(store.requests).toHaveLength(2)
  expect(clock.now()).toBeGreaterThanOrEqual(9000)
  const at = clock.now()
  // The registry has refused nothing, so that it has no rate to keep to.
  for (let sent = 0; sent < 20; sent++) await http.request({ url: registry.url, redirect: 'manual' })
  expect(clock.now()).toBe(at)
})

test.each([
  ['a reset', reset],
  ['503', answer(503)],
  ['429', answer(429, { 'retry-after': '1' })],
])('a body is sent again whole after %s, streamed or not', async (_, failure) => {
  const opened = async function* () {
    yield Buffer.from('abc')
    yield Buffer.from('def')
  }
  for (const body of ['abcdef', Buffer.from('abcdef'), opened]) {
    const { url, requests } = await server(failure, answer(201))
    const { http } = client()
    expect((await http.request({ method: 'PUT', url, contentLength: 6, body })).status).toBe(201)
    expect(requests).toHaveLength(2)
    expect(requests[1]?.body).toBe('abcdef')
  }
})

test.each([
  ['a reset', reset],
  ['503', answer(503)],
])('chance decides how long one waits after %s', async (_, failure) => {
  const waits: number[] = []
  for (const random of [0, 0.9]) {
    const { url } = await server(failure, answer(200))
    const { http, clock } = client(random)
    await http.request({ url })
    waits.push(...clock.slept)
  }
  expect(waits).toEqual([125, 237.5])
})
