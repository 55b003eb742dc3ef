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
  const keyOfSet = keysOfSets()
  for (const request of requests) {
    const key = `${formatPlace(request.source)} ${request.project} ${keyOfSet(request.destinations)}`
    const wish = wishes.get(key) ?? { first: request, images: new Map<Digest, Set<Tag>>() }
    wishes.set(key, wish)
    const tags = wish.images.get(request.digest) ?? new Set<Tag>()
    wish.images.set(request.digest, tags)
    for (const tag of request.tags) tags.add(tag)
  }
  return [...wishes]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, { first, images }]) => ({
      project: first.project,
      source: first.source,
      destinations: first.destinations,
      images: [...images]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([digest, tags]) => ({ digest, tags: [...tags].sort() })),
    }))
}

/** A key of a set of destinations; many requests share one array, whose key is made once. */
function keysOfSets(): (destinations: readonly Place[]) => string {
  const keys = new Map<readonly Place[], string>()
  return (destinations) => {
    const key = keys.get(destinations) ?? destinations.map(formatPlace).join(' ')
    keys.set(destinations, key)
    return key
  }
}

/** The wishes with only those destinations that lie on these hosts. */
export const onHosts = (wishes: readonly RepositoryWish[], hosts: ReadonlySet<string>): RepositoryWish[] =>
  wishes
    .map((wish) => ({ ...wish, destinations: wish.destinations.filter((place) => hosts.has(hostOf(place))) }))
    .filter(({ destinations }) => destinations.length > 0)
