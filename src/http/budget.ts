import type { Clock } from './clock.ts'

/** Requests a second that a host is first taken to bear, and at most; Artifact Registry's quota of 5 000 a minute is 83. */
const fullRate = 80
const lowestRate = 1
/** What a host gains back for each second without a refusal, in requests a second. */
const recovery = 1

/** The rate budget of one host: a token bucket whose rate is halved by a refusal and recovers slowly. */
export interface Budget {
  /** Waits until a request may be sent. Answers a token for `refused`. */
  take(signal: AbortSignal): Promise<number>
  /**
   * The host answered 429 (or 503 with `Retry-After`) to the request of this token: nothing is sent for `pause` milliseconds.
   * Requests that were under way together count as one refusal.
   */
  refused(token: number, pause: number): void
  /** The host asks for a pause, but not for a lower rate. */
  pause(milliseconds: number): void
}

export function createBudget(clock: Clock): Budget {
  let rate = fullRate
  let tokens = fullRate
  let updated = clock.now()
  let pausedUntil = 0
  let lastRefusal = Number.NEGATIVE_INFINITY
  let queue: Promise<unknown> = Promise.resolve()

  const refill = (): void => {
    const now = clock.now()
    const seconds = Math.max(0, now - Math.max(updated, pausedUntil)) / 1000
    rate = Math.min(fullRate, rate + seconds * recovery)
    tokens = Math.min(rate, tokens + seconds * rate)
    updated = now
  }

  const pause = (milliseconds: number): void => {
    pausedUntil = Math.max(pausedUntil, clock.now() + milliseconds)
  }

  const next = async (signal: AbortSignal): Promise<number> => {
    for (;;) {
      signal.throwIfAborted()
      refill()
      const now = clock.now()
      if (now >= pausedUntil && tokens >= 1) {
        tokens -= 1
        return now
      }
      const shortage = tokens >= 1 ? 0 : ((1 - tokens) / rate) * 1000
      // Rounded up, as a timer that fires a fraction early would only go round again.
      await clock.sleep(Math.ceil(Math.max(0, pausedUntil - now) + shortage), signal)
    }
  }

  return {
    pause,
    take(signal) {
      // One after the other, so that the first to ask is the first to go.
      const taken = queue.then(() => next(signal))
      queue = taken.catch(() => undefined)
      return taken
    },
    refused(token, milliseconds) {
      refill()
      pause(milliseconds)
      tokens = 0
      if (token <= lastRefusal) return
      lastRefusal = clock.now()
      rate = Math.max(lowestRate, rate / 2)
    },
  }
}
