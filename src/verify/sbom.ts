import { parseSpdx, predicateTypes, releaseArtifacts, type Statement, subjectDigests } from '../attest/index.ts'
import { digestFromHex } from '../oci/index.ts'
import { fileSubjects, imageSubjects } from '../release/index.ts'
import { UserError } from '../runner/index.ts'
import { judgeArtifact, judgeStatements } from './attestation.ts'
import type { ReleaseFacts } from './facts.ts'
import type { Check } from './verdict.ts'

/** Every binary and every platform of an image has an SBOM that somebody stands for. */
export function judgeSboms({ record, evidence }: ReleaseFacts): Check[] {
  const statements = judgeStatements(evidence, [predicateTypes.spdx, predicateTypes.spdxVersioned], objectionsTo)
  const needed = new Set([
    ...fileSubjects(record, 'binary').map(({ sha256 }) => digestFromHex(sha256)),
    ...imageSubjects(record).flatMap(({ manifests }) => manifests.map(({ digest }) => digest)),
  ])
  return releaseArtifacts(record)
    .filter(({ digest }) => needed.has(digest))
    .map((artifact) => judgeArtifact(artifact, 'sbom', statements, 'no SBOM by the expected signer speaks of it'))
}

/** The subjects of the statement must be what the document itself is about. */
function objectionsTo(statement: Statement): string[] {
  try {
    const { listed } = parseSpdx(statement.predicate, 'its predicate')
    return subjectDigests(statement)
      .filter((digest) => !listed.includes(digest))
      .map((digest) => `the document does not speak of ${digest}`)
  } catch (error) {
    if (error instanceof UserError) return [error.message]
    throw error
  }
}
