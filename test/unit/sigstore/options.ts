import { Readable } from 'node:stream'
import type { SignerOptions, VerifierOptions } from '../../../src/sigstore/index.ts'

export const noSigner: SignerOptions = {
  key: undefined,
  keyPassword: undefined,
  identityToken: undefined,
  signingConfig: undefined,
  trustedRoot: undefined,
  fulcioUrl: undefined,
  rekorUrl: undefined,
  timestampUrl: undefined,
}

export const noVerifier: VerifierOptions = {
  key: undefined,
  certificateIdentity: undefined,
  keyPassword: undefined,
  certificateOidcIssuer: undefined,
  trustedRoot: undefined,
}

/** Opens text as a file would be opened. */
export const opens = (content: string) => (): Readable => Readable.from([Buffer.from(content)])

/** An in-toto statement about nothing in particular. */
export const statement = Buffer.from(
  JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'hello', digest: { sha256: 'a'.repeat(64) } }],
    predicateType: 'https://example.com/predicate',
    predicate: { good: true },
  }),
)
