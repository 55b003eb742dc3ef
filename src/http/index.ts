// biome-ignore-all lint/suspicious/noImportCycles: the runner makes the client, and the client fails with the runner's UserError; neither is used while modules load.
/** The one HTTP client of a step: per-host budgets, retries, `Retry-After`, redirects that keep credentials at home. */

export { createHttpClient, type HttpClient, type HttpRequest } from './client.ts'
export type { Clock } from './clock.ts'
