import type { Repository } from '../registry/index.ts'
import type { Step } from '../runner/index.ts'
import type { EvidencePolicy } from './policy.ts'
import type { EvidenceVerdict, ImageWithEvidence } from './verdict.ts'

/** Judges images by a policy; what was verified once is not verified again. */
export interface EvidenceJudge {
  /**
   * @param project as in `requirementsOf`
   * @param repository where the image and its evidence lie
   * @throws UserError when the evidence cannot be read
   */
  judge(project: string | undefined, image: ImageWithEvidence, repository: Repository): Promise<EvidenceVerdict>
}

/**
 * Opens a verifier for each signer of the policy.
 * @throws UserError when a key or the trusted root cannot be read
 */
export async function openEvidenceJudge(_policy: EvidencePolicy, _step: Step): Promise<EvidenceJudge> {
  throw new Error('not yet')
}
