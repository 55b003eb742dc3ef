import type { PromoterManifest } from '../manifests/index.ts'
import type { Block, Step } from '../runner/index.ts'
import { observeRepositories, planImages } from './images/index.ts'
import { noJournal } from './journal.ts'
import { joinPlans, type PromotionPlan } from './plan.ts'
import { openRepositories } from './repositories.ts'
import { wishOfManifests } from './source.ts'
import { summaryOf } from './summary.ts'

/** What a promotion would do, for those who decide on its manifests. */
export interface PromotionPreview {
  readonly plan: PromotionPlan
  /** As a dry run of the promotion shows it. */
  readonly summary: readonly Block[]
}

/**
 * The plan of image manifests that are no files yet; nothing is written anywhere.
 * @throws UserError when one names a layout that may not be used in this step
 */
export async function previewPromotion(
  manifests: readonly PromoterManifest[],
  { plainHttp }: { readonly plainHttp: readonly string[] },
  step: Step,
): Promise<PromotionPreview> {
  const repositories = openRepositories(step, plainHttp)
  const wish = wishOfManifests(manifests, step)
  const observed = await observeRepositories(wish.images, { repositories, journal: noJournal, judged: false }, step)
  const images = planImages(wish.images, observed, new Map())
  const plan = joinPlans(wish, { images, files: { files: [], conflicts: [] }, markers: [] })
  return { plan, summary: summaryOf(wish, { observed }, plan, undefined) }
}
