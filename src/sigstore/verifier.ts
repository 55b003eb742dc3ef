import type { KeyObject } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Bundle } from '@sigstore/bundle'
import { UserError } from '../runner/index.ts'
import { readCertificate } from './certificate.ts'
import { certificateOf, messageContent, parseBundle, publicKeyOf, statementContent } from './entity.ts'
import { keyIdOf } from './key.ts'
import { proveBundle } from './proof.ts'
import type { Trust } from './trust.ts'
import { WrongSigner } from './wrong-signer.ts'

/** What a verified bundle says of its signer. */
export interface VerifiedSigner {
  readonly kind: 'key' | 'keyless'
  /** keyId, or the certificate's identity. */
  readonly identity: string
  readonly issuer: string | undefined
  /** Fulcio's certificate extensions by OID 1.3.6.1.4.1.57264.1.N, decoded to text. */
  readonly extensions: Readonly<Record<string, string>>
  /** Earliest time of signing that a log or a timestamp authority proves. */
  readonly signedAt?: Date
}

export interface BundleVerifier {
  /** Whom it believes. */
  readonly trusted: Pick<VerifiedSigner, 'kind' | 'identity' | 'issuer'>
  /** @throws UserError when the bundle does not hold for these bytes, or is not by whom it should be */
  verifyBlob(bundle: Uint8Array, open: () => Readable): Promise<VerifiedSigner>
  /** Answers the in-toto statement of a DSSE bundle; its subjects are the caller's to match. @throws UserError */
  verifyStatement(bundle: Uint8Array): Promise<{ readonly statement: unknown; readonly signer: VerifiedSigner }>
}

/** A verifier of bundles by one signer. */
export function verifierOf(trust: Trust): BundleVerifier {
  return {
    trusted:
      trust.kind === 'key'
        ? { kind: 'key', identity: keyIdOf(trust.publicKey), issuer: undefined }
        : { kind: 'keyless', identity: trust.identity, issuer: trust.issuer },
    async verifyBlob(bytes, open) {
      const bundle = await parseBundle(bytes)
      const { key, signer } = await signerOf(bundle, trust)
      return dated(signer, await proveBundle(bundle, await messageContent(bundle, key, open), trust))
    },
    async verifyStatement(bytes) {
      const bundle = await parseBundle(bytes)
      const { signer } = await signerOf(bundle, trust)
      const { content, payload } = statementContent(bundle)
      const signedAt = await proveBundle(bundle, content, trust)
      return { statement: parseStatement(payload), signer: dated(signer, signedAt) }
    },
  }
}

const dated = (signer: VerifiedSigner, signedAt: Date | undefined): VerifiedSigner =>
  signedAt === undefined ? signer : { ...signer, signedAt }

/**
 * Who claims to have signed; the claim is worth something only after `proveBundle`.
 * @throws UserError when it is not whom we trust
 */
async function signerOf(
  bundle: Bundle,
  trust: Trust,
): Promise<{ readonly key: KeyObject; readonly signer: VerifiedSigner }> {
  const der = certificateOf(bundle)
  if (trust.kind === 'key') {
    if (der)
      throw new WrongSigner(await claimOf(der), 'The bundle was signed keyless, not by a key', {
        hint: "Verify it by 'certificate-identity' and 'certificate-oidc-issuer'.",
      })
    const signer: VerifiedSigner = {
      kind: 'key',
      identity: keyIdOf(trust.publicKey),
      issuer: undefined,
      extensions: {},
    }
    return { key: trust.publicKey, signer }
  }
  if (!der)
    throw new WrongSigner('a key', 'The bundle was signed by a key, not keyless', {
      hint: "Verify it with the public key: 'key'.",
    })
  const { identity, issuer, extensions } = await readCertificate(der)
  if (trust.pattern ? !trust.pattern.test(identity) : identity !== trust.identity) {
    throw new WrongSigner(await claimOf(der), `Signed by '${identity}', not by '${trust.identity}'`)
  }
  if (issuer !== trust.issuer) {
    throw new WrongSigner(await claimOf(der), `The identity was attested by '${issuer}', not by '${trust.issuer}'`)
  }
  return { key: publicKeyOf(der), signer: { kind: 'keyless', identity, issuer, extensions } }
}

async function claimOf(der: Uint8Array): Promise<string> {
  const { identity, issuer } = await readCertificate(der)
  return `'${identity}' (${issuer})`
}

function parseStatement(payload: Buffer): unknown {
  let statement: unknown
  try {
    statement = JSON.parse(payload.toString('utf8'))
  } catch {
    throw new UserError('The signed statement is not JSON')
  }
  const type = statement !== null && typeof statement === 'object' && '_type' in statement ? statement._type : undefined
  if (type !== 'https://in-toto.io/Statement/v1' && type !== 'https://in-toto.io/Statement/v0.1') {
    throw new UserError('The signed document is not an in-toto statement')
  }
  return statement
}
