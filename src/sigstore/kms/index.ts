/** Keys that never leave their keeper: cloud KMS, HashiCorp Vault, and any other by a program of its own. */
export { isKeyAddress, openRemoteKey } from './open.ts'
export type { RemoteKey } from './remote-key.ts'
