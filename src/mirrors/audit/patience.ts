import { UserError } from '../../runner/index.ts'

/** What was got from a mirror, or why not. */
export type Attempt<Result> = { readonly result: Result } | { readonly failure: string }

/** Asks mirrors, and asks one that fails again and again no more: each try of a host that is away takes seconds. */
export interface Patience {
  attempt<Result>(mirror: string, work: () => Promise<Result>): Promise<Attempt<Result>>
}

const mostFailures = 3

/** @param signal a cancellation ends all; it is no failure of a mirror */
export function createPatience(signal: AbortSignal): Patience {
  const inSuccession = new Map<string, number>()
  return {
    async attempt(mirror, work) {
      signal.throwIfAborted()
      const failures = inSuccession.get(mirror) ?? 0
      if (failures >= mostFailures) return { failure: 'not asked: the mirror failed several times before' }
      try {
        const result = await work()
        inSuccession.set(mirror, 0)
        return { result }
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof UserError)) throw error
        inSuccession.set(mirror, (inSuccession.get(mirror) ?? 0) + 1)
        return { failure: error.message }
      }
    },
  }
}
