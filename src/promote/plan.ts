import { type Digest, digestOfBytes, type Tag } from '../oci/index.ts'
import { formatLocation } from '../runner/index.ts'
import { canonicalJson } from './canonical-json.ts'
import { blobsOf, rootOf, type SourceEvidence, type SourceImage } from './image.ts'
import { type DestinationImage, destinationKey, fileKey, imageKey, type Observation } from './observe.ts'
import { type FileWish, formatPlace, type ImageWish, type PromotionWish } from './wish.ts'

/** What is missing at the destinations. Plain data: printed, compared and approved as it is. */
export interface PromotionPlan {
  readonly images: readonly ImageTransfer[]
  readonly files: readonly FileWish[]
  readonly conflicts: readonly Conflict[]
}

/** What one destination lacks of one image. */
export interface ImageTransfer {
  /** `HOST/NAME` or `oci:PATH:NAME`. */
  readonly source: string
  readonly destination: string
  readonly digest: Digest
  /** The blobs of the missing manifests; those that are there already are not sent again. */
  readonly blobs: readonly { readonly digest: Digest; readonly size: number }[]
  /** Children first, the root last. */
  readonly manifests: readonly Digest[]
  readonly evidence: readonly { readonly subject: Digest; readonly digest: Digest; readonly tag?: Tag }[]
  readonly tags: readonly Tag[]
}

/**
 * Why an image or file is left as it is. It blocks that one only, but at all of its destinations, so that they stay alike;
 * except that a destination that cannot be read blocks nothing elsewhere.
 */
export interface Conflict {
  readonly kind: 'tag moved' | 'two digests' | 'evidence differs' | 'file differs' | 'unreadable' | 'malformed'
  /** The image or file. */
  readonly item: string
  readonly destination?: string
  readonly message: string
}

/** Compares what shall be with what is. Pure. */
export function planPromotion(wish: PromotionWish, observation: Observation): PromotionPlan {
  const conflicts: Conflict[] = [
    ...wish.malformed.map(({ what, message, location }) => ({
      kind: 'malformed' as const,
      item: formatLocation(location),
      message: `${what}: ${message}`,
    })),
    ...ambiguousTags(wish.images),
    ...wish.images.flatMap((image) => conflictsOf(image, observation)),
    ...wish.files.flatMap((file) => fileConflicts(file, observation)),
  ]
  // A destination that cannot be reached keeps its own copy waiting; everything else concerns the image everywhere.
  const blocking = conflicts.filter(({ kind, destination }) => kind !== 'unreadable' || destination === undefined)
  const blocked = new Set(blocking.map(({ item }) => item))
  return {
    images: wish.images
      .filter((image) => !blocked.has(imageKey(image)))
      .flatMap((image) => transfersOf(image, observation))
      .filter(({ manifests, evidence, tags }) => manifests.length + evidence.length + tags.length > 0),
    files: wish.files.filter((file) => isMissing(file, observation) && !isBlocked(file, blocked)),
    conflicts,
  }
}

/** SHA-256 over the canonical JSON of a plan: what was approved can be demanded by it. */
export const digestOfPlan = (plan: PromotionPlan): Digest => digestOfBytes(canonicalJson(plan))

/** A tag of a destination can only name one digest. */
function ambiguousTags(images: readonly ImageWish[]): Conflict[] {
  const wanted = new Map<string, Map<Digest, ImageWish[]>>()
  for (const image of images) {
    for (const place of image.destinations) {
      for (const tag of image.tags) {
        const key = `${formatPlace(place)}:${tag}`
        const digests = wanted.get(key) ?? new Map<Digest, ImageWish[]>()
        digests.set(image.digest, [...(digests.get(image.digest) ?? []), image])
        wanted.set(key, digests)
      }
    }
  }
  return [...wanted]
    .filter(([, digests]) => digests.size > 1)
    .flatMap(([destination, digests]) =>
      [...digests.values()].flat().map((image) => ({
        kind: 'two digests' as const,
        item: imageKey(image),
        destination,
        message: `${destination} is asked to be ${[...digests.keys()].sort().join(' and ')}`,
      })),
    )
}

