import type { Step } from '../runner/index.ts'
import type { SignerDescription } from './credential.ts'
import { keyIdOf, openPublicKey, publicKeyPem } from './key.ts'

/** The holder of a key pair as a signer, by the path of the public key or by the address of the key. @throws UserError */
export async function readKeySigner(key: string, step: Step): Promise<SignerDescription> {
  const publicKey = await openPublicKey(key, undefined, step)
  return { kind: 'key', origin: 'given', keyId: keyIdOf(publicKey), publicKey: publicKeyPem(publicKey) }
}
