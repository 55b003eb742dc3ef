import type { Readable } from 'node:stream'
import { type Step, UserError } from '../runner/index.ts'
import { bundleSigner } from './bundle-signer.ts'
import { chooseServices, namesServices } from './choose-services.ts'
import { keyCredential, keylessCredential, type SignerDescription, type TokenSource } from './credential.ts'
import { openSigningKey } from './key.ts'
import { openLocalKey } from './local-key.ts'
import { noServices } from './services.ts'
import { memoryKey } from './signing-key.ts'
import { loadTrustedRoot } from './trust.ts'

/** How to sign. With `key` a key pair; else keyless where an identity token is to be had; else, in a terminal, the local key pair. */
export interface SignerOptions {
  /** Path of a PEM private key (PKCS #8, SEC 1) or an encrypted cosign.key; or the address of a key in a KMS. */
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
  /**
   * Structurally an EvidenceSigner of the release record. Keyless it is what the token promises, until the first
   * signature; then what the certificate says.
   */
  readonly signer: SignerDescription
  /** A bundle with a message signature over the bytes of a file, read as a stream. Answers the bundle's JSON bytes. */
  signBlob(open: () => Readable): Promise<Uint8Array>
  /** A bundle with a DSSE envelope around an in-toto statement. Answers the bundle's JSON bytes. */
  signStatement(statement: Uint8Array): Promise<Uint8Array>
}

const audience = 'sigstore'

/**
 * Nothing is signed and no certificate is asked for yet. In a dry run no local key pair is made, either: one that is
 * in memory only stands for it.
 * @throws UserError when no identity is to be had, or the key cannot be read
 */
export async function openSigner(
  options: SignerOptions,
  step: Step,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<BundleSigner> {
  const password = options.keyPassword ?? step.environment.COSIGN_PASSWORD
  if (password) step.secret(password)
  if (options.key !== undefined) return keySigner(options.key, password, options, step)
  const tokens = await findTokens(options, step)
  if (tokens) return keylessSigner(tokens, options, step)
  if (step.onGitHub) throw noIdentityOnGitHub()
  if (namesServices(options)) {
    throw new UserError('Keyless signing needs an identity token, and there is none', {
      hint: "Give one by the input 'identity-token' or in SIGSTORE_ID_TOKEN, or sign with a 'key'.",
    })
  }
  return bundleSigner(
    keyCredential(memoryKey(await openLocalKey(step.environment, { create: !dryRun })), 'local'),
    noServices,
    undefined,
    step,
  )
}

async function keySigner(
  key: string,
  password: string | undefined,
  options: SignerOptions,
  step: Step,
): Promise<BundleSigner> {
  const credential = keyCredential(await openSigningKey(key, password, step), 'given')
  // A key stands for itself; logs and timestamps take part only where they were named.
  if (!namesServices(options)) return bundleSigner(credential, noServices, undefined, step)
  const services = await chooseServices(options, step)
  return bundleSigner(credential, services, await loadTrustedRoot(requireRoot(options)), step)
}

async function keylessSigner(tokens: TokenSource, options: SignerOptions, step: Step): Promise<BundleSigner> {
  const root = await loadTrustedRoot(namesServices(options) ? requireRoot(options) : options.trustedRoot)
  const services = await chooseServices(options, step)
  const { fulcio, logs, timestampAuthorities } = services
  if (fulcio === undefined || logs.length === 0) {
    throw new UserError('Keyless signing needs a certificate authority and a transparency log', {
      hint: "Name both: 'fulcio-url' and 'rekor-url', or a 'signing-config' that has them.",
    })
  }
  if (timestampAuthorities.length === 0 && logs.every((log) => log.version === 2)) {
    throw new UserError('Rekor v2 attests no time, and no timestamp authority was named', {
      hint: "Name one: 'timestamp-url'.",
    })
  }
  return bundleSigner(keylessCredential(tokens, fulcio, step), services, root, step)
}

/** Identity tokens: the input, SIGSTORE_ID_TOKEN, GitHub's OIDC service; undefined where there are none. */
async function findTokens(options: SignerOptions, step: Step): Promise<TokenSource | undefined> {
  const given = options.identityToken ?? step.environment.SIGSTORE_ID_TOKEN
  if (given) {
    const token = step.secret(given.trim())
    return { first: token, next: async () => token }
  }
  const request = (): Promise<string | undefined> => step.identityToken(audience)
  const first = await request()
  if (first === undefined) return undefined
  return {
    first,
    async next() {
      const token = await request()
      if (token === undefined) throw noIdentityOnGitHub()
      return token
    },
  }
}

// A fresh bundle is checked before it is handed out, and our own services are not in the public root.
function requireRoot(options: SignerOptions): string {
  if (options.trustedRoot !== undefined) return options.trustedRoot
  throw new UserError('Sigstore services were named without their trusted root', {
    hint: "Give the instance's trusted_root.json by the input 'trusted-root'.",
  })
}

const noIdentityOnGitHub = (): UserError =>
  new UserError('There is nothing to sign with: no key, and no permission to get an identity token', {
    hint: 'Give a key, or let the job sign keyless:\n\n  permissions:\n    id-token: write\n',
  })
