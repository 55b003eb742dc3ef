import type { Repository } from '../registry/index.ts'
import { verifierOpener } from '../sigstore/index.ts'
import { byteGate } from './byte-gate.ts'
import { judgeEvidence } from './judge.ts'
import { type EvidenceObserver, evidenceObserver } from './observe.ts'
import { type EvidencePolicy, type Requirements, requirementsOf } from './policy.ts'
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

/** Of documents in memory at a time, as they are stored; parsed, each takes a few times as much. */
const mostBytes = 48 << 20

/**
 * Opens a verifier for each signer of the policy.
 * @throws UserError when a trusted root is needed and cannot be read
 */
export async function openEvidenceJudge(policy: EvidencePolicy): Promise<EvidenceJudge> {
  const open = verifierOpener(policy.trustedRoot)
  const gate = byteGate(mostBytes)
  const observers = new Map<Requirements, EvidenceObserver>()
  for (const requirements of [policy.default, ...policy.projects.values()]) {
    if (requirements.mode === 'off') continue
    const verifiers = await Promise.all(requirements.signers.map(open))
    observers.set(requirements, evidenceObserver(verifiers, requirements.predicates, gate))
  }
  return {
    async judge(project, image, repository) {
      const requirements = requirementsOf(policy, project)
      const observe = observers.get(requirements)
      if (!observe) return { mode: requirements.mode, findings: [], needed: [] }
      return judgeEvidence(image, requirements, await observe(image, repository))
    },
  }
}
