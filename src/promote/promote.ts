import { readImageManifests } from '../manifests/index.ts'
import type { Digest } from '../oci/index.ts'
import { fileSubjects, openRelease, proveSubjects } from '../release/index.ts'
import { FailedItems, type Step, UserError } from '../runner/index.ts'
import { applyPromotion, type Promotion } from './apply.ts'
import { parseDestinations } from './destinations.ts'
import { observe } from './observe.ts'
import { digestOfPlan, type PromotionPlan, planPromotion } from './plan.ts'
import { openRepositories, type Repositories } from './repositories.ts'
import { wishOfImages, wishOfManifests, wishOfRelease } from './source.ts'
import { summaryOf } from './summary.ts'
import type { PromotionWish } from './wish.ts'

/** What to promote and where to. One of `release`, `images` and `manifests`; the release in `release/` where none is given. */
export interface PromotionOptions {
  /** Absolute path of a release directory. */
  readonly release: string | undefined
  readonly images: readonly string[]
  /** Absolute path of a promoter manifest, or of a thin tree. */
  readonly manifests: string | undefined
  readonly to: readonly string[]
  readonly plainHttp: readonly string[]
  readonly dryRun: boolean
}

export interface PromotionResult {
  /** Empty when no release was promoted. */
  readonly releaseDigest: Digest | ''
  readonly plan: PromotionPlan
  readonly planDigest: Digest
  /** What is newly there. */
  readonly promoted: readonly string[]
  readonly changed: boolean
}

/**
 * Brings images with their evidence, and files, to their destinations; does nothing where they are already.
 * @throws FailedItems after everything else is done, when an image or file is in conflict or failed
 */
export async function promote(options: PromotionOptions, step: Step): Promise<PromotionResult> {
  const repositories = openRepositories(step, options.plainHttp)
  const { wish, releaseDigest } = await readWish(options, repositories, step)
  const observation = await observe(wish, repositories, step)
  const plan = planPromotion(wish, observation)
  const promotion = options.dryRun ? undefined : await applyPromotion(plan, { wish, observation, repositories }, step)
  step.summary(...summaryOf(wish, observation, plan, promotion))
  const failures = failuresOf(plan, promotion, wish)
  if (failures.length > 0) throw new FailedItems('Promotion is not complete', failures)
  const promoted = promotedIn(promotion)
  if (promoted.length === 0 && !options.dryRun) step.log.info('Everything is there already; nothing was written')
  return { releaseDigest, plan, planDigest: digestOfPlan(plan), promoted, changed: promoted.length > 0 }
}

async function readWish(
  options: PromotionOptions,
  repositories: Repositories,
  step: Step,
): Promise<{ readonly wish: PromotionWish; readonly releaseDigest: Digest | '' }> {
  const { images, manifests, to } = options
  const sources = [options.release && 'release', images.length > 0 && 'images', manifests && 'manifests'].filter(
    Boolean,
  )
  if (sources.length > 1) {
    throw new UserError(`Two sources to promote from: ${sources.join(' and ')}`, { hint: 'Give one of them.' })
  }
  if (manifests !== undefined) {
    if (to.length > 0) {
      throw new UserError("Promoter manifests name their own destinations; 'to' has no meaning with them")
    }
    return { wish: wishOfManifests(await readImageManifests(manifests), step), releaseDigest: '' }
  }
  const destinations = parseDestinations(to, step)
  if (images.length > 0) {
    return { wish: await wishOfImages(images, destinations, repositories, step), releaseDigest: '' }
  }
  const release = await openRelease(options.release ?? step.resolvePath('release'))
  if (destinations.files.length > 0) await proveSubjects(release, step, fileSubjects(release.record))
  return { wish: wishOfRelease(release, destinations), releaseDigest: release.digest }
}

function failuresOf(plan: PromotionPlan, promotion: Promotion | undefined, wish: PromotionWish): Error[] {
  const conflicts = plan.conflicts
    .filter(({ kind }) => kind !== 'malformed')
    .map(({ item, message }) => new UserError(`${item}: ${message}`))
  const malformed = wish.malformed.map(
    ({ what, message, location }) => new UserError(`${what}: ${message}`, { location }),
  )
  const failed = [...(promotion?.images ?? []), ...(promotion?.files ?? [])].flatMap(({ failure }) => failure ?? [])
  return [...malformed, ...conflicts, ...failed]
}

function promotedIn(promotion: Promotion | undefined): string[] {
  const images = (promotion?.images ?? []).flatMap(({ transfer: { destination, digest, tags } }) =>
    tags.length === 0 ? `${destination}@${digest}` : tags.map((tag) => `${destination}:${tag}@${digest}`),
  )
  const files = (promotion?.files ?? []).map(({ file }) => `${file.destination}/${file.name}`)
  return [...images, ...files]
}
