import { atomicWrite } from '../release/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import type { VerifierOptions } from '../sigstore/index.ts'
import { type ArtifactWishes, verifyArtifacts } from './artifact.ts'
import type { Demands } from './judge.ts'
import { verifyRelease } from './release.ts'
import { type Report, reportSummary, requireVerified } from './report.ts'

/** A release, or files and images; who must have signed, and what else is demanded. */
export interface VerifyWishes extends VerifierOptions, ArtifactWishes, Demands {
  /** Folder of the release; counts where no files and images are given. */
  readonly release: string
  /** Verification policy (YAML) for the release, in place of a key or an identity. */
  readonly policy: string | undefined
  /** File to write the report to. */
  readonly report: string | undefined
  readonly dryRun: boolean
}

/**
 * Verifies, reports in the summary and in a file, and only then fails.
 * @throws UserError for bad input or when nobody was named who must have signed; FailedItems that names each failed check
 */
export async function verify(wishes: VerifyWishes, step: Step): Promise<Report> {
  const { files, images, bundle, builderId, allowModified } = wishes
  if (wishes.policy !== undefined) requireOnlyPolicy(wishes)
  const standalone = files.length + images.length > 0 || bundle !== undefined
  const report = standalone
    ? await verifyArtifacts(wishes, wishes, step)
    : await verifyRelease(wishes.release, wishes, { builderId, allowModified }, wishes.policy, step)
  step.summary(...reportSummary(report))
  if (wishes.report !== undefined && !wishes.dryRun) {
    await atomicWrite(wishes.report, `${JSON.stringify(report, null, 2)}\n`)
  }
  requireVerified(report)
  return report
}

// What is not judged by the policy must not look as if it were.
function requireOnlyPolicy({
  key,
  certificateIdentity,
  certificateOidcIssuer,
  files,
  images,
  bundle,
}: VerifyWishes): void {
  if (key !== undefined || certificateIdentity !== undefined || certificateOidcIssuer !== undefined) {
    throw new UserError('Both a policy and a signer were given; the policy says who must have signed', {
      hint: "Give either 'policy', or 'key', or 'certificate-identity' and 'certificate-oidc-issuer'.",
    })
  }
  if (files.length + images.length > 0 || bundle !== undefined) {
    throw new UserError("The input 'policy' is for a release, not for files or images that belong to none", {
      hint: "Give 'key', or both 'certificate-identity' and 'certificate-oidc-issuer' for them.",
    })
  }
}
