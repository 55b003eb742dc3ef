import { createPublicKey, type KeyObject } from 'node:crypto'
import { UserError } from '../../runner/index.ts'

/** A key in the hands of somebody who signs by it. */
export interface RemoteKey {
  /** Its address, for messages. */
  readonly name: string
  readonly publicKey: KeyObject
  /** Signs a SHA-256 digest: ECDSA in DER, or RSA PKCS #1 v1.5. @throws UserError */
  signDigest(digest: Buffer): Promise<Buffer>
}

/**
 * The public key that a keeper answered.
 * @param encoded PEM, or DER of SubjectPublicKeyInfo
 * @throws UserError
 */
export function parseRemotePublicKey(encoded: string | Buffer, name: string): KeyObject {
  try {
    return typeof encoded === 'string'
      ? createPublicKey(encoded)
      : createPublicKey({ key: encoded, format: 'der', type: 'spki' })
  } catch {
    throw new UserError(`${name} answered something that is not a public key`)
  }
}
