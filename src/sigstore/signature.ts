import { createHash, createSign, createVerify, type KeyObject, sign, verify } from 'node:crypto'
import type { Readable } from 'node:stream'
import { UserError } from '../runner/index.ts'

/** Node's names of the hashes that a Sigstore message digest may have. */
export type HashName = 'sha256' | 'sha384' | 'sha512'

// Ed25519 hashes the message twice, so it must be at hand whole.
const largestWholeMessage = 512 * 1024 * 1024

export interface StreamSignature {
  readonly signature: Buffer
  /** SHA-256 of the message. */
  readonly digest: Buffer
}

/** Signs bytes with SHA-256, whatever the key: cosign verifies no other hash with `--key`. */
export const signBytes = (privateKey: KeyObject, message: Uint8Array): Buffer =>
  sign(privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256', message, privateKey)

/** SHA-256. */
export const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** Signs a stream in one pass over it. */
export async function signStream(privateKey: KeyObject, message: Readable): Promise<StreamSignature> {
  const hash = createHash('sha256')
  if (privateKey.asymmetricKeyType === 'ed25519') {
    const whole = await collect(message)
    return { signature: signBytes(privateKey, whole), digest: hash.update(whole).digest() }
  }
  const signer = createSign('sha256')
  for await (const chunk of message) {
    hash.update(chunk)
    signer.update(chunk)
  }
  return { signature: signer.sign(privateKey), digest: hash.digest() }
}

export interface ReadMessage {
  readonly digest: Buffer
  /** True when this is the key's signature over the message. May be asked once. */
  verify(publicKey: KeyObject, signature: Uint8Array): boolean
}

/**
 * Reads a message once, before it is known which key must have signed it.
 * `whole` is for an Ed25519 signature, which cannot be checked from a hash.
 */
export async function readMessage(message: Readable, hashName: HashName, whole: boolean): Promise<ReadMessage> {
  const hash = createHash(hashName)
  if (whole) {
    const bytes = await collect(message)
    return { digest: hash.update(bytes).digest(), verify: (key, signature) => verify(null, bytes, key, signature) }
  }
  const verifier = createVerify(hashName)
  for await (const chunk of message) {
    hash.update(chunk)
    verifier.update(chunk)
  }
  return {
    digest: hash.digest(),
    verify: (key, signature) => key.asymmetricKeyType !== 'ed25519' && verifier.verify(key, signature),
  }
}

async function collect(message: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > largestWholeMessage) {
      message.destroy()
      throw new UserError('An Ed25519 key can sign files of at most 512 MiB, because it needs them whole in memory', {
        hint: 'Use an EC P-256 key.',
      })
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
