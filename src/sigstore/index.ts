/**
 * Sigstore: bundles (v0.3) made and checked, by key pair or keyless, with public or private services.
 * Knows nothing of releases; `sign`, `attest` and `verify` do.
 */

export { findLocalPublicKey } from './local-key.ts'
export { type BundleSigner, openSigner, type SignerOptions } from './signer.ts'
export {
  type BundleVerifier,
  openSignerVerifier,
  openVerifier,
  type VerifiedSigner,
  type VerifierOptions,
} from './verifier.ts'
