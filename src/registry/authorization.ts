import { type Step, UserError } from '../runner/index.ts'
import { type Challenge, parseChallenges } from './challenge.ts'
import type { Credentials } from './credentials.ts'
import { failure } from './failure.ts'
import { type HeldCredentials, holdCredentials } from './held-credentials.ts'

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
  const credentials = holdCredentials(host, step)
  const tokens = new Map<string, Token>()
  const underWay = new Map<string, Promise<Token>>()

  const tokenFor = async (scope: Scope, realm: URL, service: string | undefined): Promise<string> => {
    const scopes = scopesOf(scope)
    const key = scopes.join(' ')
    // A token to push serves to pull as well.
    for (const usable of new Set([key, scopesOf({ ...scope, actions: 'pull,push' }).join(' ')])) {
      const token = (await underWay.get(usable)?.catch(() => undefined)) ?? tokens.get(usable)
      if (token && token.expires > step.now().getTime()) return token.header
    }
    // Nothing is awaited between the question and the answer, so that all who need a new token at once ask for one.
    const asked = underWay.get(key) ?? requestToken({ host, realm, service, scopes, step }, credentials)
    underWay.set(key, asked)
    try {
      const token = await asked
      tokens.set(key, token)
      return token.header
    } finally {
      if (underWay.get(key) === asked) underWay.delete(key)
    }
  }

  const headerFor = async (scope: Scope): Promise<string | undefined> => {
    if (scheme?.kind === 'bearer') return tokenFor(scope, scheme.realm, scheme.service)
    if (scheme?.kind !== 'basic') return undefined
    return headerOf(await credentials.current())
  }

  return {
    current: headerFor,
    async answer(wwwAuthenticate, scope, refused) {
      scheme = chooseScheme(parseChallenges(wwwAuthenticate ?? ''), host, plain)
      for (const [key, token] of tokens) if (token.header === refused) tokens.delete(key)
      const header = await headerFor(scope)
      if (header !== refused) return header
      if (scheme?.kind !== 'basic' || refused === undefined) return undefined
      return headerOf(await credentials.insteadOf(await credentials.current()))
    },
  }
}

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
  readonly step: Step
}

async function requestToken(request: TokenRequest, credentials: HeldCredentials): Promise<Token> {
  const { host, realm, step } = request
  const shown = await credentials.current()
  let response = await askTokenService(request, shown)
  if (response.status === 401 && shown !== undefined) {
    const other = await credentials.insteadOf(shown)
    if (other !== undefined) {
      await response.body?.cancel()
      response = await askTokenService(request, other)
    }
  }
  if (!response.ok) throw await failure(response, realm.host, `token for ${host}`)
  const token = tokenIn(await response.json().catch(() => undefined))
  if (!token) throw new UserError(`${realm.host} answered without a token for ${host}`)
  step.secret(token.value)
  // 60 s where nothing is said, by the specification; a tenth is kept in reserve.
  return { header: `Bearer ${token.value}`, expires: step.now().getTime() + (token.seconds ?? 60) * 900 }
}

/** Source: distribution "Token Authentication Specification" and, for an identity token, "OAuth2 Token Authentication". */
async function askTokenService(
  { realm, service, scopes, step }: TokenRequest,
  credentials: Credentials | undefined,
): Promise<Response> {
  const parameters = new URLSearchParams(service === undefined ? {} : { service })
  if (credentials?.kind === 'identity token') {
    parameters.set('scope', scopes.join(' '))
    parameters.set('client_id', 'k8s-release')
    parameters.set('grant_type', 'refresh_token')
    parameters.set('refresh_token', credentials.token)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return step.http.request({ method: 'POST', url: realm, headers, body: parameters.toString() })
  }
  for (const scope of scopes) parameters.append('scope', scope)
  const url = new URL(realm)
  for (const [name, value] of parameters) url.searchParams.append(name, value)
  const authorization = headerOf(credentials)
  return step.http.request({ url, headers: authorization === undefined ? {} : { authorization } })
}

function tokenIn(json: unknown): { value: string; seconds: number | undefined } | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  const named = 'token' in json ? json.token : 'access_token' in json ? json.access_token : undefined
  if (typeof named !== 'string' || !/^[\x21-\x7e]+$/.test(named)) return undefined
  const seconds = 'expires_in' in json && typeof json.expires_in === 'number' ? json.expires_in : undefined
  return { value: named, seconds }
}

function headerOf(credentials: Credentials | undefined): string | undefined {
  if (credentials?.kind !== 'basic') return undefined
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`
}
