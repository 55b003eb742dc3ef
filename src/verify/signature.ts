import { type Artifact, releaseArtifacts, subjectDigests } from '../attest/index.ts'
import { imageSignatureType } from '../sign/index.ts'
import type { EvidenceFact, ReleaseFacts } from './facts.ts'
import { type Check, failed, passed } from './verdict.ts'

/** Every file, image index and platform manifest is signed by whom the policy names. */
export function judgeSignatures({ record, evidence }: ReleaseFacts): Check[] {
  return releaseArtifacts(record).map((artifact) => {
    const signature = evidence.find((fact) => isSignatureOf(fact, artifact))
    return signature
      ? passed(artifact.name, 'signature', signature.evidence.path)
      : failed(artifact.name, 'signature', whyNot(evidence, artifact))
  })
}

// A statement counts for what its subjects say, never for what it lies beside or what the record says of it.
function isSignatureOf({ content }: EvidenceFact, { digest }: Artifact): boolean {
  switch (content.kind) {
    case 'signature':
      return content.digests.includes(digest)
    case 'statement':
      return (
        content.statement.predicateType === imageSignatureType && subjectDigests(content.statement).includes(digest)
      )
    case 'invalid':
      return false
  }
}

function whyNot(evidence: readonly EvidenceFact[], { digest }: Artifact): string {
  const reasons = evidence
    .filter((fact) => fact.evidence.kind === 'signature' && fact.evidence.subjects.includes(digest))
    .map(
      (fact) =>
        `${fact.evidence.path}: ${fact.content.kind === 'invalid' ? fact.content.reason : 'it signs something else'}`,
    )
  return reasons.length > 0 ? reasons.join('; ') : 'nobody signed it'
}
