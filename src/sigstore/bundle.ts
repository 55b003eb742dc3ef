import { mediaTypes } from '../oci/index.ts'

/** DSSE payload type of an in-toto statement. */
export const statementPayloadType = 'application/vnd.in-toto+json'

/** What is signed: the bytes of a file, or an in-toto statement in a DSSE envelope. */
export type SignedContent =
  | { readonly kind: 'message'; readonly digest: Buffer; readonly signature: Buffer }
  | { readonly kind: 'statement'; readonly payload: Uint8Array; readonly signature: Buffer }

/** What a signature is verified with. */
export type VerificationKey =
  | { readonly kind: 'publicKey'; readonly hint: string }
  | { readonly kind: 'certificate'; readonly der: Buffer }

/** What others testify about a signature. */
export interface Testimony {
  /** Transparency log entries, as JSON of Sigstore's protobuf message. */
  readonly logEntries: readonly object[]
  /** RFC 3161 timestamp responses, DER. */
  readonly timestamps: readonly Buffer[]
}

/**
 * Bytes of a Sigstore bundle v0.3 (sigstore_bundle.proto, as JSON).
 * DSSE's `keyid` stays blank: cosign takes one that is set for the key's name and refuses the bundle.
 */
export function serializeBundle(content: SignedContent, key: VerificationKey, testimony: Testimony): Uint8Array {
  const bundle = {
    mediaType: mediaTypes.sigstoreBundle,
    verificationMaterial: {
      ...(key.kind === 'publicKey'
        ? { publicKey: { hint: key.hint } }
        : { certificate: { rawBytes: base64(key.der) } }),
      ...(testimony.logEntries.length > 0 ? { tlogEntries: testimony.logEntries } : {}),
      ...(testimony.timestamps.length > 0
        ? {
            timestampVerificationData: {
              rfc3161Timestamps: testimony.timestamps.map((timestamp) => ({ signedTimestamp: base64(timestamp) })),
            },
          }
        : {}),
    },
    ...(content.kind === 'message'
      ? {
          messageSignature: {
            messageDigest: { algorithm: 'SHA2_256', digest: base64(content.digest) },
            signature: base64(content.signature),
          },
        }
      : {
          dsseEnvelope: {
            payload: base64(content.payload),
            payloadType: statementPayloadType,
            signatures: [{ sig: base64(content.signature) }],
          },
        }),
  }
  return Buffer.from(JSON.stringify(bundle))
}

/** What is signed in a DSSE envelope (DSSE protocol, "Signature Definition"): its pre-authentication encoding. */
export function preAuthenticationEncoding(payload: Uint8Array, payloadType = statementPayloadType): Buffer {
  const type = Buffer.from(payloadType)
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload])
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
