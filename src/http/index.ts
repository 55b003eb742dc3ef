/** The one HTTP client of a step: per-host budgets, retries, `Retry-After`. See client.ts. */
export type { HttpClient, HttpRequest } from './client.ts'
export { createHttpClient } from './client.ts'
