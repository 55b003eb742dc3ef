/**
 * Evidence policies: who must have signed an image, and what must be attested of it, before it is promoted.
 * A policy is judged at the source; the verdict names the digests that a destination must have.
 */
export { acceptedTypes } from './judge.ts'
export { findNamed, readWrittenSigner } from './named.ts'
export { type EvidenceJudge, openEvidenceJudge } from './open.ts'
export {
  type EvidencePolicy,
  type PolicyMode,
  type Requirements,
  requirementsOf,
} from './policy.ts'
export { readEvidencePolicy } from './read.ts'
export type { EvidenceFinding, EvidenceVerdict, ImageWithEvidence, NeededEvidence } from './verdict.ts'
export { parsePath, parsePredicate, parseSigner, type WrittenPath, type WrittenSigner } from './words.ts'
