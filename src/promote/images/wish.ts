import { type Digest, formatReference, type ImageLocation, type Tag } from '../../oci/index.ts'

/** A repository: a name below a location. */
export interface Place {
  readonly location: ImageLocation
  readonly name: string
}

/** One repository to promote from, all that it shall be promoted to, and which of its images. */
export interface RepositoryWish {
  /** Whose evidence policy counts: the project of a thin tree; empty where nothing names one. */
  readonly project: string
  readonly source: Place
  readonly destinations: readonly Place[]
  readonly images: readonly ImageWish[]
}

/** A digest that shall have these tags in each destination. Without tags it is promoted by digest. */
export interface ImageWish {
  readonly digest: Digest
  readonly tags: readonly Tag[]
}

/** `HOST/NAME` or `oci:PATH:NAME`; the same for the same repository. */
export const formatPlace = (place: Place): string => formatReference(place)

/** The registry host, or `oci:PATH`: what has one rate budget, and is one shard. */
export const hostOf = ({ location }: Place): string =>
  location.kind === 'layout' ? `oci:${location.path}` : location.host

/** What one line of a manifest, one image of a release or one reference asks for. */
export interface ImageRequest extends Omit<RepositoryWish, 'images'>, ImageWish {}

/** One wish for each project, source and set of destinations, with one image for each digest; sorted. */
export function groupRequests(requests: readonly ImageRequest[]): RepositoryWish[] {
  const wishes = new Map<string, { readonly first: ImageRequest; readonly images: Map<Digest, Set<Tag>> }>()
  const setOf = numberSets()
  for (const request of requests) {
    const key = `${formatPlace(request.source)} ${request.project} ${setOf(request.destinations)}`
    const wish = wishes.get(key) ?? { first: request, images: new Map<Digest, Set<Tag>>() }
    wishes.set(key, wish)
    const tags = wish.images.get(request.digest) ?? new Set<Tag>()
    wish.images.set(request.digest, tags)
    for (const tag of request.tags) tags.add(tag)
  }
  const sortKey = ({ source, project, destinations }: ImageRequest): string =>
    `${formatPlace(source)} ${project} ${destinations.map(formatPlace).join(' ')}`
  return [...wishes.values()]
    .map(({ first, images }) => ({ key: sortKey(first), first, images }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ first, images }) => ({
      project: first.project,
      source: first.source,
      destinations: first.destinations,
      images: [...images]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([digest, tags]) => ({ digest, tags: [...tags].sort() })),
    }))
}

/** The same number for the same destinations; many requests share one array, which is looked at once. */
function numberSets(): (destinations: readonly Place[]) => number {
  const known = new Map<readonly Place[], number>()
  const numbers = new Map<string, number>()
  return (destinations) => {
    const before = known.get(destinations)
    if (before !== undefined) return before
    const text = destinations.map(formatPlace).join(' ')
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    known.set(destinations, number)
    return number
  }
}

/** The wishes with only those destinations that lie on these hosts. */
export const onHosts = (wishes: readonly RepositoryWish[], hosts: ReadonlySet<string>): RepositoryWish[] =>
  wishes
    .map((wish) => ({ ...wish, destinations: wish.destinations.filter((place) => hosts.has(hostOf(place))) }))
    .filter(({ destinations }) => destinations.length > 0)
