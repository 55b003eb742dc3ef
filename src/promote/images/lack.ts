import type { Digest, Tag } from '../../oci/index.ts'
import type { ObservedDestination } from './observation.ts'
import type { SourceEvidence, SourceImage, SourceManifest } from './source-image.ts'
import type { ImageWish } from './wish.ts'

/** What one destination lacks of one image. */
export interface Lack {
  /** Children first, the root last. */
  readonly manifests: readonly SourceManifest[]
  readonly evidence: readonly SourceEvidence[]
  readonly tags: readonly Tag[]
  /** What is to be signed at this promotion, and is not attached there. */
  readonly signed: readonly SignedEvidence[]
}

/** A statement about a manifest that this promotion makes, once for all destinations. */
export interface SignedEvidence {
  readonly subject: Digest
  readonly predicateType: string
}

export const signedKey = ({ subject, predicateType }: SignedEvidence): string => `${subject} ${predicateType}`

/** True where each wanted tag is the wanted digest. An image without tags has none that could tell. */
export const hasEveryTag = ({ digest, tags }: ImageWish, found: ObservedDestination): boolean =>
  tags.length > 0 && tags.every((tag) => found.tags.get(tag) === digest)

/**
 * Compares an image with what was found of it. What has the tag is whole, as the tag comes last; evidence is looked for
 * all the same, since it can be lost later, or be younger than the tag.
 */
export function lackOf(
  wish: ImageWish,
  image: SourceImage,
  found: ObservedDestination,
  toSign: readonly SignedEvidence[] = [],
): Lack {
  return {
    manifests: image.manifests.filter(({ digest }) => !found.manifests.has(digest)),
    evidence: image.evidence.filter((evidence) => !hasEvidence(found, evidence)),
    tags: wish.tags.filter((tag) => !found.listed.has(tag)),
    signed: toSign.filter((evidence) => !found.signed.has(signedKey(evidence))),
  }
}

const hasEvidence = (found: ObservedDestination, { subject, tag, digest }: SourceEvidence): boolean =>
  tag === undefined ? (found.referrers.get(subject)?.has(digest) ?? false) : found.listed.has(tag)

export const isLacking = ({ manifests, evidence, tags, signed }: Lack): boolean =>
  manifests.length + evidence.length + tags.length + signed.length > 0
