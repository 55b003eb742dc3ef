import { type KeyObject, randomBytes, scryptSync } from 'node:crypto'
import nacl from 'tweetnacl'

/** A key as `cosign generate-key-pair` writes it, but cheap to derive. */
export function encryptedCosignKey(privateKey: KeyObject, password: string, cost = { N: 1024, r: 8, p: 1 }): string {
  const salt = randomBytes(32)
  const nonce = randomBytes(24)
  const key = scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 })
  const ciphertext = nacl.secretbox(privateKey.export({ type: 'pkcs8', format: 'der' }), nonce, key)
  const json = {
    kdf: { name: 'scrypt', params: cost, salt: salt.toString('base64') },
    cipher: { name: 'nacl/secretbox', nonce: nonce.toString('base64') },
    ciphertext: Buffer.from(ciphertext).toString('base64'),
  }
  const body = Buffer.from(JSON.stringify(json)).toString('base64')
  return `-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n${body}\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n`
}
