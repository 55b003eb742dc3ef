import { createHash, generateKeyPairSync } from 'node:crypto'
import {
  fulcioHandler,
  initializeCA,
  initializeCTLog,
  initializeTLog,
  initializeTSA,
  rekorHandler,
} from '@sigstore/mock'
import type { HttpClient, HttpRequest } from '../../src/http/index.ts'

/** What a test may have otherwise than it should be. */
export interface Faults {
  /** Time of certificates; of the services where absent. */
  readonly certificateTime?: Date
  /** Fulcio without a certificate transparency log. */
  readonly withoutSct?: boolean
  /** Answers instead of a service, where it gives an answer. */
  readonly intercept?: (path: string, count: number) => Response | undefined
}

/** Fulcio, Rekor v1 and a timestamp authority without a network, by @sigstore/mock. */
export interface InMemorySigstore {
  readonly http: HttpClient
  readonly fulcioUrl: string
  readonly rekorUrl: string
  readonly timestampUrl: string
  /** Content of trusted_root.json. */
  readonly trustedRoot: TrustedRootJson
  /** Paths of the requests, oldest first. */
  readonly requests: string[]
}

export interface TrustedRootJson {
  readonly mediaType: string
  readonly tlogs: readonly LogJson[]
  readonly ctlogs: readonly LogJson[]
  readonly certificateAuthorities: readonly object[]
  readonly timestampAuthorities: readonly object[]
}

export interface LogJson {
  readonly baseUrl: string
  readonly hashAlgorithm: string
  readonly publicKey: { readonly rawBytes: string; readonly keyDetails: string; readonly validFor: object }
  readonly logId: { readonly keyId: string }
}

const origin = 'https://sigstore.test'

export async function inMemorySigstore(time: Date, faults: Faults = {}): Promise<InMemorySigstore> {
  const certificateLog = await initializeCTLog(keyPair(), faults.certificateTime ?? time)
  const authority = await initializeCA(
    keyPair('P-384'),
    faults.withoutSct ? undefined : certificateLog,
    faults.certificateTime ?? time,
  )
  const log = await initializeTLog(origin, keyPair(), time)
  const timestamps = await initializeTSA(keyPair('P-384'), time)
  const fulcio = fulcioHandler(authority)
  const rekor = rekorHandler(log)
  const requests: string[] = []

  async function answer(path: string, body: Buffer): Promise<Response> {
    if (path === fulcio.path || path === rekor.path) {
      const answered = await (path === fulcio.path ? fulcio.fn(body.toString()) : rekor.fn(canonicalEntry(body)))
      return new Response(Buffer.from(answered.response.toString()), { status: answered.statusCode })
    }
    if (path === '/api/v1/timestamp') {
      const stamp = await timestamps.timestamp({
        artifactHash: body.subarray(-32),
        hashAlgorithmOID: '2.16.840.1.101.3.4.2.1',
        nonce: 1,
        policyOID: '1.3.6.1.4.1.57264.2',
      })
      return new Response(new Uint8Array(stamp.buffer, stamp.byteOffset, stamp.byteLength))
    }
    return new Response('not found', { status: 404 })
  }

  const http: HttpClient = {
    async request({ url, body }: HttpRequest) {
      const path = new URL(url).pathname
      requests.push(path)
      if (typeof body === 'function') throw new Error('a body that streams is not expected here')
      const count = requests.filter((other) => other === path).length
      return faults.intercept?.(path, count) ?? answer(path, Buffer.from(body ?? ''))
    },
  }

  const validFor = { start: new Date(time.getTime() - 86_400_000).toISOString() }
  const logOf = (publicKey: Buffer): LogJson => ({
    baseUrl: origin,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: publicKey.toString('base64'), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor },
    logId: { keyId: createHash('sha256').update(publicKey).digest('base64') },
  })
  const chainOf = (...certificates: ArrayBufferView[]): object => ({
    uri: origin,
    certChain: { certificates: certificates.map((certificate) => ({ rawBytes: base64(certificate) })) },
    validFor,
  })
  return {
    http,
    fulcioUrl: origin,
    rekorUrl: origin,
    timestampUrl: origin,
    requests,
    trustedRoot: {
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [logOf(log.publicKey)],
      ctlogs: [logOf(certificateLog.publicKey)],
      certificateAuthorities: [chainOf(authority.rootCertificate)],
      timestampAuthorities: [chainOf(timestamps.intCertificate, timestamps.rootCertificate)],
    },
  }
}

/** Rekor keeps an envelope's hashes and signatures, not the envelope; the stand-in would log what it is sent. */
function canonicalEntry(body: Buffer): string {
  const entry = JSON.parse(body.toString())
  if (entry.kind !== 'dsse') return body.toString()
  const { envelope, verifiers } = entry.spec.proposedContent
  const { payload, signatures } = JSON.parse(envelope)
  const hash = (bytes: Buffer | string): object => ({
    algorithm: 'sha256',
    value: createHash('sha256').update(bytes).digest('hex'),
  })
  const spec = {
    envelopeHash: hash(envelope),
    payloadHash: hash(Buffer.from(payload, 'base64')),
    signatures: [{ signature: signatures[0].sig, verifier: verifiers[0] }],
  }
  return JSON.stringify({ ...entry, spec })
}

/** A time for the stand-ins: their root certificates begin now, and @sigstore/core reads no fractions as short as they write. */
export const nextMinute = (): Date => new Date((Math.floor(Date.now() / 60_000) + 1) * 60_000)

/** A token with these claims, signed by nobody: Fulcio's stand-in believes all. */
export function unsignedToken(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part(claims)}.${part({})}`
}

const keyPair = (namedCurve = 'P-256'): ReturnType<typeof generateKeyPairSync> & object =>
  generateKeyPairSync('ec', { namedCurve })

const base64 = (bytes: ArrayBufferView): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
