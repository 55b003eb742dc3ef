import { type Block, table } from '../runner/index.ts'
import type { BundleSigner } from '../sigstore/index.ts'
import { type Statement, serializeStatement } from './statement.ts'

/** One attestation and where it is. */
export interface Attestation {
  /** Path of the bundle (in a release, relative to it), or the image by digest. */
  readonly target: string
  readonly predicateType: string
  /** Names of the statement's subjects. */
  readonly subjects: readonly string[]
  /** True when it was there already. */
  readonly present: boolean
}

export const attestationOf = (target: string, statement: Statement, present: boolean): Attestation => ({
  target,
  predicateType: statement.predicateType,
  subjects: statement.subject.map(({ name = '' }) => name),
  present,
})

export const attestationTable = (attestations: readonly Attestation[], dryRun: boolean): Block =>
  table(
    ['Attestation', 'Predicate type', 'Subjects', ''],
    attestations.map(({ target, predicateType, subjects, present }) => [
      target,
      predicateType,
      subjects.length === 1 ? (subjects[0] ?? '') : String(subjects.length),
      present ? 'there already' : dryRun ? 'to do' : 'made',
    ]),
  )

export const signStatement = (signer: BundleSigner, statement: Statement): Promise<Uint8Array> =>
  signer.signStatement(serializeStatement(statement))
