/** Which answers and errors are worth another try, and how long to wait for it. Pure. */

/** Tries of a request whose connection breaks or whose host fails (5xx). */
export const failureTries = 5
/** Tries of a request that is refused (429): the host is well, only busy. */
export const refusalTries = 12
/** A longer `Retry-After` than this ends the request: the caller sees the status at once. */
export const longestPause = 10 * 60_000

/** Source: RFC 9110 §15. 501 and 505 do not get better by waiting. */
export const isTransientStatus = (status: number): boolean => [408, 500, 502, 503, 504].includes(status)

const transientCodes = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ETIMEDOUT',
])

/** True for a reset, a timeout or a host that is away for the moment; false for a name or certificate that is wrong. */
export function isTransientError(error: unknown): boolean {
  const code = errorCode(error)
  return code !== undefined && (transientCodes.has(code) || code.startsWith('UND_ERR_'))
}

/** The system's or undici's code of a failed fetch, which is in its cause. */
export function errorCode(error: unknown): string | undefined {
  const innermost = rootCause(error)
  return 'code' in innermost && typeof innermost.code === 'string' ? innermost.code : undefined
}

/** The error that a failed fetch was caused by. */
export function rootCause(error: unknown): object {
  if (typeof error !== 'object' || error === null) return {}
  if ('code' in error && typeof error.code === 'string') return error
  // A host with several addresses fails with one error for each.
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return rootCause(error.errors[0])
  return 'cause' in error && error.cause ? rootCause(error.cause) : error
}

/** Exponential backoff with jitter: somewhere in the upper half of 0.25 s, 0.5 s, 1 s, … 8 s, in milliseconds. */
export const backoff = (tries: number, random: number): number =>
  Math.min(8000, 250 * 2 ** (tries - 1)) * (0.5 + random / 2)

/**
 * Milliseconds that `Retry-After` asks for: seconds, or an HTTP date (RFC 9110 §10.2.3).
 * @param now wall-clock time in milliseconds since the epoch
 */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  const text = header.trim()
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
