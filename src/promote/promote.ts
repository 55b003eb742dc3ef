import { readImageManifests } from '../manifests/index.ts'
import type { Digest } from '../oci/index.ts'
import { atomicWrite, fileSubjects, openRelease, proveSubjects } from '../release/index.ts'
import { FailedItems, type Step, UserError } from '../runner/index.ts'
import { hostOfAddress } from './address.ts'
import { readApprovedPlan, requireApproved, writePlan } from './approval.ts'
import { parseDestinations } from './destinations.ts'
import { type Judgement, judgeImages } from './evidence.ts'
import { applyFiles, observeFiles, planFiles } from './files/index.ts'
import { applyImages, observeRepositories, onHosts, planImages } from './images/index.ts'
import { type Journal, noJournal, openJournal } from './journal.ts'
import type { PromotionOptions, PromotionResult } from './options.ts'
import { digestOfPlan, joinPlans, type PromotionPlan } from './plan.ts'
import { type Promotion, reportOf } from './report.ts'
import { openRepositories, type Repositories } from './repositories.ts'
import { mostShards, shardsOf } from './shards.ts'
import {
  attachSigned,
  observeSigned,
  openPromotionSigning,
  type PromotionSigning,
  promotedImages,
  type SignedObservation,
} from './signing/index.ts'
import { wishOfImages, wishOfManifests, wishOfRelease } from './source.ts'
import { summaryOf } from './summary.ts'
import type { PromotionWish } from './wish.ts'

/**
 * Brings images with their evidence, and files, to their destinations; does nothing where they are already.
 * @throws UserError before anything is written, when the input is wrong or the plan is not the approved one
 * @throws FailedItems after everything else is done, when an image or file is in conflict or failed
 */
export async function promote(options: PromotionOptions, step: Step): Promise<PromotionResult> {
  const context = await openContext(options, step)
  const { wish: whole, releaseDigest } = await readWish(options, context.repositories, step)
  const wish = restrict(whole, options.hosts)
  const observation = await observe(options, wish, whole, context, step)
  const images = planImages(wish.images, observation.observed, observation.judgement?.objections ?? new Map())
  const plan = joinPlans(wish, images, planFiles(wish.files, await observeFiles(wish.files)))
  const approved = options.dryRun ? undefined : context.approved
  if (approved) requireApproved(plan, approved)
  const planDigest = digestOfPlan(approved ?? plan)

  const promotion = options.dryRun
    ? undefined
    : await apply(plan, { wish, whole, observation, context, planDigest }, step)
  if (options.dryRun && options.plan !== undefined) await writePlan(options.plan, plan)
  if (options.report !== undefined) {
    const report = reportOf(approved ?? plan, plan, promotion, options.hosts)
    await atomicWrite(options.report, `${JSON.stringify(report, null, 2)}\n`)
  }
  step.summary(...summaryOf(wish, observation, plan, promotion))
  const failures = failuresOf(plan, promotion, wish)
  if (failures.length > 0) throw new FailedItems('Promotion is not complete', failures)
  const promoted = promotedIn(promotion)
  if (promoted.length === 0 && !options.dryRun) step.log.info('Everything is there already; nothing was written')
  return {
    releaseDigest,
    plan,
    planDigest,
    promoted,
    changed: promoted.length > 0,
    matrix: shardsOf(plan, options.shards ?? mostShards),
  }
}

interface Context {
  readonly repositories: Repositories
  readonly journal: Journal
  readonly approved: PromotionPlan | undefined
  readonly signing: PromotionSigning | undefined
}

/** Everything that can be wrong before a registry is asked. */
async function openContext(options: PromotionOptions, step: Step): Promise<Context> {
  const { plan, planDigest, dryRun, journal, shards } = options
  if (planDigest !== undefined && plan === undefined) {
    throw new UserError("'plan-digest' is of the file 'plan', which is not given")
  }
  if (shards !== undefined && !(Number.isInteger(shards) && shards > 0 && shards <= mostShards)) {
    throw new UserError(`'shards' is ${shards}`, { hint: `Give a whole number from 1 to ${mostShards}.` })
  }
  return {
    repositories: openRepositories(step, options.plainHttp),
    journal: journal === undefined ? noJournal : await openJournal(journal),
    approved: plan === undefined || dryRun ? undefined : await readApprovedPlan(plan, planDigest),
    signing: options.sign || options.attest ? await openPromotionSigning(options, step) : undefined,
  }
}

function restrict(wish: PromotionWish, hosts: readonly string[]): PromotionWish {
  if (hosts.length === 0) return wish
  const wanted = new Set(hosts)
  return {
    ...wish,
    images: onHosts(wish.images, wanted),
    files: wish.files.filter(({ destination }) => wanted.has(hostOfAddress(destination))),
  }
}

/** What is there, what the policy says of it, and what of it is signed. */
export interface Observation extends SignedObservation {
  readonly judgement?: Judgement
}

async function observe(
  { policy }: PromotionOptions,
  wish: PromotionWish,
  whole: PromotionWish,
  { repositories, journal, signing }: Context,
  step: Step,
): Promise<Observation> {
  const judged = policy !== undefined || signing !== undefined
  const observed = await observeRepositories(wish.images, { repositories, journal, judged }, step)
  const judgement =
    policy === undefined ? {} : { judgement: await judgeImages(policy, wish.images, observed, repositories, step) }
  if (!signing) return { observed, found: new Map(), ...judgement }
  const promoted = promotedImages(whole.images)
  return { ...(await observeSigned(wish.images, observed, { signing, repositories, promoted })), ...judgement }
}

interface Application {
  readonly wish: PromotionWish
  readonly whole: PromotionWish
  readonly observation: Observation
  readonly context: Context
  readonly planDigest: Digest
}

async function apply(
  plan: PromotionPlan,
  { wish, whole, observation, context, planDigest }: Application,
  step: Step,
): Promise<Promotion> {
  const { repositories, journal, signing } = context
  const { observed, found } = observation
  const attach = signing
    ? attachSigned({ signer: signing.signer, found, promoted: promotedImages(whole.images), plan: planDigest }, step)
    : async () => undefined
  const images = await applyImages(plan.images, { wishes: wish.images, observed, repositories, journal, attach }, step)
  return { images, files: await applyFiles(plan.files, step) }
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
  const images = (promotion?.images ?? [])
    .filter(({ failure }) => !failure)
    .flatMap(({ promotion: { digest }, transfer: { tags }, destination }) =>
      tags.length === 0 ? `${destination}@${digest}` : tags.map((tag) => `${destination}:${tag}@${digest}`),
    )
  const files = (promotion?.files ?? [])
    .filter(({ failure }) => !failure)
    .map(({ file }) => `${file.destination}/${file.name}`)
  return [...images, ...files]
}
