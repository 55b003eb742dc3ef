import type { Descriptor, Digest, Tag } from '../../oci/index.ts'
import { conflictsOf, type ImageConflict } from './conflict.ts'
import { isLacking, type Lack, lackOf, type SignedEvidence, signedKey } from './lack.ts'
import type { ObservedRepository } from './observation.ts'
import { blobsOf, type SourceImage } from './source-image.ts'
import { formatPlace, type RepositoryWish } from './wish.ts'

/** What is missing of one image, and where. Plain data: printed, compared and approved as it is. */
export interface ImagePromotion {
  readonly project: string
  /** `HOST/NAME` or `oci:PATH:NAME`. */
  readonly source: string
  readonly digest: Digest
  /** Destinations that lack the same are together. */
  readonly transfers: readonly ImageTransfer[]
}

export interface ImageTransfer {
  /** `HOST/NAME` or `oci:PATH:NAME`, sorted. */
  readonly destinations: readonly string[]
  /** The blobs of the missing manifests; those that are there already are not sent again. */
  readonly blobs: readonly { readonly digest: Digest; readonly size: number }[]
  /** Children first, the root last. */
  readonly manifests: readonly Digest[]
  readonly evidence: readonly { readonly subject: Digest; readonly digest: Digest; readonly tag?: Tag }[]
  readonly tags: readonly Tag[]
  /** What is signed at this promotion, once for all destinations, and attached before the tag. */
  readonly signed: readonly SignedEvidence[]
}

export interface ImagePlan {
  readonly images: readonly ImagePromotion[]
  readonly conflicts: readonly ImageConflict[]
}

/**
 * Compares what shall be with what is. Pure.
 * @param observed as many as wishes, in their order
 * @param objections of the evidence policy, by `SOURCE@DIGEST`
 */
export function planImages(
  wishes: readonly RepositoryWish[],
  observed: readonly ObservedRepository[],
  objections: ReadonlyMap<string, readonly string[]>,
): ImagePlan {
  const conflicts = conflictsOf(wishes, observed, objections)
  // A destination that cannot be reached keeps its own copy waiting; everything else concerns the image everywhere.
  const blocking = conflicts.filter(({ kind, destination }) => kind !== 'unreadable' || destination === undefined)
  const blocked = new Set(blocking.map(({ item }) => item))
  const images = wishes.flatMap((wish, index): ImagePromotion[] => {
    const found = observed[index]
    return found ? promotionsFrom(wish, found, blocked) : []
  })
  return { images, conflicts }
}

function promotionsFrom(
  wish: RepositoryWish,
  observed: ObservedRepository,
  blocked: ReadonlySet<string>,
): ImagePromotion[] {
  if (observed.images.size === 0) return []
  const source = formatPlace(wish.source)
  const places = wish.destinations.map(formatPlace)
  return wish.images.flatMap((image): ImagePromotion[] => {
    const found = observed.images.get(image.digest)
    if (!found || blocked.has(`${source}@${image.digest}`)) return []
    const lacks = observed.destinations.flatMap((destination, index) => {
      const isReadable = destination.unreadable === undefined && !destination.unreadableImages.has(image.digest)
      const lack = isReadable ? lackOf(image, found, destination, observed.toSign.get(image.digest)) : undefined
      return lack && isLacking(lack) ? { place: places[index] ?? '', lack } : []
    })
    if (lacks.length === 0) return []
    return [{ project: wish.project, source, digest: image.digest, transfers: transfersOf(lacks, found) }]
  })
}

function transfersOf(
  lacks: readonly { readonly place: string; readonly lack: Lack }[],
  image: SourceImage,
): ImageTransfer[] {
  const groups = new Map<string, { readonly places: string[]; readonly lack: Lack }>()
  for (const { place, lack } of lacks) {
    const key = keyOf(lack, image)
    const group = groups.get(key)
    if (group) group.places.push(place)
    else groups.set(key, { places: [place], lack })
  }
  return [...groups.values()].map(({ places, lack }) => transferOf(places.sort(), lack))
}

/** The same for destinations that lack the same. */
const keyOf = ({ manifests, evidence, tags, signed }: Lack, image: SourceImage): string =>
  [
    manifests.length === image.manifests.length ? 'all' : manifests.map(({ digest }) => digest).join(' '),
    evidence.length === image.evidence.length ? 'all' : evidence.map((item) => `${item.tag} ${item.digest}`).join(' '),
    tags.join(' '),
    signed.map(signedKey).join(' '),
  ].join('|')

function transferOf(destinations: readonly string[], { manifests, evidence, tags, signed }: Lack): ImageTransfer {
  const written = [
    ...manifests.map(({ stored, digest }) => [stored ?? unread(digest)]),
    ...evidence.map((item) => item.manifests ?? [unread(item.digest)]),
  ]
  const blobs = new Map<Digest, Pick<Descriptor, 'digest' | 'size'>>(
    written
      .flat()
      .flatMap(blobsOf)
      .map(({ digest, size }) => [digest, { digest, size }]),
  )
  return {
    destinations,
    blobs: [...blobs.values()],
    manifests: manifests.map(({ digest }) => digest),
    evidence: evidence.map(({ subject, digest, tag }) => ({ subject, digest, ...(tag === undefined ? {} : { tag }) })),
    tags,
    signed,
  }
}

function unread(digest: Digest): never {
  throw new Error(`${digest} is missing somewhere, but was not read`)
}
