import { googleToken } from '../../cloud/index.ts'
import { type Step, UserError } from '../../runner/index.ts'
import { member } from '../json.ts'
import { parseRemotePublicKey, type RemoteKey } from './remote-key.ts'

const service = 'https://cloudkms.googleapis.com/v1/'
const pattern =
  /^(?<key>projects\/[^/?#]+\/locations\/[^/?#]+\/keyRings\/[^/?#]+\/cryptoKeys\/[^/?#]+)(?:\/(?:cryptoKeyVersions|versions)\/(?<version>\d+))?$/

/**
 * A key of Google Cloud KMS: `gcpkms://projects/P/locations/L/keyRings/R/cryptoKeys/K`, its newest enabled version or
 * `/cryptoKeyVersions/N`. The algorithm must take SHA-256: EC_SIGN_P256_SHA256, or RSA_SIGN_PKCS1_*_SHA256.
 * Source: cloud.google.com/kms/docs/reference/rest.
 */
export async function openGoogleKey(rest: string, name: string, step: Step): Promise<RemoteKey> {
  const { key, version } = pattern.exec(rest)?.groups ?? {}
  if (key === undefined) {
    throw new UserError(`${name} names no key of Google Cloud KMS`, {
      hint: 'Write gcpkms://projects/P/locations/L/keyRings/R/cryptoKeys/K.',
    })
  }
  const ask = askerOf(name, step)
  const path = version === undefined ? await newestVersion(key, name, ask) : `${key}/cryptoKeyVersions/${version}`
  const answer = await ask('GET', `${path}/publicKey`)
  const algorithm = String(member(answer, 'algorithm'))
  if (!/^(EC_SIGN_P256|RSA_SIGN_PKCS1_\d+)_SHA256$/.test(algorithm)) {
    throw new UserError(`${name} signs by ${algorithm}, which others do not verify`, {
      hint: 'Use a key with the algorithm EC_SIGN_P256_SHA256 or RSA_SIGN_PKCS1_2048_SHA256.',
    })
  }
  const pem = member(answer, 'pem')
  return {
    name,
    publicKey: parseRemotePublicKey(typeof pem === 'string' ? pem : '', name),
    async signDigest(digest) {
      const signed = await ask('POST', `${path}:asymmetricSign`, { digest: { sha256: digest.toString('base64') } })
      return Buffer.from(String(member(signed, 'signature')), 'base64')
    },
  }
}

type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>

async function newestVersion(key: string, name: string, ask: Ask): Promise<string> {
  const filter = new URLSearchParams({ filter: 'state=ENABLED', orderBy: 'name desc' })
  const numbers: number[] = []
  for (let page = ''; ; ) {
    const answer = await ask(
      'GET',
      `${key}/cryptoKeyVersions?${filter}${page && `&pageToken=${encodeURIComponent(page)}`}`,
    )
    const versions = member(answer, 'cryptoKeyVersions')
    for (const version of Array.isArray(versions) ? versions : []) {
      const number = /\/(\d+)$/.exec(String(member(version, 'name')))?.[1]
      if (number) numbers.push(Number(number))
    }
    const next = member(answer, 'nextPageToken')
    if (typeof next !== 'string' || next === '') break
    page = next
  }
  if (numbers.length === 0) throw new UserError(`${name} has no enabled version`)
  return `${key}/cryptoKeyVersions/${Math.max(...numbers)}`
}

const askerOf =
  (name: string, step: Step): Ask =>
  async (method, path, body) => {
    const access = await googleToken(step)
    if (!access) {
      throw new UserError(`There are no credentials of Google Cloud for ${name}`, {
        hint: 'In a workflow use google-github-actions/auth, in a terminal gcloud auth application-default login.',
      })
    }
    const response = await step.http.request({
      method,
      url: service + path,
      headers: {
        authorization: `Bearer ${access.token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok) return answer
    const reason = member(member(answer, 'error'), 'message') ?? `status ${response.status}`
    throw new UserError(`Google Cloud KMS refused ${name}: ${reason}`, {
      hint: 'The identity of this job needs roles/cloudkms.signer and roles/cloudkms.viewer.',
    })
  }
