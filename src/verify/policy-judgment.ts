import { type Artifact, releaseArtifacts } from '../attest/index.ts'
import { acceptedTypes } from '../policy/index.ts'
import type { Subject } from '../release/index.ts'
import { judgeArtifact, judgeStatements } from './attestation.ts'
import type { EvidenceFact, ReleaseFacts } from './facts.ts'
import { objectionsTo } from './rules.ts'
import type { Check } from './verdict.ts'
import type { Rules, SubjectKind } from './verification-policy.ts'

/** Rules, and the time by which ages are told. */
export interface AppliedRules {
  readonly rules: Rules
  readonly now: Date
}

/** The facts without what the rules object to: a bundle that breaks one proves nothing to any check. */
export const admitEvidence = (facts: ReleaseFacts, applied: AppliedRules): ReleaseFacts => ({
  ...facts,
  evidence: facts.evidence.map((fact) => admit(fact, applied)),
})

function admit(fact: EvidenceFact, { rules, now }: AppliedRules): EvidenceFact {
  if (fact.content.kind === 'invalid') return fact
  const objections = objectionsTo(fact.content, rules, now)
  return objections.length === 0 ? fact : { ...fact, content: { kind: 'invalid', reason: objections.join('; ') } }
}

/** Every artifact has each predicate that the policy demands of its kind. */
export function judgePredicates({ record, evidence }: ReleaseFacts, { predicates }: Rules): Check[] {
  const artifacts = releaseArtifacts(record)
  return record.subjects.flatMap((subject) => {
    const ofSubject = artifacts.filter((artifact) => isOf(subject, artifact))
    return (predicates.get(kindOf(subject)) ?? []).flatMap((predicate) => {
      const statements = judgeStatements(evidence, acceptedTypes(predicate), () => [])
      const missing = `no signer of the policy attested ${predicate} of it`
      return ofSubject.map((artifact) => judgeArtifact(artifact, 'predicate', statements, missing))
    })
  })
}

const kindOf = (subject: Subject): SubjectKind => (subject.kind === 'file' ? subject.role : 'image')

// By name: files in different roles may have the same bytes.
const isOf = (subject: Subject, { name, manifest }: Artifact): boolean =>
  subject.kind === 'file' ? manifest === undefined && name === subject.name : manifest?.image === subject.name
