import type { Digest, Tag } from '../oci/index.ts'
import { describeError, FailedItems, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import { openStore } from '../storage/index.ts'
import { readSourceImage, rootOf, type SourceImage } from './image.ts'
import type { Repositories } from './repositories.ts'
import { formatPlace, type ImageWish, type Place, type PromotionWish } from './wish.ts'

/** What is at the sources and at the destinations, as far as the wish asks for it. */
export interface Observation {
  /** By `imageKey`. */
  readonly sources: ReadonlyMap<string, SourceImage>
  /** By `destinationKey`. */
  readonly destinations: ReadonlyMap<string, DestinationImage>
  /** SHA-256 of what is in a store, by `fileKey`; nothing is there for a key that is missing. */
  readonly files: ReadonlyMap<string, string>
  /** Why an image could not be looked at: at its source by `imageKey`, at one destination by `destinationKey`. */
  readonly unreadable: ReadonlyMap<string, string>
}

/** What a destination has of an image. */
export interface DestinationImage {
  readonly manifests: ReadonlySet<Digest>
  /** The wanted tags and the older evidence tags that exist there. */
  readonly tags: ReadonlyMap<Tag, Digest>
  /** What is listed as referrer of each subject that has any at the source. */
  readonly referrers: ReadonlyMap<Digest, ReadonlySet<Digest>>
}

export const imageKey = (wish: ImageWish): string => `${formatPlace(wish.source)}@${wish.digest}`
export const destinationKey = (wish: ImageWish, place: Place): string => `${imageKey(wish)} ${formatPlace(place)}`
export const fileKey = (file: { readonly destination: string; readonly name: string }): string =>
  `${file.destination} ${file.name}`

const imagesAtOnce = 8
const destinationsAtOnce = 4

/** Reads both sides. What cannot be read in one place does not stop the others. @throws FailedItems for a store */
export async function observe(wish: PromotionWish, repositories: Repositories, step: Step): Promise<Observation> {
  const sources = new Map<string, SourceImage>()
  const destinations = new Map<string, DestinationImage>()
  const unreadable = new Map<string, string>()
  const progress = step.progress('Looking at images', wish.images.length)
  const note = async <T>(key: string, found: Map<string, T>, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      step.signal.throwIfAborted()
      const value = await read()
      found.set(key, value)
      return value
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      unreadable.set(key, describeError(error))
      return undefined
    }
  }

  await mapConcurrently(wish.images, imagesAtOnce, async (image) => {
    const source = await note(imageKey(image), sources, async () =>
      readSourceImage(repositories.open(image.source), image.digest, await repositories.tags(image.source)),
    )
    if (source) {
      await mapConcurrently(image.destinations, destinationsAtOnce, (place) =>
        note(destinationKey(image, place), destinations, () => observeDestination(image, source, place, repositories)),
      )
    }
    progress.advance()
  })
  progress.done()
  return { sources, destinations, unreadable, files: await observeFiles(wish) }
}

async function observeDestination(
  wish: ImageWish,
  source: SourceImage,
  place: Place,
  repositories: Repositories,
): Promise<DestinationImage> {
  const repository = repositories.open(place)
  const existing = await repositories.tags(place)
  const tags = new Map<Tag, Digest>()
  const interesting = [...wish.tags, ...source.evidence.flatMap(({ tag }) => tag ?? [])]
  await mapConcurrently(interesting, 4, async (tag) => {
    const found = existing.has(tag) ? await repository.headManifest(tag) : undefined
    if (found) tags.set(tag, found.digest)
  })

  // What has the tag is whole, as the tag comes last; so is an index that is there, as its children come before it.
  const manifests = new Set<Digest>()
  const root = rootOf(source)
  const hasRoot = wish.tags.some((tag) => tags.get(tag) === root) || (await repository.headManifest(root)) !== undefined
  await mapConcurrently(source.manifests, 4, async ({ descriptor: { digest } }) => {
    const known = hasRoot || (digest !== root && (await repository.headManifest(digest)) !== undefined)
    if (known) manifests.add(digest)
  })

  const referrers = new Map<Digest, ReadonlySet<Digest>>()
  const subjects = new Set(source.evidence.flatMap(({ subject, tag }) => (tag === undefined ? subject : [])))
  await mapConcurrently([...subjects], 4, async (subject) => {
    const listed = await repository.listReferrers(subject)
    referrers.set(subject, new Set(listed.map(({ digest }) => digest)))
  })
  return { manifests, tags, referrers }
}

async function observeFiles(wish: PromotionWish): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const failures: Error[] = []
  await mapConcurrently(wish.files, 4, async (file) => {
    try {
      const sha256 = await openStore(file.destination).digestOf(file.name)
      if (sha256 !== undefined) found.set(fileKey(file), sha256)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(error)
    }
  })
  if (failures.length > 0) throw new FailedItems('Stores that cannot be read', failures)
  return found
}
