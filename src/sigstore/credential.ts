import { generateKeyPairSync } from 'node:crypto'
import type { Digest } from '../oci/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { readCertificate } from './certificate.ts'
import { requestCertificate } from './fulcio.ts'
import { readIdentityToken } from './identity-token.ts'
import { keyHintOf, keyIdOf, publicKeyPem } from './key.ts'
import { memoryKey, type SigningKey } from './signing-key.ts'

/** Who signs; structurally an EvidenceSigner of the release record. */
export type SignerDescription =
  | {
      readonly kind: 'key'
      readonly origin: 'given' | 'local'
      readonly keyId: Digest
      readonly publicKey: string
    }
  | { readonly kind: 'keyless'; readonly identity: string; readonly issuer: string }

/** A key to sign with, and what proves whose it is. */
export interface Credential {
  readonly key: SigningKey
  /** Who signs, as far as it is known: by the token, then by the certificate. */
  describe(): SignerDescription
  /** The certificate (DER), valid for a minute at least; undefined for a key pair. @throws UserError */
  certificate(): Promise<Buffer | undefined>
  readonly hint: string
}

// Logs and timestamps must be had while the certificate is valid.
const leastLife = 60_000

export function keyCredential(key: SigningKey, origin: 'given' | 'local'): Credential {
  const { publicKey } = key
  const signer: SignerDescription = {
    kind: 'key',
    origin,
    keyId: keyIdOf(publicKey),
    publicKey: publicKeyPem(publicKey),
  }
  return {
    key,
    hint: keyHintOf(publicKey),
    describe: () => signer,
    certificate: async () => undefined,
  }
}

/** OIDC tokens of one identity. */
export interface TokenSource {
  readonly first: string
  /** A fresh one, where the surroundings give them; else the same. @throws UserError */
  next(): Promise<string>
}

/**
 * A key that lives in memory only, under a certificate of Fulcio that serves a whole batch and is renewed before it ends.
 * @throws UserError when the token cannot be read
 */
export function keylessCredential(tokens: TokenSource, fulcio: string, step: Step): Credential {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const claims = readIdentityToken(tokens.first)
  let signer: SignerDescription = { kind: 'keyless', identity: claims.identity, issuer: claims.issuer }
  let unused: string | undefined = tokens.first
  let current: Promise<Certificate> | undefined

  async function request(): Promise<Certificate> {
    const token = unused && lives(readIdentityToken(unused).expires) ? unused : await tokens.next()
    unused = undefined
    const { challenge, expires } = readIdentityToken(token)
    if (expires && expires <= step.now()) {
      throw new UserError(`The identity token expired at ${expires.toISOString()}`, {
        hint: 'Get a new one and run the step again.',
      })
    }
    const der = await requestCertificate(step.http, fulcio, { token, challenge }, privateKey)
    const { identity, issuer, notAfter } = await readCertificate(der)
    signer = { kind: 'keyless', identity, issuer }
    return { der, notAfter }
  }

  const lives = (end: Date | undefined): boolean =>
    end === undefined || end.getTime() - step.now().getTime() >= leastLife

  return {
    key: memoryKey(privateKey),
    hint: keyHintOf(publicKey),
    describe: () => signer,
    async certificate() {
      const held = current
      if (held && lives((await held).notAfter)) return (await held).der
      // Another signature may have renewed it meanwhile.
      if (current === held) current = request()
      return (await current)?.der
    },
  }
}

interface Certificate {
  readonly der: Buffer
  readonly notAfter: Date
}
