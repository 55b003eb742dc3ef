/**
 * OpenPGP (RFC 9580, v4 keys): the signatures that apt, dnf and rpm know. Knows nothing of packages or releases.
 */
export { type DetachedSignature, openSigningKey, type SigningKey, type SigningKeyOptions } from './key.ts'
export { verifyCleartext, verifyDetached } from './verify.ts'
