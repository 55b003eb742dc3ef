import type { Clock } from './clock.ts'

/** The rate budget of one host, shared by all that talks to it: a token bucket whose rate is halved by refusals. */
export interface Budget {
  /** Waits until a request may be sent. Answers a token for `accepted` and `refused`. */
  take(signal: AbortSignal): Promise<number>
  /** The host took the request of this token, whatever it answered. */
  accepted(token: number): void
  /**
   * The host answered 429 to the request of this token: nothing is sent for `pause` milliseconds.
   * Requests that were under way together count as one refusal.
   */
  refused(token: number, pause: number): void
  /** The host asks for a pause, but not for a lower rate. */
  pause(milliseconds: number): void
}

const unlimited = Number.POSITIVE_INFINITY
const lowestRate = 1
/** Of what a host was measured to bear, the part that is used. */
const margin = 0.95
/** A host that has refused gets at most as many requests at once as its rate allows in a quarter of a second. */
const burstOf = (rate: number): number => Math.max(1, rate / 4)

/**
 * What an accepted request adds to the rate. One refusal tells little, as it comes when the host's burst is used up, so that the
 * rate first grows by half each second. The second one tells the host's rate: from then on 3 % and 0.1 requests a second.
 */
const gain = (rate: number, refusals: number): number => (refusals < 2 ? 0.5 : 0.03 + 0.1 / rate)

/** @param published requests a second that the host is known to grant; without it, nothing is held back until it refuses */
export function createBudget(clock: Clock, published = unlimited): Budget {
  let rate = published
  let burst = published
  let tokens = published
  let updated = clock.now()
  let pausedUntil = Number.NEGATIVE_INFINITY
  let refusals = 0
  let last: Refusal = { at: Number.NEGATIVE_INFINITY, seconds: 1, accepted: 0, rate: published }
  let recent: number[] = []
  let accepted = 0
  let queue: Promise<unknown> = Promise.resolve()

  const refill = (): void => {
    const now = clock.now()
    if (rate < unlimited) tokens = Math.min(burst, tokens + ((now - updated) / 1000) * rate)
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
      const shortage = tokens >= 1 ? 0 : ((1 - tokens) / rate) * 1000
      const wait = Math.max(pausedUntil - now, shortage)
      if (wait <= 0) {
        tokens -= 1
        return now
      }
      // Rounded up, as a timer that fires a fraction early would only go round again.
      await clock.sleep(Math.ceil(wait), signal)
    }
  }

  const adopt = (refusal: Refusal): void => {
    last = refusal
    rate = rateAfter(refusal)
    burst = burstOf(rate)
  }

  return {
    pause,
    take(signal) {
      // One after the other, so that the first to ask is the first to go.
      const taken = queue.then(() => next(signal))
      queue = taken.catch(() => undefined)
      return taken
    },
    accepted(token) {
      const now = clock.now()
      // Its answer was still under way when another was refused.
      if (token <= last.at) {
        if (accepted === 0) adopt({ ...last, accepted: last.accepted + 1 })
        return
      }
      accepted++
      rate = Math.min(published, rate + gain(rate, refusals))
      if (refusals > 0) return
      recent.push(now)
      while ((recent[0] ?? now) < now - 1000) recent.shift()
    },
    refused(token, milliseconds) {
      const now = clock.now()
      refill()
      pause(milliseconds)
      tokens = Math.min(tokens, 0)
      if (token <= last.at) return
      // Between two refusals a quota is used up from its end to its end, so that what was accepted is the host's own rate.
      const borne =
        refusals === 0
          ? { accepted: recent.filter((time) => time >= now - 1000).length, seconds: 1 }
          : { accepted, seconds: (now - last.at) / 1000 }
      if (refusals === 0 || accepted > 0) {
        adopt({ at: now, rate, ...borne })
        refusals++
      } else {
        // Still closed since the last refusal, which says nothing of the host's rate.
        last = { ...last, at: now }
      }
      accepted = 0
      recent = []
    },
  }
}

/**
 * Requests a second that a host is known to grant. Only Google's registries are: 5 000 a minute, of which a little is left to
 * others. They count by the minute, so that whoever finds that out by refusals waits for the rest of the minute.
 */
export const publishedRate = (hostname: string): number | undefined =>
  /(?:^|\.)(?:pkg\.dev|gcr\.io)$/.test(hostname) ? 80 : undefined

/** What is known of a refusal: when it came, the rate until then, and how many requests the host accepted in which time. */
interface Refusal {
  readonly at: number
  readonly rate: number
  readonly accepted: number
  readonly seconds: number
}

/** Half the rate until now, but not less than what the host was seen to bear. */
function rateAfter({ rate, accepted, seconds }: Refusal): number {
  const half = rate === unlimited ? 0 : rate / 2
  return Math.max(lowestRate, half, Math.min((accepted / seconds) * margin, rate))
}
