import { openRelease } from '../release/index.ts'
import type { Step } from '../runner/index.ts'
import type { VerifierOptions } from '../sigstore/index.ts'
import { type Demands, judgeRelease } from './judge.ts'
import { observeRelease } from './observe.ts'
import { openReleaseVerifier } from './policy.ts'
import type { Report } from './report.ts'

/**
 * Verifies a release directory: every byte, the record against the folder both ways, signatures, provenance and SBOMs.
 * @throws UserError when there is no release, its record is malformed, or nobody was named who must have signed
 */
export async function verifyRelease(
  directory: string,
  trust: VerifierOptions,
  demands: Demands,
  step: Step,
): Promise<Report> {
  const release = await openRelease(directory)
  const verifier = await openReleaseVerifier(release, trust, step)
  const checks = judgeRelease(await observeRelease(release, verifier, step), demands)
  const { builderId, allowModified } = demands
  return {
    verified: checks.every(({ passed }) => passed),
    release: release.digest,
    policy: {
      ...verifier.trusted,
      ...(builderId === undefined ? {} : { builderId }),
      ...(allowModified ? { allowModified } : {}),
    },
    checks,
  }
}
