/** The one HTTP client of a step: per-host budgets, retries, `Retry-After`, redirects that keep credentials at home. */

export { ConnectionError, createHttpClient, type HttpClient, type HttpRequest } from './client.ts'
export { type Clock, systemClock } from './clock.ts'
export { backoff, isTransientError } from './retry.ts'
