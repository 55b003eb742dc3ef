import type { Digest } from '../oci/index.ts'
import type { FileOutcome, ImageOutcome, PromotionReport, ReportedConflict } from '../promote/index.ts'
import type { ReportFile } from './read.ts'

/** What a merge needs to know of the plan that was approved. */
export interface ApprovedPlan {
  readonly digest: Digest
  /** Every destination host that the plan writes to. */
  readonly hosts: readonly string[]
  readonly conflicts: readonly ReportedConflict[]
}

export interface MergedReport {
  /** All that is known, in the shape of one shard's report. */
  readonly report: PromotionReport
  /** Why the promotion is not complete, one line each; empty when it is. */
  readonly shortcomings: readonly string[]
}

/** Puts the reports of all shards together and holds them to the plan. Pure. */
export function mergeReports(plan: ApprovedPlan, files: readonly ReportFile[]): MergedReport {
  const foreign = files.filter(({ report }) => report.plan !== plan.digest)
  const own = files.filter(({ report }) => report.plan === plan.digest)
  const reporters = reportersOf(own)
  const report: PromotionReport = {
    schemaVersion: 1,
    plan: plan.digest,
    hosts: [...reporters.keys()].sort(),
    images: sorted(
      own.flatMap(({ report: { images } }) => images),
      ({ destination, digest, source }) => `${destination} ${digest} ${source}`,
    ),
    files: sorted(
      own.flatMap(({ report: { files } }) => files),
      ({ destination, name }) => `${destination} ${name}`,
    ),
    conflicts: distinct([...plan.conflicts, ...own.flatMap(({ report: { conflicts } }) => conflicts)]),
  }
  return {
    report,
    shortcomings: [
      ...foreign.map(({ path, report: other }) => `${path} is of the plan ${other.plan}, not of ${plan.digest}`),
      ...[...reporters]
        .filter(([, paths]) => paths.length > 1)
        .map(([host, paths]) => `${host} has ${paths.length} reports: ${paths.join(', ')}`),
      ...plan.hosts
        .filter((host) => !reporters.has(host))
        .map((host) => `${host} has no report: its shard did not run, or did not end`),
      ...report.conflicts.map(({ item, message }) => `${item}: ${message}`),
      ...[...report.images, ...report.files].flatMap((outcome) => shortcomingOf(outcome) ?? []),
    ],
  }
}

/** `IMAGE@DIGEST`, or the name of a file. */
export const itemOf = (outcome: ImageOutcome | FileOutcome): string =>
  'name' in outcome ? outcome.name : `${outcome.source}@${outcome.digest}`

/** How many images and files the runs of a report brought, at all destinations together. */
export const countPromoted = ({ images, files }: PromotionReport): number =>
  [...images, ...files].filter(({ state }) => state === 'promoted').length

/** The reports that each host is in. */
function reportersOf(files: readonly ReportFile[]): Map<string, string[]> {
  const reporters = new Map<string, string[]>()
  for (const { path, report } of files) {
    for (const host of report.hosts) reporters.set(host, [...(reporters.get(host) ?? []), path])
  }
  return reporters
}

function shortcomingOf(outcome: ImageOutcome | FileOutcome): string | undefined {
  if (outcome.state === 'promoted' || outcome.state === 'present') return undefined
  const what = outcome.state === 'planned' ? 'was only planned: that was a dry run' : outcome.state
  return `${itemOf(outcome)} to ${outcome.destination} ${what}${outcome.reason === undefined ? '' : `: ${outcome.reason}`}`
}

function distinct(conflicts: readonly ReportedConflict[]): ReportedConflict[] {
  const known = new Map(
    conflicts.map((conflict) => [
      [conflict.kind, conflict.item, conflict.destination, conflict.message].join('\n'),
      conflict,
    ]),
  )
  return [...known].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, conflict]) => conflict)
}

const sorted = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  [...items].sort((left, right) => (key(left) < key(right) ? -1 : 1))
