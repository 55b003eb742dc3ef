/**
 * Sigstore: bundles (v0.3) made and checked, by key pair or keyless, with public or private services.
 * Knows nothing of releases; `sign`, `attest` and `verify` do.
 */

export type { SignerDescription } from './credential.ts'
export { generateKeyPair, type WrittenKeyPair } from './generate-key-pair.ts'
export { readKeySigner } from './key-signer.ts'
export { isKeyAddress } from './kms/index.ts'
export { legacyAttestationBundle, legacyMediaTypes, legacySignatureBundle, simpleSigningDigest } from './legacy.ts'
export { findLocalPublicKey } from './local-key.ts'
export {
  openSignerVerifier,
  openVerifier,
  type TrustedSigner,
  type VerifierOptions,
  verifierOpener,
} from './open-verifier.ts'
export { type BundleSigner, openSigner, type SignerOptions } from './signer.ts'
export type { Thresholds } from './trust.ts'
export type { BundleVerifier, VerifiedSigner } from './verifier.ts'
export { WrongSigner } from './wrong-signer.ts'
