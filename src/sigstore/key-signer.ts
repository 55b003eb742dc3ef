import type { SignerDescription } from './credential.ts'
import { keyIdOf, publicKeyPem, readPublicKey } from './key.ts'

/** The holder of a key pair as a signer, by the path of the public key. @throws UserError */
export async function readKeySigner(path: string): Promise<SignerDescription> {
  const publicKey = await readPublicKey(path, undefined)
  return { kind: 'key', origin: 'given', keyId: keyIdOf(publicKey), publicKey: publicKeyPem(publicKey) }
}
