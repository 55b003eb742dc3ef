/** Images: what shall be where, what is there, what is missing, and bringing it. */

export { applyImages, type ImageOutcome } from './apply.ts'
export type { ImageConflict } from './conflict.ts'
export { type SignedEvidence, signedKey } from './lack.ts'
export type { ObservedDestination, ObservedRepository } from './observation.ts'
export { observeRepositories } from './observe.ts'
export { type ImagePlan, type ImagePromotion, type ImageTransfer, planImages } from './plan.ts'
export { rootOf, type SourceImage, type SourceManifest } from './source-image.ts'
export type { Copy } from './transfer.ts'
export {
  formatPlace,
  groupRequests,
  hostOf,
  type ImageRequest,
  type ImageWish,
  onHosts,
  type Place,
  type RepositoryWish,
} from './wish.ts'
