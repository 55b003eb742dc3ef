import { createHash, type KeyObject, verify, X509Certificate } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Bundle } from '@sigstore/bundle'
import type { SignedEntity } from '@sigstore/verify'
import { UserError } from '../runner/index.ts'
import { preAuthenticationEncoding, statementPayloadType } from './bundle.ts'
import { type HashName, readMessage } from './signature.ts'

/** What @sigstore/verify checks a signature by; ours, since its own holds a whole file in memory. */
type SignatureContent = SignedEntity['signature']

/** @throws UserError when the bytes are not a Sigstore bundle */
export async function parseBundle(bytes: Uint8Array): Promise<Bundle> {
  const { bundleFromJSON } = await import('@sigstore/bundle')
  try {
    return bundleFromJSON(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch {
    throw new UserError('Not a Sigstore bundle, or one that was cut off or changed', {
      hint: 'A bundle is JSON whose mediaType starts with application/vnd.dev.sigstore.bundle.',
    })
  }
}

/** The certificate (DER) of a keyless bundle; undefined when a key signed. */
export function certificateOf(bundle: Bundle): Uint8Array | undefined {
  const { content } = bundle.verificationMaterial
  switch (content.$case) {
    case 'certificate':
      return content.certificate.rawBytes
    case 'x509CertificateChain':
      return content.x509CertificateChain.certificates[0]?.rawBytes
    case 'publicKey':
      return undefined
  }
}

/**
 * Reads the message that a bundle must have signed.
 * @throws UserError when the bundle signs a statement, or other bytes
 */
export async function messageContent(bundle: Bundle, key: KeyObject, open: () => Readable): Promise<SignatureContent> {
  if (bundle.content.$case !== 'messageSignature') {
    throw new UserError('The bundle holds an attestation, not a signature over the file itself')
  }
  const { messageDigest, signature } = bundle.content.messageSignature
  const { HashAlgorithm } = await import('@sigstore/protobuf-specs')
  const hashName = new Map<number, HashName>([
    [HashAlgorithm.SHA2_256, 'sha256'],
    [HashAlgorithm.SHA2_384, 'sha384'],
    [HashAlgorithm.SHA2_512, 'sha512'],
  ]).get(messageDigest.algorithm)
  if (!hashName) throw new UserError('The bundle names a hash that is not known')
  const message = await readMessage(open(), hashName, key.asymmetricKeyType === 'ed25519')
  if (!message.digest.equals(messageDigest.digest)) {
    throw new UserError(
      `The file differs from what was signed: signed ${hashName}:${messageDigest.digest.toString('hex')}, found ${hashName}:${message.digest.toString('hex')}`,
    )
  }
  return {
    signature,
    compareSignature: (other) => signature.equals(other),
    compareDigest: (digest) => message.digest.equals(digest),
    compareSignedDigest: (digest) => message.digest.equals(digest),
    verifySignature: (publicKey) => message.verify(publicKey, signature),
  }
}

/** The content of a bundle that this process signed a moment ago: the signature need only be by our own key. */
export function knownContent(bundle: Bundle, signature: Buffer, digest: Buffer, ownKey: KeyObject): SignatureContent {
  if (bundle.content.$case === 'dsseEnvelope') return statementContent(bundle).content
  return {
    signature,
    compareSignature: (other) => signature.equals(other),
    compareDigest: (other) => digest.equals(other),
    compareSignedDigest: (other) => digest.equals(other),
    verifySignature: (publicKey) => publicKey.equals(ownKey),
  }
}

/** @throws UserError when the bundle does not hold an in-toto statement */
export function statementContent(bundle: Bundle): { readonly content: SignatureContent; readonly payload: Buffer } {
  if (bundle.content.$case !== 'dsseEnvelope') {
    throw new UserError('The bundle signs the bytes of a file; an attestation is needed')
  }
  const { payload, payloadType, signatures } = bundle.content.dsseEnvelope
  if (payloadType !== statementPayloadType)
    throw new UserError(`The envelope holds '${payloadType}', not an in-toto statement`)
  const signature = signatures[0]?.sig ?? Buffer.alloc(0)
  const signed = preAuthenticationEncoding(payload)
  return {
    payload,
    content: {
      signature,
      compareSignature: (other) => signature.equals(other),
      compareDigest: (digest) => hashOf(payload, digest.length).equals(digest),
      compareSignedDigest: (digest) => hashOf(signed, digest.length).equals(digest),
      verifySignature: (publicKey) => hashesOf(publicKey).some((hash) => verify(hash, signed, publicKey, signature)),
    },
  }
}

/** Public key of a certificate (DER). @throws UserError */
export function publicKeyOf(der: Uint8Array): KeyObject {
  try {
    return new X509Certificate(der).publicKey
  } catch {
    throw new UserError('The certificate in the bundle cannot be read')
  }
}

// An envelope does not say its hash. A key pair signs with SHA-256; Fulcio's larger curves with the hash of their size.
function hashesOf(key: KeyObject): (HashName | null)[] {
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return [null]
    case 'ec':
      return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? ['sha256'] : ['sha256', 'sha384', 'sha512']
    default:
      return ['sha256']
  }
}

function hashOf(bytes: Uint8Array, size: number): Buffer {
  const name = size === 48 ? 'sha384' : size === 64 ? 'sha512' : 'sha256'
  return createHash(name).update(bytes).digest()
}
