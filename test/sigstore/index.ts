/** A whole Sigstore on loopback for tests: Fulcio, Rekor v2, timestamp authority, CT log and two OIDC issuers. */
export { startSigstore, type TestSigstore } from './sigstore.ts'
