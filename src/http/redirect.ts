import { UserError } from '../errors/index.ts'

/** What goes over the wire in one hop. */
export interface Hop {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly withBody: boolean
  /** The host was seen to answer with a redirect. */
  readonly redirects?: boolean
}

export const longestChain = 10

/** Headers that speak for the user to one host only. */
const personal = new Set(['authorization', 'cookie', 'proxy-authorization'])
const aboutBody = new Set(['content-type', 'content-length', 'content-encoding'])

/**
 * Where a redirect leads: the same request without what belongs to the first host.
 * @returns undefined when the answer is no redirect
 * @throws UserError when it leads from HTTPS to anything else, or nowhere
 */
export function nextHop(hop: Hop, status: number, location: string | null): Hop | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return undefined
  if (!URL.canParse(location, hop.url)) throw new UserError(`${hop.url.host} redirects to something that is not a URL`)
  const url = new URL(location, hop.url)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && hop.url.protocol === 'http:')) {
    throw new UserError(`${hop.url.host} redirects from HTTPS to ${url.protocol}//${url.host}, which is refused`, {
      hint: 'The redirect would take the request off TLS; ask those who run the host.',
    })
  }
  if (url.username !== '' || url.password !== '')
    throw new UserError(`${hop.url.host} redirects to a URL with credentials in it`)
  const toGet = (status === 303 && hop.method !== 'HEAD') || (status < 303 && hop.method === 'POST')
  const dropped = (name: string): boolean =>
    (url.origin !== hop.url.origin && personal.has(name)) || (toGet && aboutBody.has(name))
  return {
    method: toGet ? 'GET' : hop.method,
    url,
    headers: Object.fromEntries(Object.entries(hop.headers).filter(([name]) => !dropped(name.toLowerCase()))),
    withBody: hop.withBody && !toGet,
  }
}
