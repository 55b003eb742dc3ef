import { X509Certificate } from 'node:crypto'
import type { Digest } from '../../../src/oci/index.ts'

/** A simple signing document, byte for byte as cosign 2 writes it. */
export const simpleSigning = (digest: string, type = 'cosign container image signature'): Buffer =>
  Buffer.from(
    `{"critical":{"identity":{"docker-reference":"registry.example.com/hello"},"image":{"docker-manifest-digest":"${digest}"},"type":"${type}"},"optional":null}`,
  )

interface BundleJson {
  readonly verificationMaterial: {
    readonly certificate?: { readonly rawBytes: string }
    readonly tlogEntries?: readonly {
      readonly logIndex: string
      readonly logId: { readonly keyId: string }
      readonly integratedTime: string
      readonly inclusionPromise: { readonly signedEntryTimestamp: string }
      readonly canonicalizedBody: string
    }[]
    readonly timestampVerificationData?: {
      readonly rfc3161Timestamps: readonly { readonly signedTimestamp: string }[]
    }
  }
  readonly messageSignature?: { readonly signature: string }
  readonly dsseEnvelope?: {
    readonly payload: string
    readonly payloadType: string
    readonly signatures: readonly object[]
  }
}

export interface LegacyLayer {
  readonly mediaType: string
  readonly bytes: Buffer
  readonly annotations: Readonly<Record<string, string>>
}

/** The layer of a `.sig` tag that says the same as a bundle over a payload: cosign 2's annotations. */
export function legacySignature(payload: Buffer, bundle: Uint8Array): LegacyLayer {
  const json = parse(bundle)
  return {
    mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
    bytes: payload,
    annotations: { 'dev.cosignproject.cosign/signature': json.messageSignature?.signature ?? '', ...proofOf(json) },
  }
}

/** The layer of an `.att` tag that says the same as a bundle around a statement. */
export function legacyAttestation(bundle: Uint8Array): LegacyLayer {
  const json = parse(bundle)
  const statement: { predicateType: string } = JSON.parse(
    Buffer.from(json.dsseEnvelope?.payload ?? '', 'base64').toString(),
  )
  return {
    mediaType: 'application/vnd.dsse.envelope.v1+json',
    bytes: Buffer.from(JSON.stringify(json.dsseEnvelope)),
    annotations: {
      'dev.cosignproject.cosign/signature': '',
      predicateType: statement.predicateType,
      ...proofOf(json),
    },
  }
}

function proofOf({ verificationMaterial }: BundleJson): Record<string, string> {
  const { certificate, tlogEntries = [], timestampVerificationData } = verificationMaterial
  const [entry] = tlogEntries
  const [timestamp] = timestampVerificationData?.rfc3161Timestamps ?? []
  return {
    ...(certificate
      ? {
          'dev.sigstore.cosign/certificate': new X509Certificate(
            Buffer.from(certificate.rawBytes, 'base64'),
          ).toString(),
        }
      : {}),
    ...(entry
      ? {
          'dev.sigstore.cosign/bundle': JSON.stringify({
            SignedEntryTimestamp: entry.inclusionPromise.signedEntryTimestamp,
            Payload: {
              body: entry.canonicalizedBody,
              integratedTime: Number(entry.integratedTime),
              logIndex: Number(entry.logIndex),
              logID: Buffer.from(entry.logId.keyId, 'base64').toString('hex'),
            },
          }),
        }
      : {}),
    ...(timestamp
      ? {
          'dev.sigstore.cosign/rfc3161timestamp': JSON.stringify({
            SignedRFC3161Timestamp: timestamp.signedTimestamp,
          }),
        }
      : {}),
  }
}

const parse = (bundle: Uint8Array): BundleJson => JSON.parse(Buffer.from(bundle).toString())

export const someDigest: Digest = `sha256:${'a'.repeat(64)}`
