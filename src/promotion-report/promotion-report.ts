import { digestOfPlan, hostsOfPlan, type PromotionReport, readApprovedPlan } from '../promote/index.ts'
import { atomicWrite } from '../release/index.ts'
import { FailedItems, type Step, UserError } from '../runner/index.ts'
import { countPromoted, mergeReports } from './merge.ts'
import { readReports } from './read.ts'
import { reportSummary } from './summary.ts'

export interface ReportOptions {
  /** Glob patterns of the reports that the shards wrote. */
  readonly reports: readonly string[]
  /** Absolute path of the plan that was approved. */
  readonly plan: string
  /** The digest that this plan must have. */
  readonly planDigest: string
  /** Absolute path to write the merged report to. */
  readonly report: string | undefined
  readonly dryRun: boolean
}

/**
 * Merges the reports of all shards of one plan.
 * @throws FailedItems, after it has reported, when a shard failed or is missing, or a report is of another plan
 */
export async function reportPromotion(options: ReportOptions, step: Step): Promise<PromotionReport> {
  const plan = await readApprovedPlan(options.plan, options.planDigest)
  const approved = { digest: digestOfPlan(plan), hosts: hostsOfPlan(plan), conflicts: plan.conflicts }
  const merged = mergeReports(approved, await readReports(options.reports, step))
  step.summary(...reportSummary(merged))
  if (options.report !== undefined && !options.dryRun) {
    await atomicWrite(options.report, `${JSON.stringify(merged.report, null, 2)}\n`)
  }
  if (merged.shortcomings.length > 0) {
    throw new FailedItems(
      'Promotion',
      merged.shortcomings.map((shortcoming) => new UserError(shortcoming)),
      { outputs: { promoted: countPromoted(merged.report), complete: false } },
    )
  }
  return merged.report
}
