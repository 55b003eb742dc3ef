import { isIPv4 } from 'node:net'
import type { HttpRequest } from '../http/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { type Authorizer, createAuthorizer, type Scope } from './authorization.ts'
import { failure, readBounded } from './failure.ts'

export interface RegistryRequest {
  readonly method?: NonNullable<HttpRequest['method']>
  /** Below `/v2/`, or a URL that the registry gave. */
  readonly url: string | URL
  readonly scope: Scope
  /** For an error message: `read the manifest v1`. */
  readonly what: string
  /** Statuses that are answers; any other is thrown. */
  readonly expect: readonly number[]
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: NonNullable<HttpRequest['body']>
  readonly contentLength?: number
  /** As in `HttpRequest`. */
  readonly repeatable?: boolean
}

/** The way to one registry host. */
export interface Transport {
  /** As it stands in references. */
  readonly host: string
  /**
   * @returns an answer with one of the expected statuses
   * @throws UserError that says what the registry said
   */
  send(request: RegistryRequest): Promise<Response>
  /**
   * Sends, and reads the whole answer; one that breaks off is asked for again.
   * @throws UserError also when it is longer than `limit` bytes
   */
  receive(request: RegistryRequest, limit: number): Promise<{ readonly response: Response; readonly bytes: Uint8Array }>
  /** A `Location` or `Link` of an answer as URL. @throws UserError when it is none, or leaves TLS */
  resolve(target: string, response: Response): URL
}

const receiveTries = 3

const authorizers = new WeakMap<Step, Map<string, Authorizer>>()

/** @param plainHttp hosts to speak plain HTTP to; loopback always is */
export function openTransport(host: string, plainHttp: readonly string[], step: Step): Transport {
  const plain = isLoopback(host) || plainHttp.includes(host)
  const base = new URL(`${plain ? 'http' : 'https'}://${host === 'docker.io' ? 'registry-1.docker.io' : host}/v2/`)
  const authorizer = sharedAuthorizer(host, plain, step)

  const send = async ({ url, scope, what, expect, headers, ...request }: RegistryRequest): Promise<Response> => {
    const target = new URL(url, base)
    const ours = target.origin === base.origin
    const attempt = (authorization: string | undefined): Promise<Response> =>
      step.http.request({
        ...request,
        url: target,
        // Without it the answer might come compressed, and its bytes not be those of the digest.
        headers: { 'accept-encoding': 'identity', ...headers, ...(authorization ? { authorization } : {}) },
      })
    const first = ours ? await authorizer.current(scope) : undefined
    let response = await attempt(first)
    if (response.status === 401 && ours) {
      const second = await authorizer.answer(response.headers.get('www-authenticate'), scope, first)
      if (second !== undefined) {
        await response.body?.cancel()
        response = await attempt(second)
      }
    }
    if (!expect.includes(response.status)) throw await failure(response, host, `cannot ${what}`)
    return response
  }

  return {
    host,
    send,
    async receive(request, limit) {
      for (let tries = 1; ; tries++) {
        const response = await send(request)
        const bytes = await readBounded(response, limit).catch((error: unknown) => {
          step.signal.throwIfAborted()
          if (tries < receiveTries) return 'broken' as const
          throw new UserError(`${host}: cannot ${request.what}: the answer breaks off`, { cause: error })
        })
        if (bytes === 'broken') continue
        if (bytes === undefined)
          throw new UserError(`${host}: cannot ${request.what}: the answer is over ${limit} bytes`)
        return { response, bytes }
      }
    },
    resolve(target, response) {
      const origin = response.url || base
      if (!URL.canParse(target, origin)) throw new UserError(`${host} answered with a place that is not a URL`)
      const url = new URL(target, origin)
      if (url.protocol !== 'https:' && !(plain && url.protocol === 'http:')) {
        throw new UserError(`${host} is spoken to by TLS, but leads to ${url.protocol}//${url.host}`, {
          hint: 'A registry behind a proxy must be told its public address.',
        })
      }
      return url
    },
  }
}

function sharedAuthorizer(host: string, plain: boolean, step: Step): Authorizer {
  const hosts = authorizers.get(step) ?? new Map<string, Authorizer>()
  authorizers.set(step, hosts)
  const authorizer = hosts.get(host) ?? createAuthorizer(host, plain, step)
  hosts.set(host, authorizer)
  return authorizer
}

/** `localhost`, 127.0.0.0/8 and ::1, with or without a port. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '')
  return name === 'localhost' || (isIPv4(name) && name.startsWith('127.')) || name === '[::1]'
}
