import { UserError } from '../errors/index.ts'
import type { HttpClient } from '../http/index.ts'

/**
 * GitHub's OIDC token for an audience; undefined where the job has no `id-token: write`.
 * Source: docs.github.com, "OpenID Connect reference", ACTIONS_ID_TOKEN_REQUEST_URL.
 */
export async function requestIdentityToken(
  environment: Readonly<Record<string, string | undefined>>,
  http: HttpClient,
  audience: string,
): Promise<string | undefined> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } = environment
  if (!address || !requestToken) return undefined
  const url = new URL(address)
  url.searchParams.set('audience', audience)
  const response = await http.request({
    url,
    headers: { authorization: `Bearer ${requestToken}`, accept: 'application/json' },
  })
  const body: unknown = response.ok ? await response.json() : undefined
  if (body !== null && typeof body === 'object' && 'value' in body && typeof body.value === 'string') return body.value
  throw new UserError(`GitHub gave no identity token: status ${response.status}`, {
    hint: "Check that the job has 'permissions: id-token: write'.",
  })
}
