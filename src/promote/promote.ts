import { openGitHub, type PullRequestName, upsertComment } from '../github/index.ts'
import { atomicWrite } from '../release/index.ts'
import { type Block, FailedItems, fitsOutput, renderMarkdown, type Step, type UserError } from '../runner/index.ts'
import { hostOfAddress } from './address.ts'
import { applyPlan, signPlan } from './apply.ts'
import { holdBack, requireApproved, writePlan } from './approval.ts'
import { openContext, type PromotionContext } from './context.ts'
import { applyMarkers, planFiles, planMarkers } from './files/index.ts'
import { onHosts, planImages } from './images/index.ts'
import { type Observation, observe } from './observe.ts'
import type { PromotionOptions, PromotionResult } from './options.ts'
import { failuresOf, promotedBy } from './outcome.ts'
import { digestOfPlan, joinPlans, type PlannedMarker, type PromotionPlan } from './plan.ts'
import { readWish } from './read-wish.ts'
import { reportOf } from './report.ts'
import { mostShards, shardsOf } from './shards.ts'
import { signedSummary, summaryOf } from './summary.ts'
import type { PromotionWish } from './wish.ts'

/**
 * Brings images with their evidence, and files, to their destinations; does nothing where they are already.
 * @throws UserError before anything is written, when the input is wrong or the plan is not the approved one
 * @throws FailedItems after everything else is done, when an image or file is in conflict or failed
 */
export async function promote(options: PromotionOptions, step: Step): Promise<PromotionResult> {
  const { dryRun, hosts } = options
  const context = await openContext(options, step)
  const { wish: whole, releaseDigest } = await readWish(options, context.repositories, step)
  const wish = restrict(whole, hosts)
  const observation = await observe(wish, whole, { ...context, policy: options.policy }, step)
  const { approved } = context
  const found = planOf(wish, observation, context)
  const plan = approved ? holdBack(found, approved) : found
  if (approved) requireApproved(plan, approved)
  const planDigest = digestOfPlan(approved ?? plan)
  const application = { wish, whole, observation, context, planDigest }
  const resultOf = (promoted: readonly string[]): PromotionResult => ({
    releaseDigest,
    plan: fitsOutput(plan) ? plan : '',
    planDigest,
    promoted,
    changed: promoted.length > 0,
    matrix: shardsOf(plan, options.shards ?? mostShards),
  })

  if (options.signOnly && !dryRun) {
    const { made, failures } = await signPlan(plan, application, step)
    step.summary(...signedSummary(made))
    return requireNone('Signing is not complete', failures, resultOf(made))
  }
  const promotion = dryRun ? undefined : await applyPlan(plan, application, step)
  const failures = failuresOf(plan, promotion, wish)
  const moved = promotion && failures.length === 0 ? await moveMarkers(plan, whole, context, step) : []

  const blocks = summaryOf(wish, observation, plan, promotion)
  step.summary(...blocks)
  if (dryRun && options.plan !== undefined) await writePlan(options.plan, plan)
  if (options.report !== undefined) {
    const report = reportOf(approved ?? plan, plan, promotion, hosts)
    await atomicWrite(options.report, `${JSON.stringify(report, null, 2)}\n`)
  }
  if (context.pullRequest) await comment(context.pullRequest, options.githubToken, blocks, step)
  const promoted = [...promotedBy(promotion), ...moved]
  if (promoted.length + failures.length === 0 && !dryRun) {
    step.log.info('Everything is there already; nothing was written')
  }
  return requireNone('Promotion is not complete', failures, resultOf(promoted))
}

/** What a step that failed found out stays its output. */
function requireNone(what: string, failures: readonly UserError[], result: PromotionResult): PromotionResult {
  if (failures.length > 0) throw new FailedItems(what, failures, { outputs: { ...result } })
  return result
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

function planOf(wish: PromotionWish, observation: Observation, { markers }: PromotionContext): PromotionPlan {
  const { observed, judgement, files } = observation
  return joinPlans(wish, {
    images: planImages(wish.images, observed, judgement?.objections ?? new Map()),
    files: planFiles(wish.files, files),
    markers:
      markers === undefined || wish.version === undefined
        ? []
        : planMarkers(wish.version, observation.markers).map(
            (move): PlannedMarker => ({ ...move, destination: markers }),
          ),
  })
}

/** @returns the addresses of what was moved */
async function moveMarkers(
  plan: PromotionPlan,
  { version }: PromotionWish,
  { stores, markers }: PromotionContext,
  step: Step,
): Promise<string[]> {
  if (markers === undefined || version === undefined || plan.markers.length === 0) return []
  const moves = await applyMarkers(version, stores.destination(markers), step)
  return moves.map(({ name }) => `${markers}/${name}`)
}

async function comment(
  pullRequest: PullRequestName,
  token: string | undefined,
  blocks: readonly Block[],
  step: Step,
): Promise<void> {
  const github = await openGitHub(token, step)
  await upsertComment(github, pullRequest, { marker: 'promotion-plan', body: renderMarkdown(blocks) })
}