function conflictsOf(image: ImageWish, observation: Observation): Conflict[] {
  const item = imageKey(image)
  const unreadable = observation.unreadable.get(item)
  if (unreadable !== undefined) return [{ kind: 'unreadable', item, message: unreadable }]
  const source = observation.sources.get(item)
  return image.destinations.flatMap((place) => {
    const destination = formatPlace(place)
    const found = observation.destinations.get(destinationKey(image, place))
    const failed = observation.unreadable.get(destinationKey(image, place))
    if (failed !== undefined) return [{ kind: 'unreadable' as const, item, destination, message: failed }]
    if (!(source && found)) return []
    const moved = image.tags.flatMap((tag): Conflict[] => {
      const there = found.tags.get(tag)
      if (there === undefined || there === image.digest) return []
      const message = `${destination}:${tag} is ${there}, and a tag is never moved to another digest (${image.digest})`
      return [{ kind: 'tag moved', item, destination, message }]
    })
    const differing = source.evidence.flatMap((evidence): Conflict[] => {
      const there = evidence.tag && found.tags.get(evidence.tag)
      if (there === undefined || there === rootOf(evidence)) return []
      const message = `${destination}:${evidence.tag} is ${there}, but ${rootOf(evidence)} at the source`
      return [{ kind: 'evidence differs', item, destination, message }]
    })
    return [...moved, ...differing]
  })
}

function transfersOf(image: ImageWish, observation: Observation): ImageTransfer[] {
  const source = observation.sources.get(imageKey(image))
  if (!source) return []
  return image.destinations.flatMap((place) => {
    const found = observation.destinations.get(destinationKey(image, place))
    return found ? [transferTo(formatPlace(place), image, source, found)] : []
  })
}

function transferTo(
  destination: string,
  image: ImageWish,
  source: SourceImage,
  found: DestinationImage,
): ImageTransfer {
  const manifests = source.manifests.filter(({ descriptor }) => !found.manifests.has(descriptor.digest))
  const evidence = source.evidence.filter((item) => !hasEvidence(found, item))
  const blobs = new Map(
    [...manifests, ...evidence.flatMap((item) => item.manifests)]
      .flatMap(blobsOf)
      .map(({ digest, size }) => [digest, { digest, size }]),
  )
  return {
    source: formatPlace(image.source),
    destination,
    digest: image.digest,
    blobs: [...blobs.values()],
    manifests: manifests.map(({ descriptor }) => descriptor.digest),
    evidence: evidence.map((item) => ({
      subject: item.subject,
      digest: rootOf(item),
      ...(item.tag === undefined ? {} : { tag: item.tag }),
    })),
    tags: image.tags.filter((tag) => !found.tags.has(tag)),
  }
}

const hasEvidence = (found: DestinationImage, evidence: SourceEvidence): boolean =>
  evidence.tag === undefined
    ? (found.referrers.get(evidence.subject)?.has(rootOf(evidence)) ?? false)
    : found.tags.has(evidence.tag)

const isMissing = (file: FileWish, observation: Observation): boolean =>
  observation.files.get(fileKey(file)) === undefined

/** A file is not published without the evidence that belongs to it. */
const isBlocked = (file: FileWish, blocked: ReadonlySet<string>): boolean =>
  [file.name, ...file.evidence].some((name) => blocked.has(fileKey({ destination: file.destination, name })))

function fileConflicts(file: FileWish, observation: Observation): Conflict[] {
  const there = observation.files.get(fileKey(file))
  if (there === undefined || there === file.sha256) return []
  const { destination, name } = file
  const message = `${destination}: '${name}' is there with sha256:${there}, and is never overwritten by sha256:${file.sha256}`
  return [{ kind: 'file differs', item: fileKey(file), destination, message }]
}
