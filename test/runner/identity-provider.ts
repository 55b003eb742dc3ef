import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerJson } from './answer.ts'

export type Claims = Readonly<Record<string, string>>

/** The claims of a tag push of `example/hello`, as GitHub's issuer writes them. */
export const tagPushClaims: Claims = {
  sub: 'repo:example/hello:ref:refs/tags/v1.2.3',
  actor: 'octocat',
  actor_id: '1',
  event_name: 'push',
  job_workflow_ref: 'example/hello/.github/workflows/release.yml@refs/tags/v1.2.3',
  job_workflow_sha: 'a'.repeat(40),
  ref: 'refs/tags/v1.2.3',
  ref_type: 'tag',
  repository: 'example/hello',
  repository_id: '1',
  repository_owner: 'example',
  repository_owner_id: '2',
  repository_visibility: 'public',
  run_attempt: '1',
  run_id: '42',
  run_number: '7',
  runner_environment: 'github-hosted',
  sha: 'a'.repeat(40),
  workflow: 'release',
  workflow_ref: 'example/hello/.github/workflows/release.yml@refs/tags/v1.2.3',
  workflow_sha: 'a'.repeat(40),
}

/** An OIDC issuer with discovery and keys, that gives a job its token as a GitHub runner's does. */
export interface IdentityProvider {
  readonly issuer: string
  /** The bearer token that a job shows when it asks for its identity. */
  readonly requestToken: string
  mint(audience: string, claims?: Claims): string
  /** Answers false for a path that is not its own. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
}

export function identityProvider(issuer: string, claims: Claims): IdentityProvider {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = publicKey.export({ format: 'jwk' })
  const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('hex').slice(0, 16)
  const requestToken = randomUUID()

  const mint: IdentityProvider['mint'] = (audience, extra = {}) => {
    const now = Math.floor(Date.now() / 1000)
    const times = { iat: now, nbf: now - 5, exp: now + 300, jti: randomUUID() }
    const parts = [
      { alg: 'RS256', kid, typ: 'JWT' },
      { iss: issuer, aud: audience, ...claims, ...extra, ...times },
    ]
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
  }

  const handle: IdentityProvider['handle'] = (request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        answerJson(response, 200, {
          issuer,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['id_token'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        })
        return true
      case '/jwks':
        answerJson(response, 200, { keys: [{ ...jwk, kid, use: 'sig', alg: 'RS256' }] })
        return true
      case '/token': {
        const known = request.headers.authorization === `Bearer ${requestToken}`
        if (known) answerJson(response, 200, { value: mint(url.searchParams.get('audience') ?? issuer) })
        else answerJson(response, 401, { message: 'unknown request token' })
        return true
      }
      default:
        return false
    }
  }

  return { issuer, requestToken, mint, handle }
}
