import { amazonAccess } from '../../cloud/index.ts'
import { type Step, UserError } from '../../runner/index.ts'
import { member } from '../json.ts'
import { parseRemotePublicKey, type RemoteKey } from './remote-key.ts'

/**
 * A key of AWS KMS: `awskms:///KEY` or `awskms://HOST/KEY`, where KEY is an id, an ARN, `alias/NAME` or the ARN of an alias.
 * The algorithm must take SHA-256, which is all that others verify: ECC_NIST_P256, or RSA.
 */
export async function openAmazonKey(rest: string, name: string, step: Step): Promise<RemoteKey> {
  const slash = rest.indexOf('/')
  const [host, KeyId] = [rest.slice(0, slash), rest.slice(slash + 1)]
  if (slash < 0 || KeyId === '') {
    throw new UserError(`${name} names no key of AWS KMS`, { hint: 'Write awskms:///alias/NAME or awskms:///ARN.' })
  }
  const ask = await openService(host, KeyId, name, step)
  const described = await ask('GetPublicKey', { KeyId })
  const algorithms = member(described, 'SigningAlgorithms')
  const SigningAlgorithm = ['ECDSA_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_256'].find(
    (algorithm) => Array.isArray(algorithms) && algorithms.includes(algorithm),
  )
  if (SigningAlgorithm === undefined) {
    throw new UserError(`${name} cannot sign with SHA-256`, { hint: 'Use a key of the kind ECC_NIST_P256, or RSA.' })
  }
  // An alias may be moved while a batch is signed; the key that it led to stays.
  const resolved = member(described, 'KeyId')
  return {
    name,
    publicKey: parseRemotePublicKey(bytesOf(member(described, 'PublicKey')), name),
    async signDigest(digest) {
      const request = { KeyId: resolved, Message: digest.toString('base64'), MessageType: 'DIGEST', SigningAlgorithm }
      return bytesOf(member(await ask('Sign', request), 'Signature'))
    },
  }
}

type Ask = (operation: string, body: object) => Promise<unknown>

/** Credentials, region and signature version 4 are the SDK's; ECR's client is one that is here already. */
async function openService(host: string, key: string, name: string, step: Step): Promise<Ask> {
  const { ECRClient } = await import('@aws-sdk/client-ecr')
  const ofArn = /^arn:[^:]*:kms:([^:]+):/.exec(key)?.[1]
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_KMS, AWS_ENDPOINT_URL } = step.environment
  const given = ofArn || AWS_REGION || AWS_DEFAULT_REGION
  const client = new ECRClient({ ...amazonAccess(step), ...(given ? { region: given } : {}) })
  const region = await client.config.region().catch(() => {
    throw new UserError(`It is not known in which region ${name} is`, { hint: 'Set AWS_REGION, or give an ARN.' })
  })
  const base = host
    ? `https://${host}`
    : AWS_ENDPOINT_URL_KMS || AWS_ENDPOINT_URL || `https://kms.${region}.${domainOf(region)}`
  return async (operation, body) => {
    const url = new URL(base)
    const text = JSON.stringify(body)
    const signer = await client.config.signer({
      name: 'sigv4',
      signingName: 'kms',
      signingRegion: region,
      properties: {},
    })
    const signed = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port ? { port: Number(url.port) } : {}),
      path: '/',
      query: {},
      headers: {
        host: url.host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `TrentService.${operation}`,
      },
      body: text,
    })
    const { host: _host, ...headers } = signed.headers
    const response = await step.http.request({ method: 'POST', url, headers, body: text })
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok) return answer
    const reason = member(answer, 'message') ?? member(answer, 'Message') ?? member(answer, '__type')
    throw new UserError(`AWS KMS refused ${operation} for ${name}: ${reason ?? `status ${response.status}`}`, {
      hint: 'The identity of this job needs kms:GetPublicKey, and kms:Sign to sign.',
    })
  }
}

const domainOf = (region: string): string => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com')

const bytesOf = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : '', 'base64')
