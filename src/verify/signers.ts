import type { EvidenceSigner } from '../release/index.ts'
import { UserError } from '../runner/index.ts'
import { type BundleVerifier, verifierOpener, WrongSigner } from '../sigstore/index.ts'
import type { VerificationPolicy } from './verification-policy.ts'

/** Whom the bundles of a release may be by. */
export interface ReleaseVerifier extends Pick<BundleVerifier, 'verifyBlob' | 'verifyStatement'> {
  /** Whether a bundle by this signer, as the record names it, counts. */
  believes(signer: EvidenceSigner): boolean
}

/** Believes one signer. */
export const oneSigner = (verifier: BundleVerifier): ReleaseVerifier => ({
  ...verifier,
  believes: (signer) => isBy(verifier.trusted, signer),
})

/**
 * Believes each signer of a policy.
 * @param trustedRoot in place of the policy's
 * @throws UserError when a trusted root is needed and cannot be read
 */
export async function openPolicyVerifier(
  policy: VerificationPolicy,
  trustedRoot: string | undefined,
): Promise<ReleaseVerifier> {
  const open = verifierOpener(trustedRoot ?? policy.trustedRoot, policy.thresholds)
  const verifiers = await Promise.all(
    policy.signers.map(async (signer) => {
      const verifier = await open(signer)
      if (!('pattern' in signer)) return oneSigner(verifier)
      const { pattern, issuer } = signer
      const believes: ReleaseVerifier['believes'] = (by) =>
        by.kind === 'keyless' && pattern.test(by.identity) && by.issuer === issuer
      return { ...verifier, believes }
    }),
  )
  return {
    believes: (signer) => verifiers.some((verifier) => verifier.believes(signer)),
    verifyBlob: (bundle, content) => firstOf(verifiers, (verifier) => verifier.verifyBlob(bundle, content)),
    verifyStatement: (bundle) => firstOf(verifiers, (verifier) => verifier.verifyStatement(bundle)),
  }
}

const isBy = (trusted: BundleVerifier['trusted'], signer: EvidenceSigner): boolean =>
  signer.kind === 'key'
    ? trusted.kind === 'key' && trusted.identity === signer.keyId
    : trusted.kind === 'keyless' && trusted.identity === signer.identity && trusted.issuer === signer.issuer

// A key that did not sign says only that the signature does not match, so every signer is asked; what a signer of the
// right kind objects to tells more than that others did not sign.
async function firstOf<Result>(
  verifiers: readonly ReleaseVerifier[],
  verify: (verifier: ReleaseVerifier) => Promise<Result>,
): Promise<Result> {
  const refusals: UserError[] = []
  for (const verifier of verifiers) {
    try {
      return await verify(verifier)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      refusals.push(error)
    }
  }
  const told = refusals.find((error) => !(error instanceof WrongSigner))
  if (told) throw told
  const stranger = refusals.find((error) => error instanceof WrongSigner)
  throw new UserError(`It is by ${stranger?.claimed ?? 'somebody'}, who is no signer of the policy`)
}
