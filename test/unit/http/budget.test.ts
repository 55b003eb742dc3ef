import { describe, expect, test } from '@jest/globals'
import { createBudget } from '../../../src/http/budget.ts'
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
  test('a burst is free, then the rate holds', async () => {
    const clock = fastClock()
    const budget = createBudget(clock)
    expect(await spend(budget, clock, 80)).toBe(0)
    expect(await spend(budget, clock, 160)).toBeCloseTo(2, 0)
  })

  test('a refusal halves the rate once for all that were under way, and leaves no burst', async () => {
    const clock = fastClock()
    const budget = createBudget(clock)
    const tokens = [await budget.take(signal), await budget.take(signal), await budget.take(signal)]
    clock.advance(5)
    for (const token of tokens) budget.refused(token, 1000)
    const seconds = await spend(budget, clock, 40)
    expect(seconds).toBeGreaterThan(1.9)
    expect(seconds).toBeLessThan(2.1)
  })

  test('refusals of later requests halve again, down to one a second', async () => {
    const clock = fastClock()
    const budget = createBudget(clock)
    for (let refusals = 0; refusals < 20; refusals++) {
      const token = await budget.take(signal)
      clock.advance(1)
      budget.refused(token, 0)
    }
    const seconds = await spend(budget, clock, 3)
    expect(seconds).toBeGreaterThan(1.2)
    expect(seconds).toBeLessThan(3.1)
  })

  test('the rate recovers slowly', async () => {
    const clock = fastClock()
    const budget = createBudget(clock)
    const token = await budget.take(signal)
    clock.advance(1)
    budget.refused(token, 0)
    clock.advance(10_000)
    await spend(budget, clock, 50)
    expect(await spend(budget, clock, 50)).toBeCloseTo(1, 1)
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
