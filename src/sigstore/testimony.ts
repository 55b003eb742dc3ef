import type { HttpClient } from '../http/index.ts'
import type { Testimony } from './bundle.ts'
import { type LogRequest, logSignature } from './rekor.ts'
import type { SigningServices } from './services.ts'
import { requestTimestamp } from './timestamp.ts'

/**
 * Has all logs and timestamp authorities testify to a signature, side by side.
 * @throws UserError when one of them refuses
 * @throws DuplicateEntry when a log has it already; another signature helps
 */
export async function requestTestimony(
  http: HttpClient,
  services: SigningServices,
  request: LogRequest,
): Promise<Testimony> {
  const [logEntries, timestamps] = await Promise.all([
    Promise.all(services.logs.map((log) => logSignature(http, log, request))),
    Promise.all(services.timestampAuthorities.map((url) => requestTimestamp(http, url, request.content.signature))),
  ])
  return { logEntries, timestamps }
}
