import { openRelease, type Release } from '../release/index.ts'
import type { Step } from '../runner/index.ts'
import type { VerifierOptions } from '../sigstore/index.ts'
import { type Demands, judgeRelease } from './judge.ts'
import { observeRelease } from './observe.ts'
import { openReleaseVerifier } from './policy.ts'
import type { AppliedRules } from './policy-judgment.ts'
import { readVerificationPolicy } from './read-policy.ts'
import type { Report } from './report.ts'
import { oneSigner, openPolicyVerifier, type ReleaseVerifier } from './signers.ts'

/**
 * Verifies a release directory: every byte, the record against the folder both ways, signatures, provenance and SBOMs.
 * @param policy path of a verification policy, in place of the one signer in `trust`
 * @throws UserError when there is no release, its record is malformed, or nobody was named who must have signed
 */
export async function verifyRelease(
  directory: string,
  trust: VerifierOptions,
  demands: Demands,
  policy: string | undefined,
  step: Step,
): Promise<Report> {
  const release = await openRelease(directory)
  const { verifier, name, applied } = await believed(release, trust, policy, step)
  const facts = await observeRelease(release, verifier, step)
  const checks = judgeRelease(facts, { ...demands, ...(applied ? { applied } : {}) })
  const { builderId, allowModified } = demands
  return {
    verified: checks.every(({ passed }) => passed),
    release: release.digest,
    policy: {
      ...name,
      ...(builderId === undefined ? {} : { builderId }),
      ...(allowModified ? { allowModified } : {}),
    },
    checks,
  }
}

interface Believed {
  readonly verifier: ReleaseVerifier
  readonly name: Report['policy']
  readonly applied?: AppliedRules
}

async function believed(
  release: Release,
  trust: VerifierOptions,
  path: string | undefined,
  step: Step,
): Promise<Believed> {
  if (path === undefined) {
    const verifier = await openReleaseVerifier(release, trust, step)
    return { verifier: oneSigner(verifier), name: verifier.trusted }
  }
  const policy = await readVerificationPolicy(path, step)
  return {
    verifier: await openPolicyVerifier(policy, trust.trustedRoot),
    name: { kind: 'policy', digest: policy.digest },
    applied: { rules: policy.rules, now: step.now() },
  }
}
