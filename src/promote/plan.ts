import { type Digest, digestOfBytes } from '../oci/index.ts'
import { formatLocation } from '../runner/index.ts'
import { hostOfAddress } from './address.ts'
import type { FileConflict, FilePlan, FileTransfer, MarkerMove } from './files/index.ts'
import type { ImageConflict, ImagePlan, ImagePromotion } from './images/index.ts'
import type { PromotionWish } from './wish.ts'

/** What is missing at the destinations. Plain data: printed, compared and approved as it is. */
export interface PromotionPlan {
  readonly images: readonly ImagePromotion[]
  readonly files: readonly FileTransfer[]
  /** Moved forward when all else is there. */
  readonly markers: readonly PlannedMarker[]
  readonly conflicts: readonly Conflict[]
}

export interface PlannedMarker extends MarkerMove {
  /** Address of the store. */
  readonly destination: string
}

export type Conflict = ImageConflict | FileConflict | Malformed

interface Malformed {
  readonly kind: 'malformed'
  /** `file:line:column`. */
  readonly item: string
  readonly destination?: string
  readonly message: string
}

export function joinPlans(
  wish: PromotionWish,
  { images, files, markers }: { images: ImagePlan; files: FilePlan; markers: readonly PlannedMarker[] },
): PromotionPlan {
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
    markers,
    conflicts: [...malformed, ...images.conflicts, ...files.conflicts],
  }
}

/** A plan as its file has it: sorted members, so that the same plan always gives the same bytes. */
export const serializePlan = (plan: PromotionPlan): string =>
  `${JSON.stringify(
    plan,
    (_, member: unknown) =>
      typeof member !== 'object' || member === null || Array.isArray(member)
        ? member
        : Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1))),
    1,
  )}\n`

/** SHA-256 of a plan's file: what was approved can be demanded by it, and be checked with `sha256sum`. */
export const digestOfPlan = (plan: PromotionPlan): Digest => digestOfBytes(serializePlan(plan))

/** The destination hosts that a plan writes to, sorted. */
export function hostsOfPlan({ images, files, markers }: PromotionPlan): string[] {
  const places = [
    ...images.flatMap(({ transfers }) => transfers.flatMap(({ destinations }) => destinations)),
    ...[...files, ...markers].map(({ destination }) => destination),
  ]
  return [...new Set(places.map(hostOfAddress))].sort()
}
