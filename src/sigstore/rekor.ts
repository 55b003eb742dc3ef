import type { KeyObject } from 'node:crypto'
import type { HttpClient } from '../http/index.ts'
import { UserError } from '../runner/index.ts'
import { type SignedContent, statementPayloadType } from './bundle.ts'
import { member } from './json.ts'
import { publicKeyPem, subjectPublicKeyInfo } from './key.ts'
import { jsonRequest, requestService } from './service-request.ts'
import type { TransparencyLog } from './services.ts'

/** A signature to be logged. */
export interface LogRequest {
  readonly content: SignedContent
  /** SHA-256 of the bytes that were signed: the file, or the envelope's pre-authentication encoding. */
  readonly digest: Buffer
  readonly publicKey: KeyObject
  /** DER; absent where a key pair signed. */
  readonly certificate: Buffer | undefined
}

/** The log has this very entry already, and does not hand it out: sign once more. */
export class DuplicateEntry extends Error {}

// A Rekor v2 answers only after its next checkpoint, and may wait for it this long (rekor-tiles, CLIENTS.md).
const timeout = 60_000
const conflict = 409
const notFound = 404

/**
 * Adds an entry to a Rekor log and answers it as JSON of Sigstore's protobuf TransparencyLogEntry.
 * @throws UserError when the log refuses it
 * @throws DuplicateEntry
 */
export async function logSignature(http: HttpClient, log: TransparencyLog, request: LogRequest): Promise<object> {
  if (log.version !== 1) {
    const entry = await logToTiles(http, log, request)
    if (entry) return entry
  }
  return logToRekor1(http, log.url, request)
}

/**
 * Rekor v2. An envelope is logged by its hash, too: the log takes no `dsse` entries any more.
 * Undefined when the server does not know this API and `version` was open.
 */
async function logToTiles(http: HttpClient, log: TransparencyLog, request: LogRequest): Promise<object | undefined> {
  const { content, digest, publicKey, certificate } = request
  const verifier = certificate
    ? { x509Certificate: { rawBytes: certificate.toString('base64') } }
    : { publicKey: { rawBytes: subjectPublicKeyInfo(publicKey).toString('base64') } }
  const entry = {
    hashedRekordRequestV002: {
      digest: digest.toString('base64'),
      signature: {
        content: content.signature.toString('base64'),
        verifier: { ...verifier, keyDetails: keyDetailsOf(publicKey) },
      },
    },
  }
  const handled = log.version === undefined ? [conflict, notFound] : [conflict]
  const response = await requestService(
    http,
    { ...jsonRequest(`${log.url}/api/v2/log/entries`, entry), timeout },
    { service: 'Rekor', handled },
  )
  if (response.status === notFound) return undefined
  if (response.status === conflict) throw new DuplicateEntry(`Rekor at ${log.url} has this entry already`)
  const logged: unknown = await response.json()
  if (logged === null || typeof logged !== 'object')
    throw new UserError(`Rekor at ${log.url} answered with no log entry`)
  // Members without a value are left out of a bundle: not every reader takes null.
  return Object.fromEntries(Object.entries(logged).filter(([, value]) => value !== null))
}

async function logToRekor1(http: HttpClient, url: string, request: LogRequest): Promise<object> {
  const response = await requestService(
    http,
    { ...jsonRequest(`${url}/api/v1/log/entries`, rekor1Proposal(request)), timeout },
    { service: 'Rekor', handled: [conflict] },
  )
  if (response.status !== conflict) return rekor1Entry(await response.json(), url)
  // The same entry was made before, perhaps by a try whose answer was lost; it names where it is.
  const location = response.headers.get('location')
  if (!location) throw new DuplicateEntry(`Rekor at ${url} has this entry already`)
  const existing = new URL(location, `${url}/`)
  if (existing.origin !== new URL(url).origin) throw new UserError(`Rekor at ${url} names an entry on another host`)
  const found = await requestService(
    http,
    { url: existing, headers: { accept: 'application/json' } },
    { service: 'Rekor' },
  )
  return rekor1Entry(await found.json(), url)
}

function rekor1Proposal({ content, digest, publicKey, certificate }: LogRequest): object {
  const verifier = Buffer.from(certificate ? certificatePem(certificate) : publicKeyPem(publicKey)).toString('base64')
  const signature = content.signature.toString('base64')
  if (content.kind === 'message') {
    return {
      apiVersion: '0.0.1',
      kind: 'hashedrekord',
      spec: {
        data: { hash: { algorithm: 'sha256', value: digest.toString('hex') } },
        signature: { content: signature, publicKey: { content: verifier } },
      },
    }
  }
  const envelope = {
    payload: Buffer.from(content.payload).toString('base64'),
    payloadType: statementPayloadType,
    signatures: [{ sig: signature, keyid: '' }],
  }
  return {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: { proposedContent: { envelope: JSON.stringify(envelope), verifiers: [verifier] } },
  }
}

/** Rekor v1's answer (openapi.yaml, LogEntry: one entry by its UUID) as a bundle has it. */
function rekor1Entry(answer: unknown, url: string): object {
  const [entry, ...others] = answer !== null && typeof answer === 'object' ? Object.values(answer) : []
  const body = member(entry, 'body')
  const proof = member(member(entry, 'verification'), 'inclusionProof')
  const promise = member(member(entry, 'verification'), 'signedEntryTimestamp')
  if (others.length > 0 || typeof body !== 'string') throw new UserError(`Rekor at ${url} answered with no log entry`)
  const record: unknown = JSON.parse(Buffer.from(body, 'base64').toString('utf8'))
  const hashes = member(proof, 'hashes')
  return {
    logIndex: String(member(entry, 'logIndex')),
    logId: { keyId: hexToBase64(member(entry, 'logID')) },
    kindVersion: { kind: member(record, 'kind'), version: member(record, 'apiVersion') },
    integratedTime: String(member(entry, 'integratedTime')),
    ...(promise === undefined ? {} : { inclusionPromise: { signedEntryTimestamp: promise } }),
    ...(proof === undefined
      ? {}
      : {
          inclusionProof: {
            logIndex: String(member(proof, 'logIndex')),
            rootHash: hexToBase64(member(proof, 'rootHash')),
            treeSize: String(member(proof, 'treeSize')),
            hashes: Array.isArray(hashes) ? hashes.map(hexToBase64) : [],
            checkpoint: { envelope: member(proof, 'checkpoint') },
          },
        }),
    canonicalizedBody: body,
  }
}

const hexToBase64 = (hex: unknown): string => Buffer.from(String(hex), 'hex').toString('base64')

const certificatePem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`

/** Sigstore's name (sigstore_common.proto, PublicKeyDetails) of a key that signs with SHA-256. */
function keyDetailsOf(publicKey: KeyObject): string {
  const { namedCurve, modulusLength } = publicKey.asymmetricKeyDetails ?? {}
  if (namedCurve === 'prime256v1') return 'PKIX_ECDSA_P256_SHA_256'
  if (modulusLength === 2048 || modulusLength === 3072 || modulusLength === 4096)
    return `PKIX_RSA_PKCS1V15_${modulusLength}_SHA256`
  throw new UserError('Rekor v2 takes no signatures of this kind of key', {
    hint: 'Sign with an EC P-256 key or an RSA key of 2048, 3072 or 4096 bits, or without a transparency log.',
  })
}
