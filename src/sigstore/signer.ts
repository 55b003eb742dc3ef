import type { Readable } from 'node:stream'
import type { Step } from '../runner/index.ts'

/** How to sign. With `key` a key pair; else keyless where an identity token is to be had; else, in a terminal, the local key pair. */
export interface SignerOptions {
  /** Path of a PEM private key (PKCS #8, SEC 1) or an encrypted cosign.key. */
  readonly key: string | undefined
  /** Password of an encrypted key; COSIGN_PASSWORD where absent. */
  readonly keyPassword: string | undefined
  /** OIDC token for keyless signing; the surroundings' own where absent. */
  readonly identityToken: string | undefined
  /** Path of a Sigstore signing_config.json; the public instance where absent. */
  readonly signingConfig: string | undefined
  /** Path of a Sigstore trusted_root.json, with which fresh bundles are checked. */
  readonly trustedRoot: string | undefined
  /** One by one instead of a signing config. */
  readonly fulcioUrl: string | undefined
  readonly rekorUrl: string | undefined
  readonly timestampUrl: string | undefined
}

/** Signs many things by one identity: keyless, one certificate serves them all. */
export interface BundleSigner {
  /** Structurally an EvidenceSigner of the release record. */
  readonly signer:
    | { readonly kind: 'key'; readonly origin: 'given' | 'local'; readonly keyId: `sha256:${string}`; readonly publicKey: string }
    | { readonly kind: 'keyless'; readonly identity: string; readonly issuer: string }
  /** A bundle with a message signature over the bytes of a file, read as a stream. Answers the bundle's JSON bytes. */
  signBlob(open: () => Readable): Promise<Uint8Array>
  /** A bundle with a DSSE envelope around an in-toto statement. Answers the bundle's JSON bytes. */
  signStatement(statement: Uint8Array): Promise<Uint8Array>
}

/** @throws UserError when no identity is to be had, or the key cannot be read */
export async function openSigner(_options: SignerOptions, _step: Step): Promise<BundleSigner> {
  throw new Error('not written yet')
}
