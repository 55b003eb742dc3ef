import type { HttpClient, HttpRequest } from '../http/index.ts'
import { UserError } from '../runner/index.ts'

const longestReason = 300

/**
 * Sends a request to a Sigstore service and answers a good response, or one of the statuses that the caller handles.
 * @throws UserError with the service's reason, in which `secret` is blotted out
 */
export async function requestService(
  http: HttpClient,
  request: HttpRequest,
  options: { readonly service: string; readonly handled?: readonly number[]; readonly secret?: string },
): Promise<Response> {
  const response = await http.request(request)
  if (response.ok || options.handled?.includes(response.status)) return response
  const reason = reasonOf(await response.text().catch(() => ''))
  const shown = options.secret ? reason.replaceAll(options.secret, '***') : reason
  throw new UserError(`${options.service} at ${request.url} refused: ${response.status}${shown && ` ${shown}`}`)
}

/** A request with a JSON body. */
export const jsonRequest = (url: string, body: unknown): HttpRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/json', accept: 'application/json' },
  body: JSON.stringify(body),
})

function reasonOf(body: string): string {
  try {
    const json: unknown = JSON.parse(body)
    if (json !== null && typeof json === 'object' && 'message' in json)
      return String(json.message).slice(0, longestReason)
  } catch {
    // Not JSON: the text itself is the reason.
  }
  return body.trim().slice(0, longestReason)
}
