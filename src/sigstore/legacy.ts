import { X509Certificate } from 'node:crypto'
import { type Digest, isDigest } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'
import { member } from './json.ts'
import { digestOf } from './signature.ts'

/**
 * What cosign before 3.0 keeps beside an image, under the tags `sha256-<hex>.sig` and `.att`: each layer is what was
 * signed, and its annotations are the signature and what proves it.
 * Source: github.com/sigstore/cosign, specs/SIGNATURE_SPEC.md.
 */
export const legacyMediaTypes = {
  /** The layer of a signature: a simple signing document, over whose bytes the signature is. */
  simpleSigning: 'application/vnd.dev.cosign.simplesigning.v1+json',
  /** The layer of an attestation: a DSSE envelope. */
  envelope: 'application/vnd.dsse.envelope.v1+json',
} as const

type Annotations = Readonly<Record<string, string>>

const signatureAnnotation = 'dev.cosignproject.cosign/signature'
const certificateAnnotation = 'dev.sigstore.cosign/certificate'
const logAnnotation = 'dev.sigstore.cosign/bundle'
const timestampAnnotation = 'dev.sigstore.cosign/rfc3161timestamp'

/** Only this version of a bundle has log entries with a promise of inclusion and no proof. */
const bundleType = 'application/vnd.dev.sigstore.bundle+json;version=0.1'

/**
 * The bundle (v0.1) that says the same as a legacy signature; for `verifyBlob` over the payload.
 * @throws UserError when an annotation is missing or malformed
 */
export function legacySignatureBundle(payload: Uint8Array, annotations: Annotations): Uint8Array {
  const signature = annotations[signatureAnnotation]
  if (!signature) throw new UserError(`The signature has no annotation ${signatureAnnotation}`)
  return serialize(annotations, {
    messageSignature: {
      messageDigest: { algorithm: 'SHA2_256', digest: digestOf(payload).toString('base64') },
      signature,
    },
  })
}

/**
 * The bundle (v0.1) that says the same as a legacy attestation; for `verifyStatement`.
 * @throws UserError when the envelope or an annotation is malformed
 */
export function legacyAttestationBundle(envelope: Uint8Array, annotations: Annotations): Uint8Array {
  const dsseEnvelope = parseJson(Buffer.from(envelope).toString('utf8'), 'The envelope of the attestation')
  return serialize(annotations, { dsseEnvelope })
}

/**
 * The manifest that a simple signing document speaks of. Its `docker-reference` is not believed: a signature is carried
 * to other repositories, and says nothing of them.
 * Source: github.com/containers/image, docs/containers-signature.5.md.
 * @throws UserError when it is not such a document
 */
export function simpleSigningDigest(payload: Uint8Array): Digest {
  const json = parseJson(Buffer.from(payload).toString('utf8'), 'The payload of the signature')
  const critical = member(json, 'critical')
  const type = member(critical, 'type')
  if (type !== 'cosign container image signature') {
    throw new UserError(`The payload of the signature is of the type ${JSON.stringify(type)}, not cosign's`)
  }
  const digest = member(member(critical, 'image'), 'docker-manifest-digest')
  if (typeof digest === 'string' && isDigest(digest)) return digest
  throw new UserError('The payload of the signature names no manifest digest')
}

function serialize(annotations: Annotations, content: object): Uint8Array {
  const certificate = annotations[certificateAnnotation]
  const entry = annotations[logAnnotation]
  const timestamp = annotations[timestampAnnotation]
  const verificationMaterial = {
    ...(certificate
      ? { x509CertificateChain: { certificates: [{ rawBytes: certificateDer(certificate) }] } }
      : { publicKey: { hint: '' } }),
    ...(entry ? { tlogEntries: [logEntry(entry)] } : {}),
    ...(timestamp ? { timestampVerificationData: { rfc3161Timestamps: [timestampOf(timestamp)] } } : {}),
  }
  return Buffer.from(JSON.stringify({ mediaType: bundleType, verificationMaterial, ...content }))
}

function certificateDer(pem: string): string {
  try {
    return new X509Certificate(pem).raw.toString('base64')
  } catch {
    throw new UserError(`The annotation ${certificateAnnotation} is not a PEM certificate`)
  }
}

/** Rekor's answer as cosign keeps it, as a TransparencyLogEntry (sigstore_rekor.proto). Whether it holds is not known yet. */
function logEntry(annotation: string): object {
  const json = parseJson(annotation, `The annotation ${logAnnotation}`)
  const payload = member(json, 'Payload')
  const [promise, body, logId] = [
    member(json, 'SignedEntryTimestamp'),
    member(payload, 'body'),
    member(payload, 'logID'),
  ].map((value) => (typeof value === 'string' ? value : ''))
  const [time, index] = [member(payload, 'integratedTime'), member(payload, 'logIndex')].map(Number)
  if (!promise || !body || !/^[0-9a-f]{64}$/.test(logId ?? '') || !isCount(time) || !isCount(index)) {
    throw new UserError(`The annotation ${logAnnotation} is not a log entry`)
  }
  const entry = parseJson(Buffer.from(body, 'base64').toString('utf8'), `The log entry in ${logAnnotation}`)
  return {
    logIndex: String(index),
    logId: { keyId: Buffer.from(logId ?? '', 'hex').toString('base64') },
    kindVersion: { kind: member(entry, 'kind'), version: member(entry, 'apiVersion') },
    integratedTime: String(time),
    inclusionPromise: { signedEntryTimestamp: promise },
    canonicalizedBody: body,
  }
}

function timestampOf(annotation: string): object {
  const signedTimestamp = member(
    parseJson(annotation, `The annotation ${timestampAnnotation}`),
    'SignedRFC3161Timestamp',
  )
  if (typeof signedTimestamp === 'string') return { signedTimestamp }
  throw new UserError(`The annotation ${timestampAnnotation} has no timestamp`)
}

const isCount = (value: number | undefined): boolean => Number.isSafeInteger(value) && Number(value) >= 0

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UserError(`${what} is not JSON`)
  }
}
