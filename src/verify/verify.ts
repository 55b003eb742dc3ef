import { atomicWrite } from '../release/index.ts'
import type { Step } from '../runner/index.ts'
import type { VerifierOptions } from '../sigstore/index.ts'
import { type ArtifactWishes, verifyArtifacts } from './artifact.ts'
import type { Demands } from './judge.ts'
import { verifyRelease } from './release.ts'
import { type Report, reportSummary, requireVerified } from './report.ts'

/** A release, or files and images; who must have signed, and what else is demanded. */
export interface VerifyWishes extends VerifierOptions, ArtifactWishes, Demands {
  /** Folder of the release; counts where no files and images are given. */
  readonly release: string
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
  const standalone = files.length + images.length > 0 || bundle !== undefined
  const report = standalone
    ? await verifyArtifacts(wishes, wishes, step)
    : await verifyRelease(wishes.release, wishes, { builderId, allowModified }, step)
  step.summary(...reportSummary(report))
  if (wishes.report !== undefined && !wishes.dryRun) {
    await atomicWrite(wishes.report, `${JSON.stringify(report, null, 2)}\n`)
  }
  requireVerified(report)
  return report
}
