import { setTimeout } from 'node:timers/promises'

/** Time and chance, so that a test of waiting does not wait. */
export interface Clock {
  /** Milliseconds; only differences count. */
  now(): number
  /** @throws the signal's reason when it is aborted */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
  /** In [0, 1). */
  random(): number
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
  random: Math.random,
}
