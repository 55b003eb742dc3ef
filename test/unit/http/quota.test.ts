import { describe, expect, test } from '@jest/globals'
import { createBudget } from '../../../src/http/budget.ts'
import { type VirtualClock, virtualClock } from './virtual-clock.ts'

const signal = new AbortController().signal

interface Quota {
  readonly perSecond: number
  readonly burst: number
}

/** A host that refuses what is over its quota, as a token bucket does. */
function limitedHost(clock: VirtualClock, { perSecond, burst }: Quota) {
  let tokens = burst
  let last = clock.now()
  return {
    async ask(): Promise<boolean> {
      await clock.sleep(1 + clock.random() * 10, signal)
      tokens = Math.min(burst, tokens + ((clock.now() - last) / 1000) * perSecond)
      last = clock.now()
      const passed = tokens >= 1
      if (passed) tokens -= 1
      await clock.sleep(1 + clock.random() * 30, signal)
      return passed
    },
  }
}

/** Many who send `count` requests by one budget, each again until it is accepted. */
async function send(quota: Quota, count: number, published?: number) {
  const clock = virtualClock()
  const budget = createBudget(clock, published)
  const host = limitedHost(clock, quota)
  const refusals: number[] = []
  let begun = 0
  const worker = async (): Promise<void> => {
    while (begun++ < count) {
      for (;;) {
        const token = await budget.take(signal)
        if (await host.ask()) {
          budget.accepted(token)
          break
        }
        refusals.push(clock.now())
        budget.refused(token, 1000)
      }
    }
  }
  await clock.run(Promise.all(Array.from({ length: 24 }, worker)))
  const late = refusals.filter((time) => time > 1000).length
  return { seconds: clock.now() / 1000, refused: refusals.length, share: late / (count + late) }
}

describe('a host with a quota', () => {
  test.each([
    { perSecond: 5, burst: 5 },
    { perSecond: 5, burst: 20 },
    { perSecond: 20, burst: 5 },
    { perSecond: 20, burst: 20 },
    { perSecond: 20, burst: 100 },
    { perSecond: 83, burst: 20 },
    { perSecond: 83, burst: 83 },
    { perSecond: 83, burst: 500 },
  ])('of %p is used up, and not overrun', async (quota) => {
    for (const count of [150, 1000]) {
      const { seconds, share } = await send(quota, count)
      const least = Math.max(0, count - quota.burst) / quota.perSecond
      expect(share).toBeLessThan(0.05)
      expect(seconds).toBeLessThan(1.25 * least + 2.5)
    }
  })

  test('known beforehand is never overrun', async () => {
    expect(await send({ perSecond: 83, burst: 83 }, 1000, 80)).toMatchObject({ refused: 0 })
  })

  test('that nobody reaches holds nothing back', async () => {
    const { seconds, refused } = await send({ perSecond: 10_000, burst: 10_000 }, 2400)
    expect(refused).toBe(0)
    // 24 at once, 21 ms each.
    expect(seconds).toBeLessThan(2.5)
  })
})
