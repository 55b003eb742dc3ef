import type { Digest, Tag } from '../../oci/index.ts'
import type { SignedEvidence } from './lack.ts'
import type { SourceImage } from './source-image.ts'

/** What is at the source and at the destinations of one repository, as far as its wish asks for it. Plain data. */
export interface ObservedRepository {
  /** Those that had to be looked at: of all others the tags say that they are whole everywhere. */
  readonly images: ReadonlyMap<Digest, SourceImage>
  /** Why an image, or the whole source, cannot be read. */
  readonly unreadable: ReadonlyMap<Digest, string>
  /** By image: what this promotion shall sign, unless it is there already. */
  readonly toSign: ReadonlyMap<Digest, readonly SignedEvidence[]>
  /** As many as the wish has destinations, in its order. */
  readonly destinations: readonly ObservedDestination[]
}

export interface ObservedDestination {
  /** Why it cannot be read; then nothing else is known of it. */
  readonly unreadable?: string
  /** The digests of the wanted tags, and of those evidence tags that were compared. */
  readonly tags: ReadonlyMap<Tag, Digest>
  /** Every tag that it has. */
  readonly listed: ReadonlySet<Tag>
  /** Manifests that are there, of the images that had to be looked at. */
  readonly manifests: ReadonlySet<Digest>
  /** What is listed as referrer of each subject that has any at the source. */
  readonly referrers: ReadonlyMap<Digest, ReadonlySet<Digest>>
  /** By `signedKey`: what the signer of this promotion has attached there already. */
  readonly signed: ReadonlySet<string>
  /** Why one image cannot be looked at there. */
  readonly unreadableImages: ReadonlyMap<Digest, string>
}

export const nothingThere: ObservedDestination = {
  tags: new Map(),
  listed: new Set(),
  manifests: new Set(),
  referrers: new Map(),
  signed: new Set(),
  unreadableImages: new Map(),
}
