/**
 * Promotion: images with their evidence, and files, from where they were made to where users get them.
 * It plans from what is there, and does only what is missing; evidence comes before the tag.
 */

export { hostOfAddress } from './address.ts'
export { readApprovedPlan } from './approval.ts'
export { type FileObservation, type FilePlan, type FileWish, observeFiles, planFiles } from './files/index.ts'
export {
  groupRequests,
  type ImageRequest,
  type ObservedDestination,
  type ObservedRepository,
  observeRepositories,
  planImages,
  type RepositoryWish,
} from './images/index.ts'
export type { PromotionOptions, PromotionResult } from './options.ts'
export { type Conflict, digestOfPlan, hostsOfPlan, type PromotionPlan } from './plan.ts'
export { type PromotionPreview, previewPromotion } from './preview.ts'
export { promote } from './promote.ts'
export type {
  FileOutcome,
  ImageOutcome,
  ItemState,
  PromotionReport,
  ReportedConflict,
} from './promotion-report.ts'
export { type Shard, shardsOf } from './shards.ts'
export { promotionType } from './signing/index.ts'
export { wishOfManifests } from './source.ts'
export type { PromotionWish } from './wish.ts'
