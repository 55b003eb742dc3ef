import { type Artifact, type Statement, subjectDigests } from '../attest/index.ts'
import type { VerifiedSigner } from '../sigstore/index.ts'
import type { EvidenceFact } from './facts.ts'
import { type Check, type CheckName, failed, passed } from './verdict.ts'

/** A verified statement of the predicate types in question, and what speaks against it. */
export interface JudgedStatement {
  readonly path: string
  readonly statement: Statement
  readonly objections: readonly string[]
}

/** Judges each verified statement of some predicate types once, however many artifacts it speaks of. */
export function judgeStatements(
  evidence: readonly EvidenceFact[],
  accepted: readonly string[],
  objectionsTo: (statement: Statement, signer: VerifiedSigner) => readonly string[],
): JudgedStatement[] {
  return evidence.flatMap(({ evidence: { path }, content }) => {
    if (content.kind !== 'statement' || !accepted.includes(content.statement.predicateType)) return []
    return [{ path, statement: content.statement, objections: objectionsTo(content.statement, content.signer) }]
  })
}

/** An artifact passes when one statement speaks of it to which nothing objects. */
export function judgeArtifact(
  artifact: Artifact,
  check: CheckName,
  statements: readonly JudgedStatement[],
  missing: string,
): Check {
  const about = statements.filter(({ statement }) => subjectDigests(statement).includes(artifact.digest))
  const good = about.find(({ objections }) => objections.length === 0)
  if (good) return passed(artifact.name, check, good.path)
  const reasons = about.map(({ path, objections }) => `${path}: ${objections.join(', ')}`)
  return failed(artifact.name, check, reasons.length > 0 ? reasons.join('; ') : missing)
}
