import { createPublicKey } from 'node:crypto'
import type { TrustedRoot } from '@sigstore/protobuf-specs'
import { type Step, UserError } from '../runner/index.ts'
import type { SignerDescription } from './credential.ts'
import { openPublicKey } from './key.ts'
import { loadTrustedRoot, type Thresholds, type Trust } from './trust.ts'
import { type BundleVerifier, verifierOf } from './verifier.ts'

/** Whom to believe: exactly one of a public key, or an identity with its issuer. */
export interface VerifierOptions {
  /** Path of a PEM public key (or of a private key, whose public half counts), or the address of a key in a KMS. */
  readonly key: string | undefined
  /** Password of an encrypted private key; COSIGN_PASSWORD where absent. */
  readonly keyPassword: string | undefined
  /** Exact subject alternative name of the certificate. */
  readonly certificateIdentity: string | undefined
  readonly certificateOidcIssuer: string | undefined
  /** Path of a trusted_root.json; TUF and the public instance where absent. */
  readonly trustedRoot: string | undefined
}

/** @throws UserError when no key and no identity with issuer is given, or both are */
export async function openVerifier(options: VerifierOptions, step: Step): Promise<BundleVerifier> {
  const keyPassword = options.keyPassword ?? step.environment.COSIGN_PASSWORD
  if (keyPassword) step.secret(keyPassword)
  return verifierOf(await trustOf({ ...options, keyPassword }, step))
}

/**
 * A verifier of what a signer made before, so that a second run need not sign again.
 * @throws UserError when there is no trusted root for a keyless signer
 */
export const openSignerVerifier = (
  signer: SignerDescription,
  trustedRoot: string | undefined,
): Promise<BundleVerifier> => verifierOpener(trustedRoot)(signer)

/** A signer to believe; one known by a pattern has its text for an identity. */
export type TrustedSigner =
  | SignerDescription
  | { readonly kind: 'keyless'; readonly identity: string; readonly pattern: RegExp; readonly issuer: string }

/**
 * Opens verifiers of several signers. The trusted root is read once, when a signer first needs it: always for a keyless
 * one, and for a key where a root is named or a log or a timestamp is demanded.
 */
export function verifierOpener(
  trustedRoot: string | undefined,
  thresholds?: Thresholds,
): (signer: TrustedSigner) => Promise<BundleVerifier> {
  let loaded: Promise<TrustedRoot> | undefined
  const root = (): Promise<TrustedRoot> => {
    loaded ??= loadTrustedRoot(trustedRoot)
    return loaded
  }
  return async (signer) => {
    if (signer.kind === 'keyless') {
      return verifierOf({ ...signer, root: await root(), ...(thresholds ? { thresholds } : {}) })
    }
    const publicKey = createPublicKey(signer.publicKey)
    const needsRoot = trustedRoot !== undefined || (thresholds && thresholds.logEntries + thresholds.timestamps > 0)
    return verifierOf({
      kind: 'key',
      publicKey,
      root: needsRoot ? await root() : undefined,
      ...(thresholds ? { thresholds } : {}),
    })
  }
}

async function trustOf(
  { key, keyPassword, certificateIdentity, certificateOidcIssuer, trustedRoot }: VerifierOptions,
  step: Step,
): Promise<Trust> {
  if (key !== undefined) {
    if (certificateIdentity !== undefined || certificateOidcIssuer !== undefined) {
      throw new UserError('A key and a certificate identity were given; a signer is known by one of them', {
        hint: "Give either 'key', or 'certificate-identity' and 'certificate-oidc-issuer'.",
      })
    }
    const root = trustedRoot === undefined ? undefined : await loadTrustedRoot(trustedRoot)
    return { kind: 'key', publicKey: await openPublicKey(key, keyPassword, step), root }
  }
  if (!certificateIdentity || !certificateOidcIssuer) {
    throw new UserError('It was not said who must have signed', {
      hint: "Give 'key', or both 'certificate-identity' and 'certificate-oidc-issuer'.",
    })
  }
  return {
    kind: 'keyless',
    identity: certificateIdentity,
    issuer: certificateOidcIssuer,
    root: await loadTrustedRoot(trustedRoot),
  }
}
