import type { Digest, Tag } from '../../oci/index.ts'
import type { Listing, Repository } from '../../registry/index.ts'
import { describeError, mapConcurrently, type Step, UserError } from '../../runner/index.ts'
import type { Journal } from '../journal.ts'
import type { Repositories } from '../repositories.ts'
import { hasEveryTag, lackOf } from './lack.ts'
import { nothingThere, type ObservedDestination, type ObservedRepository } from './observation.ts'
import { outlineImage, readWanted, rootOf, type SourceEvidence, type SourceImage } from './source-image.ts'
import { unsettledImages } from './unsettled.ts'
import type { ImageWish, RepositoryWish } from './wish.ts'

const repositoriesAtOnce = 8
const imagesAtOnce = 6
const destinationsAtOnce = 24
const requestsAtOnce = 6

export interface ObservationContext {
  readonly repositories: Repositories
  readonly journal: Journal
  /** All evidence is compared by its digest, because a policy judges it. */
  readonly judged: boolean
}

/** Reads both sides, an observation for each wish. What cannot be read in one place does not stop the others. */
export async function observeRepositories(
  wishes: readonly RepositoryWish[],
  context: ObservationContext,
  step: Step,
): Promise<ObservedRepository[]> {
  const total = wishes.reduce((sum, { images }) => sum + images.length, 0)
  const progress = step.progress('Looking at images', total)
  const observed = await mapConcurrently(wishes, repositoriesAtOnce, async (wish) => {
    step.signal.throwIfAborted()
    const found = await observeRepository(wish, context)
    progress.advance(wish.images.length)
    return found
  })
  progress.done()
  return observed
}

const nothing = { images: new Map<Digest, SourceImage>(), toSign: new Map() }

async function observeRepository(wish: RepositoryWish, context: ObservationContext): Promise<ObservedRepository> {
  const { repositories, journal, judged } = context
  const source = repositories.open(wish.source)
  const isKnown = (image: ImageWish): boolean =>
    wish.destinations.every((place) => journal.isDone(wish.source, image, place))
  const sourceListing = await attempt(() => source.list())
  if ('failure' in sourceListing) {
    const unreadable = new Map(wish.images.map(({ digest }) => [digest, sourceListing.failure]))
    return { ...nothing, unreadable, destinations: wish.destinations.map(() => nothingThere) }
  }
  const listing = sourceListing.value
  const wanted = wish.images.flatMap(({ tags }) => tags)
  const share = shareAlike()
  const tagged = await mapConcurrently(wish.destinations, destinationsAtOnce, async (place) =>
    share(await observeTags(wanted, repositories.open(place))),
  )
  const images = new Map<Digest, SourceImage>()
  const unreadable = new Map<Digest, string>()
  const unsettled = unsettledImages(wish, listing, tagged)
  await mapConcurrently(wish.images, imagesAtOnce, async (image) => {
    const isUnsettled = unsettled.has(image.digest)
    const outlined = await attempt(async () =>
      judged || isUnsettled || (!isKnown(image) && (await source.mayHaveReferrers(image.digest, listing)))
        ? outlineImage(source, image.digest, listing)
        : undefined,
    )
    if ('failure' in outlined) unreadable.set(image.digest, outlined.failure)
    else if (outlined.value) images.set(image.digest, outlined.value)
    // Staging registries are cleaned up: what is whole everywhere needs no source any more.
    else if (isUnsettled) unreadable.set(image.digest, `${source.address}@${image.digest} is not there`)
  })
  const destinations = await mapConcurrently(wish.destinations, destinationsAtOnce, (place, index) =>
    observeDestination(wish.images, images, tagged[index] ?? nothingThere, repositories.open(place), judged),
  )
  return readLacking(wish, { ...nothing, images, unreadable, destinations }, source, judged)
}

/** The wanted tags of one destination, by one list and one request for each tag where the list has no digests. */
async function observeTags(wanted: readonly Tag[], repository: Repository): Promise<TaggedDestination> {
  const observed = await attempt(async () => {
    const listing = await repository.list()
    const present = wanted.filter((tag) => listing.tags.has(tag))
    return { ...nothingThere, tags: await digestsOf(present, repository, listing), listed: listing.tags, listing }
  })
  return 'failure' in observed ? { ...nothingThere, unreadable: observed.failure } : observed.value
}

/** What tags hold: by the list as far as it tells, and by a request for each of the others. */
async function digestsOf(wanted: readonly Tag[], repository: Repository, listing: Listing): Promise<Map<Tag, Digest>> {
  const digests = new Map<Tag, Digest>()
  const untold: Tag[] = []
  for (const tag of wanted) {
    const digest = listing.digests?.get(tag)
    if (digest) digests.set(tag, digest)
    else untold.push(tag)
  }
  await mapConcurrently(untold, requestsAtOnce, async (tag) => {
    const digest = (await repository.headManifest(tag))?.digest
    if (digest) digests.set(tag, digest)
  })
  return digests
}

/** A destination of which the tags are known, and nothing else. */
interface TaggedDestination extends ObservedDestination {
  readonly listing?: Listing
}

