/** What became of a promotion: the report that each shard of it writes. */
export type { FileOutcome, ImageOutcome, ItemState, PromotionReport, ReportedConflict } from './report.ts'
