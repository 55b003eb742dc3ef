import { mapConcurrently, type Step, UserError } from '../../runner/index.ts'
import type { Journal } from '../journal.ts'
import type { Repositories } from '../repositories.ts'
import { createMounts } from './mounts.ts'
import type { NeededEvidence } from './needed-evidence.ts'
import type { ObservedRepository } from './observation.ts'
import type { ImagePromotion, ImageTransfer } from './plan.ts'
import { shareBlobs } from './shared-blobs.ts'
import type { SourceImage } from './source-image.ts'
import { type Copy, copyImage } from './transfer.ts'
import { formatPlace, hostOf, type ImageWish, type Place, type RepositoryWish } from './wish.ts'

/** What became of one copy of an image. */
export interface ImageOutcome {
  readonly promotion: ImagePromotion
  readonly transfer: ImageTransfer
  readonly destination: string
  readonly failure?: UserError
}

export interface ImageApplication {
  readonly wishes: readonly RepositoryWish[]
  readonly observed: readonly ObservedRepository[]
  /** By `SOURCE@DIGEST`: the evidence for which the policy lets it pass. */
  readonly needed: ReadonlyMap<string, readonly NeededEvidence[]>
  readonly repositories: Repositories
  readonly journal: Journal
  /** Attaches what is signed at this promotion, before the tag. */
  readonly attach: (copy: Copy) => Promise<void>
}

/** Images under way to one host. Hosts do not wait for each other: each has a rate of its own. */
const copiesAtOnce = 6

/** Does what a plan says, for all hosts side by side; a source is read once for all. One that fails does not stop the others. */
export async function applyImages(
  promotions: readonly ImagePromotion[],
  application: ImageApplication,
  step: Step,
): Promise<ImageOutcome[]> {
  const work = copiesOf(promotions, application)
  const bytes = work.flatMap(({ copy }) => copy.transfer.blobs).reduce((sum, { size }) => sum + size, 0)
  const progress = step.progress('Promoting images', bytes, 'bytes')
  const blobs = shareBlobs()
  for (const { copy } of work) for (const { digest } of copy.transfer.blobs) blobs.expect(copy.source, digest)
  const context = { blobs, mounts: createMounts(), attach: application.attach, sent: progress.advance }
  const outcomes = new Map<PlannedCopy, ImageOutcome>()
  try {
    const hosts = Map.groupBy(work, ({ copy }) => copy.host)
    await mapConcurrently([...hosts.values()], hosts.size, (copies) =>
      mapConcurrently(copies, copiesAtOnce, async (planned) => {
        const { promotion, copy, place } = planned
        const failure = await attempt(step, () => copyImage(copy, context))
        outcomes.set(planned, {
          promotion,
          transfer: copy.transfer,
          destination: formatPlace(place),
          ...failure,
        })
        if (!failure.failure) await application.journal.note(planned.source, planned.wish, place)
      }),
    )
  } finally {
    await blobs.close()
  }
  progress.done()
  return work.flatMap((planned) => outcomes.get(planned) ?? [])
}

interface PlannedCopy {
  readonly promotion: ImagePromotion
  readonly copy: Copy
  readonly source: Place
  readonly place: Place
  readonly wish: ImageWish
}

/** The plan's copies, each with what was observed of its image. */
function copiesOf(
  promotions: readonly ImagePromotion[],
  { wishes, observed, needed, repositories }: ImageApplication,
): PlannedCopy[] {
  const planned = new Set(promotions.map(({ source, digest }) => `${source}@${digest}`))
  const known = new Map<string, Omit<PlannedCopy, 'promotion' | 'copy'> & { readonly image: SourceImage }>()
  wishes.forEach(({ source, images, destinations }, index) => {
    for (const wish of images) {
      const image = observed[index]?.images.get(wish.digest)
      const item = `${formatPlace(source)}@${wish.digest}`
      if (!image || !planned.has(item)) continue
      for (const place of destinations) known.set(`${item} ${formatPlace(place)}`, { source, place, wish, image })
    }
  })
  return promotions.flatMap((promotion) =>
    promotion.transfers.flatMap((transfer) =>
      transfer.destinations.map((destination): PlannedCopy => {
        const found = known.get(`${promotion.source}@${promotion.digest} ${destination}`)
        if (!found) throw new Error(`the plan names ${destination}, which nobody asked for`)
        const { image, source, place, wish } = found
        const copy = {
          image,
          transfer,
          needed: needed.get(`${promotion.source}@${promotion.digest}`) ?? [],
          source: repositories.open(source),
          destination: repositories.open(place),
          host: hostOf(place),
        }
        return { promotion, copy, source, place, wish }
      }),
    ),
  )
}

/** A mistake of one item is kept; a bug or a cancellation ends all. */
async function attempt(step: Step, work: () => Promise<void>): Promise<{ readonly failure?: UserError }> {
  try {
    step.signal.throwIfAborted()
    await work()
    return {}
  } catch (error) {
    step.signal.throwIfAborted()
    if (error instanceof UserError) return { failure: error }
    throw error
  }
}
