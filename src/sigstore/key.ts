import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Digest, digestOfBytes } from '../oci/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { decryptCosignKey, isCosignKey } from './cosign-key.ts'
import { isKeyAddress, openRemoteKey, type RemoteKey } from './kms/index.ts'
import { memoryKey, remoteSigningKey, type SigningKey } from './signing-key.ts'

const pemHint =
  'Give a PEM private key (PKCS #8 or SEC 1; EC P-256, P-384 or P-521, Ed25519, RSA) or an encrypted cosign.key.'
const smallestModulus = 2048

/**
 * Opens what signs: a key in a file, or by an address one that its keeper does not hand out.
 * @throws UserError
 */
export async function openSigningKey(key: string, password: string | undefined, step: Step): Promise<SigningKey> {
  if (!isKeyAddress(key)) return memoryKey(await readPrivateKey(key, password))
  return remoteSigningKey(await openUsable(key, step))
}

/**
 * Opens what verifies: a public key in a file, or that of a key by its address.
 * @throws UserError
 */
export async function openPublicKey(key: string, password: string | undefined, step: Step): Promise<KeyObject> {
  return isKeyAddress(key) ? (await openUsable(key, step)).publicKey : readPublicKey(key, password)
}

async function openUsable(address: string, step: Step): Promise<RemoteKey> {
  const key = await openRemoteKey(address, step)
  requireUsable(key.publicKey, address)
  if (key.publicKey.asymmetricKeyType === 'ed25519') {
    throw new UserError(`The key ${address} is Ed25519, which signs no digest`, { hint: 'Use an EC P-256 key.' })
  }
  return key
}

/**
 * Reads a private key: PEM (PKCS #8, SEC 1, PKCS #1; encrypted or not), or cosign's own encrypted format.
 * @throws UserError that names the file, never what is in it
 */
async function readPrivateKey(path: string, password: string | undefined): Promise<KeyObject> {
  const text = await readKeyFile(path)
  const key = isEncrypted(text) ? await decryptKey(text, password, path) : parsePrivateKey(text, path, undefined)
  requireUsable(key, path)
  return key
}

/**
 * Reads a PEM public key, or a private key as `readPrivateKey` does, whose public half counts.
 * @throws UserError that names the file, never what is in it
 */
async function readPublicKey(path: string, password: string | undefined): Promise<KeyObject> {
  const text = await readKeyFile(path)
  if (/CERTIFICATE/.test(text)) {
    throw new UserError(`${path} is a certificate, not a public key`, {
      hint: "Give a PEM public key, or verify a keyless signature by 'certificate-identity' and 'certificate-oidc-issuer'.",
    })
  }
  const key = isEncrypted(text) ? createPublicKey(await decryptKey(text, password, path)) : parsePublicKey(text, path)
  requireUsable(key, path)
  return key
}

/** SHA-256 of the public key's SubjectPublicKeyInfo (DER): what names a key in a release record. */
export const keyIdOf = (publicKey: KeyObject): Digest => digestOfBytes(subjectPublicKeyInfo(publicKey))

/** The same hash in base64, as cosign names a key in a bundle. */
export const keyHintOf = (publicKey: KeyObject): string =>
  createHash('sha256').update(subjectPublicKeyInfo(publicKey)).digest('base64')

export const publicKeyPem = (publicKey: KeyObject): string =>
  publicKey.export({ type: 'spki', format: 'pem' }).toString()

export const subjectPublicKeyInfo = (publicKey: KeyObject): Buffer => publicKey.export({ type: 'spki', format: 'der' })

async function readKeyFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'it cannot be read'
    throw new UserError(`Cannot read the key ${path}: ${reason}`, { hint: 'Check the path of the key.' })
  }
}

const isEncrypted = (text: string): boolean => isCosignKey(text) || /ENCRYPTED/.test(text)

async function decryptKey(text: string, password: string | undefined, path: string): Promise<KeyObject> {
  if (password === undefined) {
    throw new UserError(`The private key ${path} is encrypted and no password was given`, {
      hint: "Give its password by the input 'key-password' or in COSIGN_PASSWORD; to verify, cosign.pub needs none.",
    })
  }
  return isCosignKey(text) ? decryptCosignKey(text, password, path) : parsePrivateKey(text, path, password)
}

function parsePublicKey(text: string, path: string): KeyObject {
  try {
    return createPublicKey(text)
  } catch {
    throw new UserError(`${path} is not a public key`, { hint: 'Give a PEM public key (-----BEGIN PUBLIC KEY-----).' })
  }
}

function parsePrivateKey(text: string, path: string, password: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: text, format: 'pem', ...(password === undefined ? {} : { passphrase: password }) })
  } catch {
    // Node's message quotes OpenSSL and helps nobody.
    if (isPublicKey(text))
      throw new UserError(`${path} is a public key; a private key is needed to sign`, { hint: pemHint })
    if (password !== undefined)
      throw new UserError(`The key ${path} cannot be decrypted: wrong password, or the file is damaged`)
    throw new UserError(`${path} is not a private key`, { hint: pemHint })
  }
}

function isPublicKey(text: string): boolean {
  try {
    return createPublicKey(text).type === 'public'
  } catch {
    return false
  }
}

// What cosign 3 verifies with --key; a curve or size it refuses would make a release that others cannot check.
function requireUsable(key: KeyObject, path: string): void {
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {}
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return
    case 'ec':
      if (namedCurve === 'prime256v1' || namedCurve === 'secp384r1' || namedCurve === 'secp521r1') return
      throw new UserError(`The key ${path} is on the curve ${namedCurve}, which Sigstore does not know`, {
        hint: pemHint,
      })
    case 'rsa':
      if (modulusLength !== undefined && modulusLength >= smallestModulus) return
      throw new UserError(`The RSA key ${path} has ${modulusLength} bits; ${smallestModulus} are the least`, {
        hint: pemHint,
      })
    default:
      throw new UserError(`The key ${path} is of the type ${key.asymmetricKeyType}, which Sigstore does not know`, {
        hint: pemHint,
      })
  }
}
