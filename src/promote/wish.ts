import { type Digest, formatReference, type ImageLocation, type Tag } from '../oci/index.ts'
import type { Location } from '../runner/index.ts'

/** What shall be where, whatever it was read from. Plain data. */
export interface PromotionWish {
  readonly images: readonly ImageWish[]
  readonly files: readonly FileWish[]
  /** What was asked for, but can't be promoted as it is written. */
  readonly malformed: readonly { readonly what: string; readonly message: string; readonly location: Location }[]
}

/** A repository: a name below a location. */
export interface Place {
  readonly location: ImageLocation
  readonly name: string
}

/** One image: a digest that shall have these tags in each destination. Without tags it is promoted by digest. */
export interface ImageWish {
  readonly source: Place
  readonly digest: Digest
  readonly tags: readonly Tag[]
  readonly destinations: readonly Place[]
}

/** One file of a release and the bundles that speak of it, to be published in a store. */
export interface FileWish {
  readonly kind: 'evidence' | 'file' | 'checksums'
  readonly name: string
  /** Absolute path. */
  readonly source: string
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** Address of the store. */
  readonly destination: string
  /** Names of the evidence that must be there before it. */
  readonly evidence: readonly string[]
}

/** `HOST/NAME` or `oci:PATH:NAME`; the same for the same repository. */
export const formatPlace = (place: Place): string => formatReference(place)

/** One wish for each digest, source and set of destinations, with the tags of all; sorted. */
export function mergeWishes(wishes: readonly ImageWish[]): ImageWish[] {
  const merged = new Map<string, ImageWish>()
  for (const wish of wishes) {
    const key = [formatPlace(wish.source), wish.digest, ...wish.destinations.map(formatPlace)].join(' ')
    const tags = new Set([...(merged.get(key)?.tags ?? []), ...wish.tags])
    merged.set(key, { ...wish, tags: [...tags].sort() })
  }
  return [...merged].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, wish]) => wish)
}
