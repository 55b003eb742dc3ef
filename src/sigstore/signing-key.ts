import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Readable } from 'node:stream'
import { UserError } from '../runner/index.ts'
import type { RemoteKey } from './kms/index.ts'
import { digestOf, readMessage, type StreamSignature, signBytes, signStream } from './signature.ts'

/** What signs with SHA-256, wherever the private key is. */
export interface SigningKey {
  readonly publicKey: KeyObject
  signBytes(message: Uint8Array): Promise<Buffer>
  /** In one pass over the stream. */
  signStream(message: Readable): Promise<StreamSignature>
}

export const memoryKey = (privateKey: KeyObject): SigningKey => ({
  publicKey: createPublicKey(privateKey),
  signBytes: async (message) => signBytes(privateKey, message),
  signStream: (message) => signStream(privateKey, message),
})

/** A key that never leaves its keeper: only digests go there. What comes back is checked before it is handed out. */
export function remoteSigningKey({ name, publicKey, signDigest }: RemoteKey): SigningKey {
  const wrong = (): UserError =>
    new UserError(`${name} answered a signature that its own public key does not verify`, {
      hint: 'The key may have been rotated meanwhile; name its version.',
    })
  return {
    publicKey,
    async signBytes(message) {
      const signature = await signDigest(digestOf(message))
      if (!verify('sha256', message, publicKey, signature)) throw wrong()
      return signature
    },
    async signStream(stream) {
      const message = await readMessage(stream, 'sha256', false)
      const signature = await signDigest(message.digest)
      if (!message.verify(publicKey, signature)) throw wrong()
      return { signature, digest: message.digest }
    },
  }
}
