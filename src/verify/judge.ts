import { isDeepStrictEqual } from 'node:util'
import { subjectDigests } from '../attest/index.ts'
import { judgeChecksums } from './checksums.ts'
import type { EvidenceFact, ReleaseFacts } from './facts.ts'
import { judgeImages, judgeReferrers } from './image.ts'
import { judgeFiles, judgeSource } from './integrity.ts'
import { type AppliedRules, admitEvidence, judgePredicates } from './policy-judgment.ts'
import { judgeProvenance } from './provenance.ts'
import { judgeSboms } from './sbom.ts'
import { judgeSignatures } from './signature.ts'
import { type Check, unless } from './verdict.ts'

/** What a release must fulfill beyond being signed by the expected signer, whom the facts were gathered by. */
export interface Demands {
  /** The exact builder of every provenance; any when undefined. */
  readonly builderId: string | undefined
  readonly allowModified: boolean
  /** What the policy demands beside its signers; undefined where there is no policy. */
  readonly applied?: AppliedRules
}

/** Judges what was found in a release directory. Pure; each check stands for itself. */
export function judgeRelease(found: ReleaseFacts, { applied, ...demands }: Demands): Check[] {
  const facts = applied ? admitEvidence(found, applied) : found
  return [
    judgeSource(facts, demands.allowModified),
    ...judgeFiles(facts),
    ...judgeChecksums(facts),
    ...judgeImages(facts),
    ...judgeReferrers(facts),
    ...facts.evidence.map((fact) => judgeEvidence(fact)),
    ...judgeSignatures(facts),
    ...judgeProvenance(facts, demands.builderId),
    ...judgeSboms(facts),
    ...(applied ? judgePredicates(facts, applied.rules) : []),
  ]
}

/** The record says of a bundle what is in it. */
function judgeEvidence({ evidence, content, expected }: EvidenceFact): Check {
  const { path, kind, predicateType, subjects } = evidence
  if (!expected) {
    const lie = content.kind === 'invalid' ? [] : ['release.json names another signer than it has']
    return unless(path, 'evidence', lie, 'it is by another signer, and counts for nothing here')
  }
  if (content.kind === 'invalid') return unless(path, 'evidence', [content.reason], '')
  const found = content.kind === 'statement' ? subjectDigests(content.statement) : content.digests
  const foundType = content.kind === 'statement' ? content.statement.predicateType : undefined
  const objections = [
    ...(isDeepStrictEqual([...subjects].sort(), [...found].sort())
      ? []
      : ['its subjects are not those that release.json names']),
    ...(predicateType === foundType
      ? []
      : [`its predicate type is ${foundType ?? 'absent'}, not ${predicateType ?? 'absent'}`]),
    ...(content.kind === 'signature' && kind !== 'signature' ? ['it is a signature, not an attestation'] : []),
  ]
  return unless(path, 'evidence', objections, `${found.length} subjects`)
}