/** Regions are mostly alike: those that are share what was found, so that a tree of thousands of repositories stays small. */
function shareAlike(): (found: TaggedDestination) => TaggedDestination {
  const kinds: TaggedDestination[] = []
  return (found) => {
    const alike = kinds.find(
      ({ tags, listed }) =>
        listed.size === found.listed.size &&
        tags.size === found.tags.size &&
        [...found.listed].every((tag) => listed.has(tag)) &&
        [...found.tags].every(([tag, digest]) => tags.get(tag) === digest),
    )
    if (alike) return { ...found, tags: alike.tags, listed: alike.listed }
    kinds.push(found)
    return found
  }
}

/** What a destination has of the images that had to be looked at. */
async function observeDestination(
  wishes: readonly ImageWish[],
  images: ReadonlyMap<Digest, SourceImage>,
  { listing, ...tagged }: TaggedDestination,
  repository: Repository,
  judged: boolean,
): Promise<ObservedDestination> {
  if (listing === undefined) return tagged
  const evidenceTags = new Map<Tag, Digest>()
  const manifests = new Set<Digest>()
  const referrers = new Map<Digest, ReadonlySet<Digest>>()
  const unreadableImages = new Map<Digest, string>()
  const looked = wishes.filter(({ digest }) => images.has(digest))
  await mapConcurrently(looked, imagesAtOnce, async (wish) => {
    const image = images.get(wish.digest)
    // A repository without tags has at most what a killed run left; to write that again is cheaper than to look for it.
    if (!image || (listing.tags.size === 0 && wish.tags.length > 0)) return
    const isTagged = hasEveryTag(wish, tagged)
    const observed = await attempt(async () => {
      for (const digest of await presentManifests(image, isTagged, repository, listing)) manifests.add(digest)
      if (judged || !isTagged) {
        const present = image.evidence.flatMap(({ tag }) => (tag && listing.tags.has(tag) ? tag : []))
        for (const [tag, digest] of await digestsOf(present, repository, listing)) evidenceTags.set(tag, digest)
      }
      await compareReferrers(image.evidence, repository, listing, referrers)
    })
    if ('failure' in observed) unreadableImages.set(wish.digest, observed.failure)
  })
  const tags = evidenceTags.size === 0 ? tagged.tags : new Map([...tagged.tags, ...evidenceTags])
  return { ...tagged, tags, manifests, referrers, unreadableImages }
}

async function presentManifests(
  image: SourceImage,
  isTagged: boolean,
  repository: Repository,
  listing: Listing,
): Promise<Digest[]> {
  const has = async (digest: Digest): Promise<boolean> =>
    listing.manifests?.has(digest) ?? (await repository.headManifest(digest)) !== undefined
  // What has the tag is whole, as the tag comes last; so is an index that is there, as its children come before it.
  const digests = image.manifests.map(({ digest }) => digest)
  const root = rootOf(image)
  if (isTagged || (await has(root))) return digests
  const found = await mapConcurrently(digests, requestsAtOnce, async (digest) => digest !== root && (await has(digest)))
  return digests.filter((_, index) => found[index])
}

async function compareReferrers(
  evidence: readonly SourceEvidence[],
  repository: Repository,
  listing: Listing,
  referrers: Map<Digest, ReadonlySet<Digest>>,
): Promise<void> {
  const subjects = new Set(evidence.flatMap(({ subject, tag }) => (tag === undefined ? subject : [])))
  await mapConcurrently([...subjects], requestsAtOnce, async (subject) => {
    const listed = await repository.listReferrers(subject, listing)
    referrers.set(subject, new Set(listed.map(({ digest }) => digest)))
  })
}

/** Reads at the source what some destination lacks, each once. */
async function readLacking(
  wish: RepositoryWish,
  observed: ObservedRepository,
  source: Repository,
  judged: boolean,
): Promise<ObservedRepository> {
  const images = new Map(observed.images)
  const unreadable = new Map(observed.unreadable)
  await mapConcurrently(wish.images, imagesAtOnce, async (image) => {
    const outline = images.get(image.digest)
    if (!outline) return
    const readable = observed.destinations.filter((found) => found.unreadable === undefined)
    const lacks = readable.map((found) => lackOf(image, outline, found))
    const wanted = new Set(
      [
        ...lacks.flatMap(({ manifests, evidence }) => [...manifests, ...evidence]),
        ...(judged ? [...outline.manifests, ...outline.evidence] : []),
      ].map(({ digest }) => digest),
    )
    const read = await attempt(() => readWanted(source, outline, wanted))
    if ('failure' in read) unreadable.set(image.digest, read.failure)
    else images.set(image.digest, read.value)
  })
  return { ...observed, images, unreadable }
}

/** A mistake of one item is kept as text; a bug or a cancellation ends all. */
async function attempt<T>(work: () => Promise<T>): Promise<{ readonly value: T } | { readonly failure: string }> {
  try {
    return { value: await work() }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { failure: describeError(error) }
  }
}
