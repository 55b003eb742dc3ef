import type { Digest, Tag } from '../../oci/index.ts'
import type { ObservedDestination, ObservedRepository } from './observation.ts'
import type { SourceImage } from './source-image.ts'
import { formatPlace, type ImageWish, type RepositoryWish } from './wish.ts'

/**
 * Why an image is left as it is. It blocks that one only, but at all of its destinations, so that they stay alike;
 * except that a destination that cannot be read blocks nothing elsewhere.
 */
export interface ImageConflict {
  readonly kind: 'tag moved' | 'two digests' | 'evidence differs' | 'evidence policy' | 'unreadable'
  /** `SOURCE@DIGEST`. */
  readonly item: string
  readonly destination?: string
  readonly message: string
}

/** Everything that speaks against the wishes. Pure. */
export function conflictsOf(
  wishes: readonly RepositoryWish[],
  observed: readonly ObservedRepository[],
  objections: ReadonlyMap<string, readonly string[]>,
): ImageConflict[] {
  const each = wishes.flatMap((wish, index) => {
    const found = observed[index]
    return found ? repositoryConflicts(wish, found) : []
  })
  const judged = [...objections].flatMap(([item, messages]) =>
    messages.map((message): ImageConflict => ({ kind: 'evidence policy', item, message })),
  )
  return [...ambiguousTags(wishes), ...each, ...judged]
}

/** A tag of a destination can only name one digest. */
function ambiguousTags(wishes: readonly RepositoryWish[]): ImageConflict[] {
  // Nearly always one wish alone asks for a repository; only its own images can then be at odds, and alike everywhere.
  const askers = new Map<string, RepositoryWish[]>()
  for (const wish of wishes) {
    for (const place of wish.destinations) {
      const key = formatPlace(place)
      const others = askers.get(key)
      if (others) others.push(wish)
      else askers.set(key, [wish])
    }
  }
  const alone = wishes.flatMap((wish) => clashes([wish], wish.destinations.map(formatPlace)))
  const shared = [...askers].filter(([, asking]) => asking.length > 1)
  const known = new Set(alone.map(({ item, message }) => `${item} ${message}`))
  return [
    ...alone,
    ...shared
      .flatMap(([place, asking]) => clashes(asking, [place]))
      .filter(({ item, message }) => !known.has(`${item} ${message}`)),
  ]
}

function clashes(wishes: readonly RepositoryWish[], places: readonly string[]): ImageConflict[] {
  const wanted = new Map<Tag, Map<Digest, string[]>>()
  for (const { source, images } of wishes) {
    for (const { digest, tags } of images) {
      for (const tag of tags) {
        const digests = wanted.get(tag) ?? new Map<Digest, string[]>()
        wanted.set(tag, digests)
        digests.set(digest, [...(digests.get(digest) ?? []), `${formatPlace(source)}@${digest}`])
      }
    }
  }
  return [...wanted]
    .filter(([, digests]) => digests.size > 1)
    .flatMap(([tag, digests]) =>
      [...digests.values()].flat().flatMap((item) =>
        places.map((place): ImageConflict => {
          const message = `${place}:${tag} is asked to be ${[...digests.keys()].sort().join(' and ')}`
          return { kind: 'two digests', item, destination: place, message }
        }),
      ),
    )
}

function repositoryConflicts(wish: RepositoryWish, observed: ObservedRepository): ImageConflict[] {
  const source = formatPlace(wish.source)
  const places = wish.destinations.map(formatPlace)
  return [
    ...[...observed.unreadable].map(
      ([digest, message]): ImageConflict => ({ kind: 'unreadable', item: `${source}@${digest}`, message }),
    ),
    ...observed.destinations.flatMap((found, index) => {
      const at = { source, destination: places[index] ?? '' }
      return wish.images.flatMap((image) => destinationConflicts(image, observed.images.get(image.digest), found, at))
    }),
  ]
}

function destinationConflicts(
  image: ImageWish,
  source: SourceImage | undefined,
  found: ObservedDestination,
  at: { readonly source: string; readonly destination: string },
): ImageConflict[] {
  const { destination } = at
  const conflict = (kind: ImageConflict['kind'], message: string): ImageConflict[] => [
    { kind, item: `${at.source}@${image.digest}`, destination, message },
  ]
  const unreadable = found.unreadable ?? found.unreadableImages.get(image.digest)
  if (unreadable !== undefined) return conflict('unreadable', unreadable)
  const moved = image.tags.flatMap((tag): ImageConflict[] => {
    const there = found.tags.get(tag)
    if (there === undefined || there === image.digest) return []
    return conflict(
      'tag moved',
      `${destination}:${tag} is ${there}, and a tag is never moved to another digest (${image.digest})`,
    )
  })
  const differing = (source?.evidence ?? []).flatMap(({ tag, digest }): ImageConflict[] => {
    const there = tag && found.tags.get(tag)
    if (there === undefined || there === digest) return []
    return conflict('evidence differs', `${destination}:${tag} is ${there}, but ${digest} at the source`)
  })
  return [...moved, ...differing]
}
