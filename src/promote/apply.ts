import type { Digest } from '../oci/index.ts'
import type { Step } from '../runner/index.ts'
import type { PromotionContext } from './context.ts'
import { applyFiles } from './files/index.ts'
import { applyImages } from './images/index.ts'
import type { Observation } from './observe.ts'
import type { PromotionPlan } from './plan.ts'
import type { Promotion } from './report.ts'
import { attachSigned, promotedImages } from './signing/index.ts'
import type { PromotionWish } from './wish.ts'

export interface Application {
  readonly wish: PromotionWish
  /** The wish with the destinations of all shards. */
  readonly whole: PromotionWish
  readonly observation: Observation
  readonly context: PromotionContext
  /** Of the plan that was approved, or of this one. */
  readonly planDigest: Digest
}

/** Does what a plan says; the version markers are not moved yet. One item that fails does not stop the others. */
export async function applyPlan(plan: PromotionPlan, application: Application, step: Step): Promise<Promotion> {
  const { wish, whole, observation, context, planDigest } = application
  const { repositories, journal, signing, stores } = context
  const { observed, found, judgement } = observation
  const attach = signing
    ? attachSigned({ signer: signing.signer, found, promoted: promotedImages(whole.images), plan: planDigest }, step)
    : async () => undefined
  const needed = judgement?.needed ?? new Map()
  const images = await applyImages(
    plan.images,
    { wishes: wish.images, observed, needed, repositories, journal, attach },
    step,
  )
  return { images, files: await applyFiles(plan.files, stores, step) }
}
