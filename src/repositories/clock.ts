import { UserError } from '../runner/index.ts'

const second = 1000

/** apt's Acquire::Max-FutureTime: it refuses an index that is dated later than this after its own time. */
const tolerance = 10 * second

/**
 * The date of the next index, in whole seconds: later than the one before, since clients ignore an older one.
 * @throws UserError when the one before lies in the future
 */
export function nextDate(now: Date, previous: Date | undefined): Date {
  const current = Math.floor(now.getTime() / second) * second
  const least = previous ? previous.getTime() + second : current
  if (least > current + tolerance) {
    throw new UserError(
      `The repository is dated ${previous?.toISOString()}, but it is ${now.toISOString()} on this machine`,
      {
        hint: 'Set the clock of the machine that is wrong; clients would ignore an index that is older than the last.',
      },
    )
  }
  return new Date(Math.max(current, least))
}

/** The time at which signatures must hold: one that `nextDate` has put after the machine's own time does, too. */
export const verificationTime = (now: Date): Date => new Date(now.getTime() + tolerance)
