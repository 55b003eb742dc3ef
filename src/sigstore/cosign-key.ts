import { createPrivateKey, type KeyObject, randomBytes, scrypt } from 'node:crypto'
import { UserError } from '../runner/index.ts'
import { member } from './json.ts'

const pattern =
  /-----BEGIN ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY-----/
// A hostile file must not make scrypt take all memory; cosign writes N 65536 (64 MiB), older ones 32768.
const largestCost = 1 << 20

/** True for the format of `cosign generate-key-pair`. */
export const isCosignKey = (text: string): boolean =>
  /-----BEGIN ENCRYPTED (SIGSTORE|COSIGN) PRIVATE KEY-----/.test(text)

/**
 * Decrypts a cosign.key: PEM around JSON; the key of a NaCl secretbox is derived by scrypt; inside is PKCS #8.
 * Source: github.com/secure-systems-lab/go-securesystemslib, encrypted/encrypted.go.
 * @throws UserError
 */
export async function decryptCosignKey(text: string, password: string, path: string): Promise<KeyObject> {
  const sealed = parseSealed(text)
  if (!sealed)
    throw new UserError(`${path} is not a complete cosign.key`, {
      hint: 'It was cut off or changed; restore it from a backup.',
    })
  const key = await deriveKey(password, sealed)
  const { default: nacl } = await import('tweetnacl')
  const opened = nacl.secretbox.open(sealed.ciphertext, sealed.nonce, key)
  if (!opened) {
    throw new UserError(`The key ${path} cannot be decrypted: wrong password, or the file is damaged`, {
      hint: "Check the input 'key-password' or COSIGN_PASSWORD.",
    })
  }
  try {
    return createPrivateKey({ key: Buffer.from(opened), format: 'der', type: 'pkcs8' })
  } catch {
    throw new UserError(`${path} holds no PKCS #8 key`)
  }
}

/** Encrypts as cosign 3 does, which reads it; so does `decryptCosignKey`. */
export async function encryptCosignKey(privateKey: KeyObject, password: string): Promise<string> {
  const cost = { N: 65536, r: 8, p: 1 }
  const [salt, nonce] = [randomBytes(32), randomBytes(24)]
  const key = await deriveKey(password, { cost, salt })
  const { default: nacl } = await import('tweetnacl')
  const sealed = nacl.secretbox(privateKey.export({ type: 'pkcs8', format: 'der' }), nonce, key)
  const json = JSON.stringify({
    kdf: { name: 'scrypt', params: cost, salt: salt.toString('base64') },
    cipher: { name: 'nacl/secretbox', nonce: nonce.toString('base64') },
    ciphertext: Buffer.from(sealed).toString('base64'),
  })
  const lines =
    Buffer.from(json)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  const [begin, end] = ['BEGIN', 'END'].map((word) => `-----${word} ENCRYPTED SIGSTORE PRIVATE KEY-----`)
  return `${[begin, ...lines, end].join('\n')}\n`
}

interface Sealed {
  readonly cost: { readonly N: number; readonly r: number; readonly p: number }
  readonly salt: Buffer
  readonly nonce: Buffer
  readonly ciphertext: Buffer
}

function parseSealed(text: string): Sealed | undefined {
  const body = pattern.exec(text)?.[1]
  if (!body) return undefined
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(body, 'base64').toString('utf8'))
  } catch {
    return undefined
  }
  const kdf = member(json, 'kdf')
  const cipher = member(json, 'cipher')
  const [N, r, p] = ['N', 'r', 'p'].map((name) => member(member(kdf, 'params'), name))
  if (member(kdf, 'name') !== 'scrypt' || member(cipher, 'name') !== 'nacl/secretbox') return undefined
  if (typeof N !== 'number' || typeof r !== 'number' || typeof p !== 'number') return undefined
  if (!isCost(N) || N > largestCost || !isCount(r, 32) || !isCount(p, 16)) return undefined
  const [salt, nonce, ciphertext] = [member(kdf, 'salt'), member(cipher, 'nonce'), member(json, 'ciphertext')].map(
    bytes,
  )
  if (!salt || !ciphertext || nonce?.length !== 24) return undefined
  return { cost: { N, r, p }, salt, nonce, ciphertext }
}

const isCost = (value: number): boolean => Number.isInteger(value) && value > 1 && (value & (value - 1)) === 0
const isCount = (value: number, most: number): boolean => Number.isInteger(value) && value > 0 && value <= most

const bytes = (value: unknown): Buffer | undefined =>
  typeof value === 'string' ? Buffer.from(value, 'base64') : undefined

function deriveKey(password: string, { cost, salt }: Pick<Sealed, 'cost' | 'salt'>): Promise<Buffer> {
  const maxmem = 256 * cost.N * cost.r + 256 * cost.r * cost.p
  return new Promise((resolve, reject) => {
    scrypt(password, salt, 32, { ...cost, maxmem }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
