import type { Readable } from 'node:stream'
import type { Step } from '../runner/index.ts'

/** Whom to believe: exactly one of a public key, or an identity with its issuer. */
export interface VerifierOptions {
  /** Path of a PEM public key (or of a private key, whose public half counts). */
  readonly key: string | undefined
  /** Exact subject alternative name of the certificate. */
  readonly certificateIdentity: string | undefined
  readonly certificateOidcIssuer: string | undefined
  /** Path of a trusted_root.json; TUF and the public instance where absent. */
  readonly trustedRoot: string | undefined
}

/** What a verified bundle says of its signer. */
export interface VerifiedSigner {
  readonly kind: 'key' | 'keyless'
  /** keyId, or the certificate's identity. */
  readonly identity: string
  readonly issuer: string | undefined
  /** Fulcio's certificate extensions by OID 1.3.6.1.4.1.57264.1.N, decoded to text. */
  readonly extensions: Readonly<Record<string, string>>
}

export interface BundleVerifier {
  /** @throws UserError when the bundle does not hold for these bytes, or is not by whom it should be */
  verifyBlob(bundle: Uint8Array, open: () => Readable): Promise<VerifiedSigner>
  /** Answers the in-toto statement of a DSSE bundle; its subjects are the caller's to match. @throws UserError */
  verifyStatement(bundle: Uint8Array): Promise<{ readonly statement: unknown; readonly signer: VerifiedSigner }>
}

/** @throws UserError when no key and no identity with issuer is given, or both are */
export async function openVerifier(_options: VerifierOptions, _step: Step): Promise<BundleVerifier> {
  throw new Error('not written yet')
}
