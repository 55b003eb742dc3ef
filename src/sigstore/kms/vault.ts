import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Step, UserError } from '../../runner/index.ts'
import { member } from '../json.ts'
import { parseRemotePublicKey, type RemoteKey } from './remote-key.ts'

/**
 * A key of the transit engine of HashiCorp Vault or OpenBao: `hashivault://KEY`, its newest version. As the programs
 * vault and cosign do: VAULT_ADDR, VAULT_TOKEN or ~/.vault-token, VAULT_NAMESPACE, TRANSIT_SECRET_ENGINE_PATH.
 * Source: developer.hashicorp.com/vault/api-docs/secret/transit.
 */
export async function openVaultKey(key: string, name: string, step: Step): Promise<RemoteKey> {
  if (!/^[\w.-]+$/.test(key) || /^\.+$/.test(key)) {
    throw new UserError(`${name} names no key of a transit engine`, { hint: 'Write hashivault://KEY.' })
  }
  const ask = await openEngine(name, step)
  const data = await ask('GET', `keys/${key}`)
  // All signatures of a step are by the version whose public key is told, though the key be rotated meanwhile.
  const version = member(data, 'latest_version')
  const pem = member(member(member(data, 'keys'), String(version)), 'public_key')
  return {
    name,
    publicKey: parseRemotePublicKey(typeof pem === 'string' ? pem : '', name),
    async signDigest(digest) {
      const signed = await ask('POST', `sign/${key}/sha2-256`, {
        input: digest.toString('base64'),
        prehashed: true,
        key_version: version,
        marshaling_algorithm: 'asn1',
        signature_algorithm: 'pkcs1v15',
      })
      const [, signature] = /^[a-z]+:v\d+:(.+)$/.exec(String(member(signed, 'signature'))) ?? []
      if (signature === undefined) throw new UserError(`${name} answered no signature`)
      return Buffer.from(signature, 'base64')
    },
  }
}

type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>

async function openEngine(name: string, step: Step): Promise<Ask> {
  const { VAULT_ADDR, VAULT_TOKEN, VAULT_NAMESPACE, TRANSIT_SECRET_ENGINE_PATH = 'transit', HOME } = step.environment
  if (!VAULT_ADDR) throw new UserError(`It is not known where ${name} is`, { hint: 'Set VAULT_ADDR.' })
  const token = VAULT_TOKEN || (HOME && (await readFile(join(HOME, '.vault-token'), 'utf8').catch(() => '')).trim())
  if (!token) throw new UserError(`There is no token for ${name}`, { hint: 'Set VAULT_TOKEN, or run vault login.' })
  step.secret(token)
  const base = `${VAULT_ADDR.replace(/\/+$/, '')}/v1/${TRANSIT_SECRET_ENGINE_PATH.replace(/^\/+|\/+$/g, '')}`
  return async (method, path, body) => {
    const response = await step.http.request({
      method,
      url: `${base}/${path}`,
      headers: {
        'x-vault-request': 'true',
        'x-vault-token': token,
        ...(VAULT_NAMESPACE ? { 'x-vault-namespace': VAULT_NAMESPACE } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      // A redirect to the active server of a cluster must not carry the token to anybody else.
      redirect: 'manual',
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok) return member(answer, 'data')
    const errors = member(answer, 'errors')
    const reason = Array.isArray(errors) && errors.length > 0 ? errors.join('; ') : `status ${response.status}`
    throw new UserError(`Vault refused ${method} ${path} for ${name}: ${reason}`, {
      hint: 'The token needs read on keys/KEY, and update on sign/KEY to sign.',
    })
  }
}
