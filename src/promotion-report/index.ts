/**
 * What became of a promotion. Each shard writes a report of what it did; one step at the end merges them, holds them to the
 * plan that was approved, and fails when anything of it is not there.
 */
export { countPromoted } from './merge.ts'
export { type ReportOptions, reportPromotion } from './promotion-report.ts'
