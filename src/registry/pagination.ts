import { UserError } from '../runner/index.ts'
import type { RegistryRequest, Transport } from './transport.ts'

const mostPages = 10_000
/** A page of a list is a document of this size at most, in bytes. */
const largestPage = 16 << 20

/** The answers to a request and to those that their `Link` headers lead to. @throws UserError when there is no end */
export async function* readPages(
  transport: Transport,
  request: RegistryRequest,
): AsyncGenerator<{ readonly response: Response; readonly bytes: Uint8Array }> {
  let url = request.url
  for (let count = 0; count < mostPages; count++) {
    const page = await transport.receive({ ...request, url }, largestPage)
    yield page
    const next = page.response.ok ? nextPage(page.response.headers.get('link')) : undefined
    if (next === undefined) return
    url = transport.resolve(next, page.response)
  }
  throw new UserError(`${transport.host}: cannot ${request.what}: the list does not end`)
}

/**
 * The target of `rel="next"` in a `Link` header.
 * Source: RFC 8288; distribution specification, "Listing Tags" and "Listing Referrers".
 */
export function nextPage(link: string | null): string | undefined {
  for (const [, target, parameters = ''] of (link ?? '').matchAll(
    /<([^>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*)/g,
  )) {
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(parameters)) return target
  }
  return undefined
}

/** The media type of an answer, without its parameters. */
export const contentType = (response: Response): string =>
  response.headers.get('content-type')?.split(';')[0]?.trim() ?? ''
