import { UserError } from '../runner/index.ts'

/** The Sigstore services to sign with. */
export interface SigningServices {
  /** Base URL of the certificate authority; absent where a key pair needs none. */
  readonly fulcio: string | undefined
  readonly logs: readonly TransparencyLog[]
  /** Complete URLs that take RFC 3161 requests. */
  readonly timestampAuthorities: readonly string[]
}

export interface TransparencyLog {
  readonly url: string
  /** Rekor's API; found out at the first entry where it is not known. */
  readonly version: 1 | 2 | undefined
}

export const noServices: SigningServices = { fulcio: undefined, logs: [], timestampAuthorities: [] }

/** An http(s) URL without a slash at its end. @throws UserError */
export function serviceUrl(text: string, what: string): string {
  const url = URL.parse(text)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new UserError(`${what} is not the URL of a service: '${text}'`, { hint: 'Write it as https://host.' })
  }
  return url.href.replace(/\/+$/, '')
}

/** A signing configuration has the whole URL; a user may give the host of a Sigstore timestamp authority alone. */
export function timestampEndpoint(text: string, what: string): string {
  const url = serviceUrl(text, what)
  return new URL(url).pathname === '/' ? `${url}/api/v1/timestamp` : url
}
