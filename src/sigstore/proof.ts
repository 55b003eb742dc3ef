import type { Bundle, TransparencyLogEntry } from '@sigstore/bundle'
import type { TrustedRoot } from '@sigstore/protobuf-specs'
import type { SignedEntity, TrustMaterial } from '@sigstore/verify'
import { UserError } from '../runner/index.ts'
import { certificateOf } from './entity.ts'
import { keyHintOf } from './key.ts'
import type { Trust } from './trust.ts'
import { WrongSigner } from './wrong-signer.ts'

/**
 * Proves a bundle's signature; keyless also the certificate's chain and its log (SCT), the transparency log's entry,
 * and a trusted time within the certificate's life. What is in a bundle must hold, even where it is not demanded.
 * @returns the earliest proven time of signing
 * @throws UserError
 */
export async function proveBundle(
  bundle: Bundle,
  signature: SignedEntity['signature'],
  trust: Trust,
): Promise<Date | undefined> {
  const { Verifier } = await import('@sigstore/verify')
  const material: TrustMaterial = {
    ...(await materialOf(trust.root)),
    publicKey: () => {
      if (trust.kind !== 'key') throw new UserError('The bundle was signed by a key, not keyless')
      return { publicKey: trust.publicKey, validFor: () => true }
    },
  }
  const least = trust.kind === 'key' ? 0 : 1
  const { logEntries = 0, timestamps = 0, certificateTimestamps = 0 } = trust.thresholds ?? {}
  const verifier = new Verifier(material, {
    ctlogThreshold: Math.max(least, certificateTimestamps),
    tlogThreshold: Math.max(least, logEntries),
    timestampThreshold: Math.max(least, timestamps),
  })
  try {
    const entity = await entityOf(bundle, signature, trust)
    verifier.verify(entity)
    return earliestOf(entity.timestamps)
  } catch (error) {
    if (error instanceof UserError) throw error
    const other = otherKey(error, bundle, trust)
    if (other) throw other
    throw new UserError(explain(error), { cause: error })
  }
}

const materials = new WeakMap<TrustedRoot, TrustMaterial>()

/** Parsed certificates and keys, once for each root: a batch is verified by the same. */
async function materialOf(given: TrustedRoot | undefined): Promise<TrustMaterial> {
  const { toTrustMaterial } = await import('@sigstore/verify')
  const { TrustedRoot } = await import('@sigstore/protobuf-specs')
  const root = given ?? TrustedRoot.fromJSON({})
  const material = materials.get(root) ?? toTrustMaterial(root)
  materials.set(root, material)
  return material
}

async function entityOf(bundle: Bundle, signature: SignedEntity['signature'], trust: Trust): Promise<SignedEntity> {
  const { X509Certificate } = await import('@sigstore/core')
  const { content } = bundle.verificationMaterial
  const certificate = certificateOf(bundle)
  const key: SignedEntity['key'] = certificate
    ? { $case: 'certificate', certificate: X509Certificate.parse(Buffer.from(certificate)) }
    : { $case: 'public-key', hint: content.$case === 'publicKey' ? content.publicKey.hint : '' }
  // Without a trusted root nothing can be said of log entries and timestamps, and a key does not need them.
  if (!trust.root) return { signature, key, tlogEntries: [], timestamps: [] }
  const tlogEntries: TransparencyLogEntry[] = bundle.verificationMaterial.tlogEntries
  return { signature, key, tlogEntries, timestamps: await timestampsOf(bundle, tlogEntries) }
}

// The time in a log entry counts only under the log's signature: the inclusion promise, which the verifier checks.
async function timestampsOf(bundle: Bundle, entries: TransparencyLogEntry[]): Promise<SignedEntity['timestamps']> {
  const { RFC3161Timestamp } = await import('@sigstore/core')
  const timestamps: SignedEntity['timestamps'] = []
  for (const tlogEntry of entries) {
    const dated = tlogEntry.inclusionPromise !== undefined && Number(tlogEntry.integratedTime) > 0
    if (dated) timestamps.push({ $case: 'transparency-log', tlogEntry })
  }
  for (const { signedTimestamp } of bundle.verificationMaterial.timestampVerificationData?.rfc3161Timestamps ?? []) {
    timestamps.push({ $case: 'timestamp-authority', timestamp: RFC3161Timestamp.parse(Buffer.from(signedTimestamp)) })
  }
  return timestamps
}

function earliestOf(timestamps: SignedEntity['timestamps']): Date | undefined {
  const times = timestamps.map((one) =>
    one.$case === 'timestamp-authority'
      ? one.timestamp.signingTime.getTime()
      : Number(one.tlogEntry.integratedTime) * 1000,
  )
  return times.length === 0 ? undefined : new Date(Math.min(...times))
}

/** Where the bundle names another key than the one that did not verify it, that is why. */
function otherKey(error: unknown, bundle: Bundle, trust: Trust): WrongSigner | undefined {
  const { content } = bundle.verificationMaterial
  const named = content.$case === 'publicKey' ? content.publicKey.hint : ''
  if (codeOf(error) !== 'SIGNATURE_ERROR' || trust.kind !== 'key' || named === '') return undefined
  const given = keyHintOf(trust.publicKey)
  if (named === given) return undefined
  return new WrongSigner(
    `the key ${named}`,
    `The signature is by another key: the bundle names ${named}, the key given is ${given}`,
  )
}

function explain(error: unknown): string {
  const code = codeOf(error)
  const detail = messagesOf(error).join(': ')
  if (code === 'SIGNATURE_ERROR')
    return 'The signature does not match: the content was changed, or another key signed it'
  if (code === 'TIMESTAMP_ERROR') return `The time of signing is not proven: ${detail}`
  if (code === 'CERTIFICATE_ERROR') return `The certificate is not to be trusted: ${detail}`
  if (code.startsWith('TLOG')) return `The transparency log does not confirm the signature: ${detail}`
  return `The bundle does not hold: ${detail}`
}

const codeOf = (error: unknown): string =>
  error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : ''

function messagesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  return [error.message, ...messagesOf(error.cause)]
}
