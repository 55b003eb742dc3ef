import type { Step } from '../runner/index.ts'
import type { PromotionContext } from './context.ts'
import { type Judgement, judgeImages } from './evidence.ts'
import { type FileObservation, observeFiles, observeMarkers } from './files/index.ts'
import { observeRepositories } from './images/index.ts'
import { observeSigned, promotedImages, type SignedObservation } from './signing/index.ts'
import type { PromotionWish } from './wish.ts'

/** What is there, what the policy says of it, and what of it is signed. */
export interface Observation extends SignedObservation {
  readonly judgement?: Judgement
  readonly files: FileObservation
  /** What each version marker says now, by name. */
  readonly markers: ReadonlyMap<string, string>
}

/**
 * @param whole the wish with the destinations of all shards
 * @param policy path of the evidence policy
 */
export async function observe(
  wish: PromotionWish,
  whole: PromotionWish,
  context: PromotionContext & { readonly policy: string | undefined },
  step: Step,
): Promise<Observation> {
  const { repositories, journal, signing, policy } = context
  const judged = policy !== undefined || signing !== undefined
  const observed = await observeRepositories(wish.images, { repositories, journal, judged }, step)
  const judgement =
    policy === undefined ? undefined : await judgeImages(policy, wish.images, observed, repositories, step)
  const signed = signing
    ? await observeSigned(wish.images, observed, { signing, repositories, promoted: promotedImages(whole.images) })
    : { observed, found: new Map() }
  return {
    ...signed,
    ...(judgement ? { judgement } : {}),
    files: await observeFiles(wish.files, context.stores, step),
    markers:
      context.markers === undefined || whole.version === undefined
        ? new Map()
        : await observeMarkers(whole.version, context.stores.destination(context.markers)),
  }
}
