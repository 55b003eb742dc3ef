import { describe, expect, test } from '@jest/globals'
import { createBudget, publishedRate } from '../../../src/http/budget.ts'
import { nextHop } from '../../../src/http/redirect.ts'
import { backoff, isTransientError, retryAfter } from '../../../src/http/retry.ts'
import { fastClock } from './server.ts'

const signal = new AbortController().signal

/** Seconds that `count` requests take. */
async function spend(
  budget: ReturnType<typeof createBudget>,
  clock: ReturnType<typeof fastClock>,
  count: number,
): Promise<number> {
  const start = clock.now()
  for (let sent = 0; sent < count; sent++) await budget.take(signal)
  return (clock.now() - start) / 1000
}

describe('budget', () => {
  test('of a host that has refused nothing holds nothing back', async () => {
    const clock = fastClock()
    expect(await spend(createBudget(clock), clock, 1000)).toBe(0)
  })

  test('of a host whose quota is known: a burst is free, then the rate holds', async () => {
    const clock = fastClock()
    const budget = createBudget(clock, 80)
    expect(await spend(budget, clock, 80)).toBe(0)
    expect(await spend(budget, clock, 160)).toBeCloseTo(2, 0)
  })

  test('a refusal leaves what the host took in the last second, once for all that were under way, and no burst', async () => {
    const clock = fastClock()
    const budget = createBudget(clock)
    const old = await budget.take(signal)
    budget.accepted(old)
    clock.advance(2000)
    const tokens = await Promise.all(Array.from({ length: 50 }, () => budget.take(signal)))
    clock.advance(5)
    for (const token of tokens.slice(0, 20)) budget.accepted(token)
    for (const token of tokens.slice(20, 40)) budget.refused(token, 1000)
    for (const token of tokens.slice(40)) budget.accepted(token)
    // 1 s of pause, 7 of the 30 a second at once, and the others at 95 % of that.
    const seconds = await spend(budget, clock, 40)
    expect(seconds).toBeGreaterThan(2)
    expect(seconds).toBeLessThan(2.3)
  })

  test('refusals of later requests halve a rate that was not used up', async () => {
    const clock = fastClock()
    const budget = createBudget(clock, 80)
    for (let refusals = 0; refusals < 3; refusals++) {
      clock.advance(10_000)
      budget.accepted(await budget.take(signal))
      budget.refused(await budget.take(signal), 0)
      clock.advance(1)
    }
    await spend(budget, clock, 10)
    expect(await spend(budget, clock, 10)).toBeCloseTo(1, 0)
  })

  test('a host that stays closed is not taken for a slower one', async () => {
    const clock = fastClock()
    const budget = createBudget(clock, 80)
    budget.accepted(await budget.take(signal))
    for (let refusals = 0; refusals < 20; refusals++) {
      clock.advance(1)
      budget.refused(await budget.take(signal), 100)
    }
    await spend(budget, clock, 20)
    expect(await spend(budget, clock, 40)).toBeCloseTo(1, 1)
  })

  test('what a host accepts lets the rate recover slowly, and idleness does not', async () => {
    const clock = fastClock()
    const budget = createBudget(clock, 80)
    for (let refusals = 0; refusals < 2; refusals++) {
      clock.advance(1)
      budget.accepted(await budget.take(signal))
      budget.refused(await budget.take(signal), 0)
    }
    clock.advance(600_000)
    await spend(budget, clock, 10)
    const before = await spend(budget, clock, 20)
    expect(before).toBeGreaterThan(0.9)
    for (let sent = 0; sent < 400; sent++) budget.accepted(await budget.take(signal))
    const after = await spend(budget, clock, 20)
    expect(after).toBeLessThan(before * 0.75)
    expect(after).toBeGreaterThan(before * 0.5)
  })

  test('a waiting request can be cancelled and does not hold up the next', async () => {
    const clock = fastClock()
    const budget = createBudget(clock)
    const cancelled = new AbortController()
    cancelled.abort(new Error('stop'))
    const waiting = budget.take(cancelled.signal)
    await expect(waiting).rejects.toThrow('stop')
    await expect(budget.take(signal)).resolves.toBe(0)
  })

  test.each([
    ['us-central1-docker.pkg.dev', 80],
    ['gcr.io', 80],
    ['eu.gcr.io', 80],
    ['gcr.io.example.com', undefined],
    ['notgcr.io', undefined],
    ['registry.k8s.io', undefined],
    ['127.0.0.1', undefined],
  ])('%s is known to grant %p a second', (hostname, expected) => expect(publishedRate(hostname)).toBe(expected))
})

describe('retry', () => {
  const now = Date.parse('2026-01-02T03:04:05Z')
  test.each([
    [null, undefined],
    ['0', 0],
    ['120', 120_000],
    ['Fri, 02 Jan 2026 03:04:35 GMT', 30_000],
    ['Fri, 02 Jan 2026 03:00:00 GMT', 0],
    ['soon', undefined],
  ])('Retry-After %s', (header, expected) => expect(retryAfter(header, now)).toBe(expected))

  test('backoff grows, has jitter and a limit', () => {
    expect(backoff(1, 0)).toBe(125)
    expect(backoff(1, 0.999)).toBeLessThan(250)
    expect(backoff(4, 0)).toBe(1000)
    expect(backoff(40, 1)).toBe(8000)
  })

  test.each([
    [Object.assign(new Error('x'), { code: 'ECONNRESET' }), true],
    [new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'UND_ERR_SOCKET' }) }), true],
    [
      new TypeError('x', { cause: new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]) }),
      true,
    ],
    [Object.assign(new Error('x'), { code: 'ENOTFOUND' }), false],
    [Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' }), false],
    [Object.assign(new Error('x'), { code: 'ENOENT' }), false],
    [new Error('x'), false],
    ['x', false],
  ])('%s is transient: %p', (error, expected) => expect(isTransientError(error)).toBe(expected))
})

describe('redirect', () => {
  const hop = {
    method: 'GET',
    url: new URL('https://a.example/x'),
    headers: { Authorization: 'Basic eA==' },
    withBody: false,
  }
  test('never leaves TLS', () => {
    expect(() => nextHop(hop, 302, 'http://a.example/x')).toThrow(/refused/)
    expect(nextHop(hop, 302, 'https://a.example/y')?.headers).toEqual(hop.headers)
  })
  test('another port is another host', () => {
    expect(nextHop(hop, 307, 'https://a.example:8443/y')?.headers).toEqual({})
  })
  test('HEAD stays HEAD, and 304 is no redirect', () => {
    expect(nextHop({ ...hop, method: 'HEAD' }, 303, '/y')?.method).toBe('HEAD')
    expect(nextHop(hop, 304, '/y')).toBeUndefined()
  })
})
