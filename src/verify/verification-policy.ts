import type { Digest } from '../oci/index.ts'
import type { FileRole } from '../release/index.ts'
import type { Thresholds, TrustedSigner } from '../sigstore/index.ts'

/** What a policy tells apart: files by their role, and images with all their platforms. */
export type SubjectKind = FileRole | 'image'

/** What bundles must say, whoever of the signers made them. Nothing is demanded by what is absent or empty. */
export interface Rules {
  /** Predicate types, for each kind of subject. */
  readonly predicates: ReadonlyMap<SubjectKind, readonly string[]>
  /** Exact URL. */
  readonly repository: string | undefined
  /** What the whole ref must match. */
  readonly ref: RegExp | undefined
  /** Build level of SLSA that each builder is trusted for, by its exact id. */
  readonly builders: ReadonlyMap<string, number>
  readonly slsaLevel: number
  readonly events: readonly string[]
  readonly runnerEnvironments: readonly string[]
  readonly maximumAgeDays: number | undefined
}

/** A verification policy file, with its keys read. Its JSON schema is schema/verification-policy.schema.json. */
export interface VerificationPolicy {
  /** Any one of them suffices for each bundle; never empty. */
  readonly signers: readonly TrustedSigner[]
  readonly rules: Rules
  readonly thresholds: Thresholds
  /** Absolute path of a trusted_root.json; undefined for the public Sigstore instance. */
  readonly trustedRoot: string | undefined
  /** Of the file's bytes. */
  readonly digest: Digest
}
