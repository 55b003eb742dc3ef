import { setTimeout } from 'node:timers/promises'
import type { Step } from '../runner/index.ts'

const tries = 5

/**
 * Does work again that failed for a moment; the SDKs do not repeat a request whose body is a stream.
 * The pause doubles from a quarter of a second, with jitter.
 */
export async function withRetries<T>(step: Step, work: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures++) {
    step.signal.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      step.signal.throwIfAborted()
      if (failures >= tries || !isTransient(error)) throw error
      step.log.debug(`Trying again: ${String(error)}`)
      await setTimeout(2 ** failures * 125 * (1 + Math.random()), undefined, { signal: step.signal })
    }
  }
}

/** Also where an SDK wraps the error of a socket in one of its own: the code is in the message. */
const transientText =
  /\b(?:ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|ERR_STREAM_PREMATURE_CLOSE|ConditionalRequestConflict|InternalError|OperationAborted|RequestTimeout|ServiceUnavailable|SlowDown|Throttling\w*|TimeoutError|socket hang up)\b/

/** Whether the same request may succeed a moment later. */
export function isTransient(error: unknown): boolean {
  const status = statusOf(error)
  if (status !== undefined && (status === 429 || status >= 500)) return true
  const { name, code, message, cause } = membersOf(error)
  if (cause !== undefined) return isTransient(cause)
  return transientText.test(`${name} ${code} ${message}`)
}

/** The HTTP status in an error of the AWS SDK (`$metadata`) or of Google's (`code`, `status`). */
export function statusOf(error: unknown): number | undefined {
  const { code, status, $metadata } = membersOf(error)
  const candidates = [code, status, membersOf($metadata).httpStatusCode].map(Number)
  return candidates.find((candidate) => candidate >= 100 && candidate < 600)
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
