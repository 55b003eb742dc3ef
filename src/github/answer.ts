import { UserError } from '../runner/index.ts'

/** What GitHub answers is read by these, so that an answer of another shape is an error and never `undefined`. */

/** @throws UserError when there is no text there */
export function textAt(answer: unknown, ...path: readonly (string | number)[]): string {
  const value = valueAt(answer, path)
  if (typeof value === 'string') return value
  throw new UserError(`GitHub's answer has no '${path.join('.')}'`)
}

/** @throws UserError when there is no number there */
export function numberAt(answer: unknown, ...path: readonly (string | number)[]): number {
  const value = valueAt(answer, path)
  if (typeof value === 'number') return value
  throw new UserError(`GitHub's answer has no '${path.join('.')}'`)
}

/** @throws UserError when the answer is no list */
export function listOf(answer: unknown): readonly unknown[] {
  if (Array.isArray(answer)) return answer
  throw new UserError("GitHub's answer is not a list")
}

const valueAt = (answer: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    answer,
  )
