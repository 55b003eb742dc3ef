import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { type Step, UserError } from '../../runner/index.ts'
import { member } from '../json.ts'
import { azureToken } from './azure-token.ts'
import { derSignature } from './der-signature.ts'
import type { RemoteKey } from './remote-key.ts'

// A token goes to vaults of Azure and its sovereign clouds, and to nobody else.
const pattern =
  /^(?<host>[a-z0-9-]+\.(?<cloud>vault\.azure\.net|vault\.azure\.cn|vault\.usgovcloudapi\.net))\/(?<key>[A-Za-z0-9-]+)(?:\/(?<version>[0-9a-f]+))?$/i
const version = 'api-version=7.4'

/**
 * A key of Azure Key Vault: `azurekms://VAULT.vault.azure.net/KEY`, its newest version or `/VERSION`; EC P-256 or RSA.
 * Source: learn.microsoft.com/rest/api/keyvault/keys.
 */
export async function openAzureKey(rest: string, name: string, step: Step): Promise<RemoteKey> {
  const { host, cloud, key, version: asked } = pattern.exec(rest)?.groups ?? {}
  if (host === undefined) {
    throw new UserError(`${name} names no key of Azure Key Vault`, {
      hint: 'Write azurekms://VAULT.vault.azure.net/KEY.',
    })
  }
  const ask = askerOf(`https://${cloud}`, name, step)
  const jwk = member(await ask('GET', `https://${host}/keys/${key}/${asked ?? ''}`), 'key')
  const publicKey = parseJwk(jwk, name)
  // The address with the version, so that all signatures of a step are by the key that was told.
  const kid = new URL(String(member(jwk, 'kid')))
  if (kid.protocol !== 'https:' || kid.host !== host.toLowerCase())
    throw new UserError(`${name} answered another's key`)
  const isEc = publicKey.asymmetricKeyType === 'ec'
  if (isEc && publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new UserError(`${name} cannot sign with SHA-256`, { hint: 'Use a key of the kind EC P-256, or RSA.' })
  }
  return {
    name,
    publicKey,
    async signDigest(digest) {
      const body = { alg: isEc ? 'ES256' : 'RS256', value: digest.toString('base64url') }
      const signed = await ask('POST', `${kid.href}/sign`, body)
      const signature = Buffer.from(String(member(signed, 'value')), 'base64url')
      return isEc ? derSignature(signature) : signature
    },
  }
}

function parseJwk(jwk: unknown, name: string): KeyObject {
  // Keys in hardware are `EC-HSM` and `RSA-HSM`, and otherwise the same.
  const key: JsonWebKey = { kty: String(member(jwk, 'kty')).replace('-HSM', '') }
  for (const part of ['crv', 'x', 'y', 'n', 'e']) {
    const value = member(jwk, part)
    if (typeof value === 'string') key[part] = value
  }
  try {
    return createPublicKey({ key, format: 'jwk' })
  } catch {
    throw new UserError(`${name} answered something that is not a public key`)
  }
}

type Ask = (method: 'GET' | 'POST', url: string, body?: object) => Promise<unknown>

function askerOf(resource: string, name: string, step: Step): Ask {
  let token: Promise<string> | undefined
  return async (method, url, body) => {
    token ??= azureToken(resource, step)
    const response = await step.http.request({
      method,
      url: `${url}?${version}`,
      headers: {
        authorization: `Bearer ${await token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok) return answer
    const reason = member(member(answer, 'error'), 'message') ?? `status ${response.status}`
    throw new UserError(`Azure Key Vault refused ${name}: ${reason}`, {
      hint: 'The identity of this job needs the role Key Vault Crypto User.',
    })
  }
}
