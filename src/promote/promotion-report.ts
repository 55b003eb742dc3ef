import type { Digest, Tag } from '../oci/index.ts'

/**
 * What became of a plan at some of its destinations, as `promote --report FILE` writes it: the report of one shard, or of
 * an undivided run. It lists every item of the plan at these hosts, also when the run ends in an error. What was there
 * already when the plan was made is in no plan, and so in no report. The JSON schema is
 * schema/promotion-report.schema.json.
 */
export interface PromotionReport {
  readonly schemaVersion: 1
  /** Digest of the plan that the run carried out. */
  readonly plan: Digest
  /** The destination hosts that the run looked after, as the matrix and the input `hosts` write them; sorted. */
  readonly hosts: readonly string[]
  readonly images: readonly ImageOutcome[]
  readonly files: readonly FileOutcome[]
  /** Why items are blocked, wherever they belong; each shard may know of the same one. */
  readonly conflicts: readonly ReportedConflict[]
}

/**
 * - `promoted`: this run brought what was missing.
 * - `present`: nothing was missing any more when the run looked.
 * - `planned`: a dry run, nothing was written.
 * - `blocked`: a conflict or the policy forbids it; nothing was written.
 * - `failed`: it was begun and is not complete; a further run resumes it.
 */
export type ItemState = 'promoted' | 'present' | 'planned' | 'blocked' | 'failed'

interface Outcome {
  readonly state: ItemState
  /** Where it is blocked or failed: one line a user can act on. */
  readonly reason?: string
}

/** One image at one destination. */
export interface ImageOutcome extends Outcome {
  /** `HOST/NAME` or `oci:PATH:NAME`. */
  readonly source: string
  readonly digest: Digest
  readonly destination: string
  /** The tags that the plan sets there; empty where only its evidence was missing, or it goes by digest. */
  readonly tags: readonly Tag[]
}

/** One file in one store. */
export interface FileOutcome extends Outcome {
  readonly name: string
  readonly sha256: string
  /** Address of the store. */
  readonly destination: string
}

export interface ReportedConflict {
  /** As the plan names it: `tag moved`. */
  readonly kind: string
  /** The image or file. */
  readonly item: string
  /** Absent where it concerns every destination. */
  readonly destination?: string
  readonly message: string
}
