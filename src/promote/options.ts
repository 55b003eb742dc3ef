import type { Digest } from '../oci/index.ts'
import type { SignerOptions } from '../sigstore/index.ts'
import type { PromotionPlan } from './plan.ts'
import type { Shard } from './shards.ts'

/** What to promote and where to. One of `release`, `images` and `manifests`; the release in `release/` where none is given. */
export interface PromotionOptions extends SignerOptions {
  /** Absolute path of a release directory. */
  readonly release: string | undefined
  readonly images: readonly string[]
  /** Absolute path of promotion manifests. */
  readonly manifests: string | undefined
  readonly to: readonly string[]
  /** Absolute path of a mirrors policy, whose registries and stores are the destinations. */
  readonly mirrors: string | undefined
  readonly plainHttp: readonly string[]
  /** Absolute path of an evidence policy. */
  readonly policy: string | undefined
  /** Absolute path: a dry run writes the plan there, any other run does only what it says. */
  readonly plan: string | undefined
  /** The digest that the approved plan must have. */
  readonly planDigest: string | undefined
  /** Only destinations on these hosts; all where empty. */
  readonly hosts: readonly string[]
  /** The most shards to cut the plan into. */
  readonly shards: number | undefined
  /** Absolute path of the journal. */
  readonly journal: string | undefined
  /** Absolute path to write the report to. */
  readonly report: string | undefined
  /** Whether what is promoted is signed, and attested, by this step. */
  readonly sign: boolean
  readonly attest: boolean
  /** Absolute path of a layout that keeps what is signed. */
  readonly signatures: string | undefined
  /** Makes the signatures of the plan, and promotes nothing. */
  readonly signOnly: boolean
  /** Address of the store that has the version markers. */
  readonly versionMarkers: string | undefined
  /** `OWNER/REPO#NUMBER` that gets the plan as a comment. */
  readonly pullRequest: string | undefined
  readonly githubToken: string | undefined
  readonly dryRun: boolean
}

export interface PromotionResult {
  /** Empty when no release was promoted. */
  readonly releaseDigest: Digest | ''
  /** Empty where it is too large for an output. */
  readonly plan: PromotionPlan | ''
  readonly planDigest: Digest
  /** What is newly there. */
  readonly promoted: readonly string[]
  readonly changed: boolean
  /** The plan cut by destination hosts. */
  readonly matrix: readonly Shard[]
}
