import type { Digest } from '../oci/index.ts'
import type { Step } from '../runner/index.ts'
import type { PromotionContext } from './context.ts'
import { applyFiles } from './files/index.ts'
import { applyImages, formatPlace } from './images/index.ts'
import type { Observation } from './observe.ts'
import type { PromotionPlan } from './plan.ts'
import type { Promotion } from './report.ts'
import {
  type AttachmentContext,
  attachSigned,
  type PromotionSigning,
  promotedImages,
  type SignedStatements,
  signPlanned,
  statementMaker,
} from './signing/index.ts'
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
  const { wish, observation, context } = application
  const { repositories, journal, signing, stores } = context
  const { observed, judgement } = observation
  const attach = signing
    ? attachSigned(statementMaker(attachmentContext(signing, application), step))
    : async () => undefined
  await noteWhole(plan, application)
  const needed = judgement?.needed ?? new Map()
  const images = await applyImages(
    plan.images,
    { wishes: wish.images, observed, needed, repositories, journal, attach },
    step,
  )
  return { images, files: await applyFiles(plan.files, stores, step) }
}

/** Makes what a plan has to be signed, to be kept for those who promote; nothing is promoted. */
export async function signPlan(plan: PromotionPlan, application: Application, step: Step): Promise<SignedStatements> {
  const { wish, observation, context } = application
  if (!context.signing) return { made: [], failures: [] }
  const observed = { wishes: wish.images, observed: observation.observed }
  return await signPlanned(plan.images, observed, attachmentContext(context.signing, application), step)
}

const attachmentContext = (
  signing: PromotionSigning,
  { whole, observation: { found }, planDigest }: Application,
): AttachmentContext => ({ signing, found, promoted: promotedImages(whole.images), plan: planDigest })

/** What was looked at and found whole needs not be looked at again. */
async function noteWhole(plan: PromotionPlan, { wish, observation, context }: Application): Promise<void> {
  const conflicting = new Set(plan.conflicts.map(({ item }) => item))
  const lacking = new Set(
    plan.images.flatMap(({ source, digest, transfers }) =>
      transfers.flatMap(({ destinations }) => destinations.map((place) => `${source}@${digest} ${place}`)),
    ),
  )
  for (const [index, { source, images, destinations }] of wish.images.entries()) {
    for (const image of images) {
      const item = `${formatPlace(source)}@${image.digest}`
      if (conflicting.has(item) || !observation.observed[index]?.images.has(image.digest)) continue
      for (const place of destinations) {
        if (!lacking.has(`${item} ${formatPlace(place)}`)) await context.journal.note(source, image, place)
      }
    }
  }
}
