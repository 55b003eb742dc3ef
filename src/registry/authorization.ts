import { type Step, UserError } from '../runner/index.ts'
import { type Challenge, parseChallenges } from './challenge.ts'
import { type Credentials, findCredentials } from './credentials.ts'
import { failure } from './failure.ts'

/** What a request needs: pull, or pull and push, on its repository, and pull on another one to mount from. */
export interface Scope {
  readonly name: string
  readonly actions: 'pull' | 'pull,push'
  readonly mountFrom?: string
}

/** The authorization of one registry host, shared by all its repositories. */
export interface Authorizer {
  /** The `Authorization` header to send before being asked for it, from what the host said earlier. */
  current(scope: Scope): Promise<string | undefined>
  /**
   * The header that answers a 401.
   * @param refused the header that the host did not accept
   * @returns undefined when there is no other to try
   */
  answer(wwwAuthenticate: string | null, scope: Scope, refused: string | undefined): Promise<string | undefined>
}

type Scheme =
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer'; readonly realm: URL; readonly service: string | undefined }

interface Token {
  readonly header: string
  /** Milliseconds since the epoch. */
  readonly expires: number
}

/**
 * The basic and bearer flows of the distribution specification. Credentials go to the host itself, and to the token
 * service that it names, which must be reached by TLS when the host is.
 */
export function createAuthorizer(host: string, plain: boolean, step: Step): Authorizer {
  let scheme: Scheme | undefined
  let credentials: Promise<Credentials | undefined> | undefined
  const tokens = new Map<string, Promise<Token>>()
  const known = async (): Promise<Credentials | undefined> => {
    const found = await credentials
    // A promotion may take longer than a cloud's token lasts.
    if (!credentials || isStale(found, step)) credentials = findCredentials(host, step)
    return credentials
  }

  const tokenFor = async (scope: Scope, realm: URL, service: string | undefined): Promise<string> => {
    const scopes = scopesOf(scope)
    const key = scopes.join(' ')
    // A token to push serves to pull as well.
    for (const usable of [key, scopesOf({ ...scope, actions: 'pull,push' }).join(' ')]) {
      const earlier = await tokens.get(usable)?.catch(() => undefined)
      if (earlier && earlier.expires > step.now().getTime()) return earlier.header
    }
    const requested = requestToken({ host, realm, service, scopes, credentials: await known(), step })
    tokens.set(key, requested)
    try {
      return (await requested).header
    } catch (error) {
      tokens.delete(key)
      throw error
    }
  }

  const headerFor = async (scope: Scope): Promise<string | undefined> => {
    if (scheme?.kind === 'bearer') return tokenFor(scope, scheme.realm, scheme.service)
    if (scheme?.kind !== 'basic') return undefined
    const found = await known()
    return found?.kind === 'basic' ? basicHeader(found.username, found.password) : undefined
  }

  return {
    current: headerFor,
    async answer(wwwAuthenticate, scope, refused) {
      scheme = chooseScheme(parseChallenges(wwwAuthenticate ?? ''), host, plain)
      for (const [key, token] of refused === undefined ? [] : tokens) {
        if ((await token.catch(() => undefined))?.header === refused) tokens.delete(key)
      }
      const header = await headerFor(scope)
      return header === refused ? undefined : header
    },
  }
}

/** Half a minute before its end a token is as good as expired. */
const isStale = (credentials: Credentials | undefined, step: Step): boolean =>
  credentials?.kind === 'basic' &&
  credentials.expires !== undefined &&
  credentials.expires - 30_000 < step.now().getTime()

function scopesOf({ name, actions, mountFrom }: Scope): string[] {
  return [`repository:${name}:${actions}`, ...(mountFrom === undefined ? [] : [`repository:${mountFrom}:pull`])]
}

function chooseScheme(challenges: readonly Challenge[], host: string, plain: boolean): Scheme | undefined {
  const bearer = challenges.find((challenge) => challenge.scheme === 'bearer')
  if (bearer) {
    const text = bearer.parameters.realm ?? ''
    if (!URL.canParse(text)) throw new UserError(`${host} names no token service in its challenge`)
    const realm = new URL(text)
    if (realm.protocol !== 'https:' && !(plain && realm.protocol === 'http:')) {
      throw new UserError(`${host} names a token service without TLS: ${realm.protocol}//${realm.host}`)
    }
    return { kind: 'bearer', realm, service: bearer.parameters.service }
  }
  return challenges.some((challenge) => challenge.scheme === 'basic') ? { kind: 'basic' } : undefined
}

interface TokenRequest {
  readonly host: string
  readonly realm: URL
  readonly service: string | undefined
  readonly scopes: readonly string[]
  readonly credentials: Credentials | undefined
  readonly step: Step
}

/** Source: distribution "Token Authentication Specification" and, for an identity token, "OAuth2 Token Authentication". */
async function requestToken({ host, realm, service, scopes, credentials, step }: TokenRequest): Promise<Token> {
  const parameters = new URLSearchParams(service === undefined ? {} : { service })
  let response: Response
  if (credentials?.kind === 'identity token') {
    parameters.set('scope', scopes.join(' '))
    parameters.set('client_id', 'k8s-release')
    parameters.set('grant_type', 'refresh_token')
    parameters.set('refresh_token', credentials.token)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    response = await step.http.request({ method: 'POST', url: realm, headers, body: parameters.toString() })
  } else {
    for (const scope of scopes) parameters.append('scope', scope)
    const url = new URL(realm)
    for (const [name, value] of parameters) url.searchParams.append(name, value)
    const headers = credentials ? { authorization: basicHeader(credentials.username, credentials.password) } : {}
    response = await step.http.request({ url, headers })
  }
  if (!response.ok) throw await failure(response, realm.host, `token for ${host}`)
  const token = tokenIn(await response.json().catch(() => undefined))
  if (!token) throw new UserError(`${realm.host} answered without a token for ${host}`)
  step.secret(token.value)
  // 60 s where nothing is said, by the specification; a tenth is kept in reserve.
  return { header: `Bearer ${token.value}`, expires: step.now().getTime() + (token.seconds ?? 60) * 900 }
}

function tokenIn(json: unknown): { value: string; seconds: number | undefined } | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  const named = 'token' in json ? json.token : 'access_token' in json ? json.access_token : undefined
  if (typeof named !== 'string' || !/^[\x21-\x7e]+$/.test(named)) return undefined
  const seconds = 'expires_in' in json && typeof json.expires_in === 'number' ? json.expires_in : undefined
  return { value: named, seconds }
}

function basicHeader(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
