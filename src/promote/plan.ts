import { type Digest, digestOfBytes } from '../oci/index.ts'
import { formatLocation } from '../runner/index.ts'
import { canonicalJson } from './canonical-json.ts'
import type { FileConflict, FilePlan, FileWish } from './files/index.ts'
import type { ImageConflict, ImagePlan, ImagePromotion } from './images/index.ts'
import type { PromotionWish } from './wish.ts'

/** What is missing at the destinations. Plain data: printed, compared and approved as it is. */
export interface PromotionPlan {
  readonly images: readonly ImagePromotion[]
  readonly files: readonly FileWish[]
  readonly conflicts: readonly Conflict[]
}

export type Conflict = ImageConflict | FileConflict | Malformed

interface Malformed {
  readonly kind: 'malformed'
  /** `file:line:column`. */
  readonly item: string
  readonly destination?: string
  readonly message: string
}

export function joinPlans(wish: PromotionWish, images: ImagePlan, files: FilePlan): PromotionPlan {
  const malformed = wish.malformed.map(
    ({ what, message, location }): Malformed => ({
      kind: 'malformed',
      item: formatLocation(location),
      message: `${what}: ${message}`,
    }),
  )
  return {
    images: images.images,
    files: files.files,
    conflicts: [...malformed, ...images.conflicts, ...files.conflicts],
  }
}

/** SHA-256 over the canonical JSON of a plan: what was approved can be demanded by it. */
export const digestOfPlan = (plan: PromotionPlan): Digest => digestOfBytes(canonicalJson(plan))
