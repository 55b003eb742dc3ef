import { type PullRequestName, parsePullRequest } from '../github/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { readApprovedPlan } from './approval.ts'
import { resolveStore } from './destinations.ts'
import { type FileStores, openFileStores } from './files/index.ts'
import { type Journal, noJournal, openJournal } from './journal.ts'
import type { PromotionOptions } from './options.ts'
import type { PromotionPlan } from './plan.ts'
import { openRepositories, type Repositories } from './repositories.ts'
import { mostShards } from './shards.ts'
import { openPromotionSigning, type PromotionSigning } from './signing/index.ts'

/** What a promotion works with. */
export interface PromotionContext {
  readonly repositories: Repositories
  readonly stores: FileStores
  readonly journal: Journal
  /** Absent in a dry run. */
  readonly approved: PromotionPlan | undefined
  readonly signing: PromotionSigning | undefined
  readonly pullRequest: PullRequestName | undefined
  /** Address of the store of the version markers. */
  readonly markers: string | undefined
}

/** Finds whatever can be wrong before a registry is asked. @throws UserError */
export async function openContext(options: PromotionOptions, step: Step): Promise<PromotionContext> {
  const { plan, planDigest, dryRun, journal, shards, hosts, versionMarkers, pullRequest } = options
  if (planDigest !== undefined && plan === undefined) {
    throw new UserError("'plan-digest' is of the file 'plan', which is not given")
  }
  if (shards !== undefined && !(Number.isInteger(shards) && shards > 0 && shards <= mostShards)) {
    throw new UserError(`'shards' is ${shards}`, { hint: `Give a whole number from 1 to ${mostShards}.` })
  }
  if (options.key !== undefined && !(options.sign || options.attest)) {
    throw new UserError("'key' is given, but nothing is to be signed", { hint: "Set 'sign', 'attest' or both." })
  }
  if (options.signatures !== undefined && !(options.sign || options.attest)) {
    throw new UserError("'signatures' is given, but nothing is to be signed", { hint: "Set 'sign', 'attest' or both." })
  }
  if (options.signOnly && options.signatures === undefined) {
    throw new UserError("'sign-only' needs a folder for what is signed", { hint: "Name it by 'signatures'." })
  }
  if (versionMarkers !== undefined && (options.images.length > 0 || options.manifests !== undefined)) {
    throw new UserError("'version-markers' says the version of a release, and none is promoted")
  }
  if (versionMarkers !== undefined && hosts.length > 0) {
    throw new UserError("'version-markers' come after everything else, which one shard does not see", {
      hint: "Move them by a run without 'hosts' when all shards are done.",
    })
  }
  const stores = openFileStores(step, options.githubToken)
  const markers = versionMarkers === undefined ? undefined : resolveStore(versionMarkers, step)
  if (markers !== undefined) stores.destination(markers)
  return {
    repositories: openRepositories(step, options.plainHttp),
    stores,
    journal: journal === undefined ? noJournal : await openJournal(journal),
    approved: plan === undefined || dryRun ? undefined : await readApprovedPlan(plan, planDigest),
    signing: options.sign || options.attest ? await openPromotionSigning(options, step) : undefined,
    pullRequest: pullRequest === undefined ? undefined : parsePullRequest(pullRequest),
    markers,
  }
}
