import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../../src/http/index.ts'

export interface VirtualClock extends Clock {
  /** Lets time pass, from one sleeper to the next, until the work is done. */
  run<Result>(work: Promise<Result>): Promise<Result>
}

/** A clock for many who wait at once: time jumps to the next of them when nobody is busy. Chance has a seed. */
export function virtualClock(seed = 1): VirtualClock {
  let now = 0
  let state = seed
  let sleepers: { readonly until: number; readonly wake: () => void }[] = []
  return {
    now: () => now,
    random() {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) reject(signal.reason)
        else sleepers.push({ until: now + milliseconds, wake: resolve })
      }),
    async run(work) {
      let done = false
      const settle = (): void => {
        done = true
      }
      work.then(settle, settle)
      for (;;) {
        await setImmediate()
        if (done) return work
        const until = Math.min(...sleepers.map((sleeper) => sleeper.until))
        if (!Number.isFinite(until)) throw new Error('the work waits for nothing')
        now = Math.max(now, until)
        const woken = sleepers.filter((sleeper) => sleeper.until <= now)
        sleepers = sleepers.filter((sleeper) => sleeper.until > now)
        for (const { wake } of woken) wake()
      }
    },
  }
}
