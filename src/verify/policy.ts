import type { Release } from '../release/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { type BundleVerifier, findLocalPublicKey, openVerifier, type VerifierOptions } from '../sigstore/index.ts'

/**
 * The verifier by which a release is judged: by the key or identity that was given. Where none was, a release that was
 * signed by this machine's own key pair is believed on this machine, and no other: the record alone proves nothing.
 * @throws UserError when nobody was named and the release is not this machine's own
 */
export async function openReleaseVerifier(
  release: Release,
  options: VerifierOptions,
  step: Step,
): Promise<BundleVerifier> {
  const named = options.key ?? options.certificateIdentity ?? options.certificateOidcIssuer
  if (named !== undefined || step.onGitHub) return openVerifier(options, step)
  const key = await findLocalPublicKey(step.environment)
  const own = key === undefined ? undefined : await openVerifier({ ...options, key }, step)
  const signers = release.record.evidence.map(({ signer }) => signer)
  const isOwn = signers.some(
    (signer) => signer.kind === 'key' && signer.origin === 'local' && signer.keyId === own?.trusted.identity,
  )
  if (own && isOwn) {
    step.log.notice("Verified by this machine's own key pair, since nobody was named; that proves nothing to others.")
    return own
  }
  throw new UserError('No identity given: it was not said who must have signed the release', {
    hint: "Give 'policy', or 'key', or both 'certificate-identity' and 'certificate-oidc-issuer'.",
  })
}
