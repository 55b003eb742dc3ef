import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Readable } from 'node:stream'
import { type Step, UserError } from '../runner/index.ts'
import { noTestimony, preAuthenticationEncoding, serializeBundle, type VerificationKey } from './bundle.ts'
import { keyHintOf, keyIdOf, publicKeyPem, readPrivateKey } from './key.ts'
import { signBytes, signStream } from './signature.ts'

/** How to sign. With `key` a key pair; else keyless where an identity token is to be had; else, in a terminal, the local key pair. */
export interface SignerOptions {
  /** Path of a PEM private key (PKCS #8, SEC 1) or an encrypted cosign.key. */
  readonly key: string | undefined
  /** Password of an encrypted key; COSIGN_PASSWORD where absent. */
  readonly keyPassword: string | undefined
  /** OIDC token for keyless signing; the surroundings' own where absent. */
  readonly identityToken: string | undefined
  /** Path of a Sigstore signing_config.json; the public instance where absent. */
  readonly signingConfig: string | undefined
  /** Path of a Sigstore trusted_root.json, with which fresh bundles are checked. */
  readonly trustedRoot: string | undefined
  /** One by one instead of a signing config. */
  readonly fulcioUrl: string | undefined
  readonly rekorUrl: string | undefined
  readonly timestampUrl: string | undefined
}

/** Signs many things by one identity: keyless, one certificate serves them all. */
export interface BundleSigner {
  /** Structurally an EvidenceSigner of the release record. */
  readonly signer:
    | {
        readonly kind: 'key'
        readonly origin: 'given' | 'local'
        readonly keyId: `sha256:${string}`
        readonly publicKey: string
      }
    | { readonly kind: 'keyless'; readonly identity: string; readonly issuer: string }
  /** A bundle with a message signature over the bytes of a file, read as a stream. Answers the bundle's JSON bytes. */
  signBlob(open: () => Readable): Promise<Uint8Array>
  /** A bundle with a DSSE envelope around an in-toto statement. Answers the bundle's JSON bytes. */
  signStatement(statement: Uint8Array): Promise<Uint8Array>
}

/** @throws UserError when no identity is to be had, or the key cannot be read */
export async function openSigner(options: SignerOptions, step: Step): Promise<BundleSigner> {
  const password = options.keyPassword ?? step.environment.COSIGN_PASSWORD
  if (options.key !== undefined) return keySigner(await readPrivateKey(options.key, password), 'given')
  throw new UserError('not written yet')
}

/** Signs with a key pair alone: no service takes part. */
function keySigner(privateKey: KeyObject, origin: 'given' | 'local'): BundleSigner {
  const publicKey = createPublicKey(privateKey)
  const key: VerificationKey = { kind: 'publicKey', hint: keyHintOf(publicKey) }
  return {
    signer: { kind: 'key', origin, keyId: keyIdOf(publicKey), publicKey: publicKeyPem(publicKey) },
    async signBlob(open) {
      const { digest, signature } = await signStream(privateKey, open())
      return serializeBundle({ kind: 'message', digest, signature }, key, noTestimony)
    },
    async signStatement(payload) {
      const signature = signBytes(privateKey, preAuthenticationEncoding(payload))
      return serializeBundle({ kind: 'statement', payload, signature }, key, noTestimony)
    },
  }
}
