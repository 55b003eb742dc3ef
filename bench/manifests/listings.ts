import { type Digest, digestOfBytes, hexOf, mediaTypes } from '../../src/oci/index.ts'
import { formatPlace, type Place } from '../../src/promote/images/index.ts'
import type { RepositoryWish } from '../../src/promote/index.ts'
import type { Repositories } from '../../src/promote/repositories.ts'
import type { Listing, Repository } from '../../src/registry/index.ts'
import { parseListing } from '../../src/registry/listing.ts'

/**
 * Repositories of which the lists are at hand, as Artifact Registry sends them: whole at the source and in every region, but
 * for one that lacks each hundredth image. Each list is parsed when it is asked for, so that its texts are its own, as they
 * are when it comes from a registry.
 */
export interface ListedRepositories extends Repositories {
  /** Lists that were asked for. */
  lists(): number
  /** Milliseconds that went by for making and parsing them. */
  spent(): number
}

export function listedRepositories(wishes: readonly RepositoryWish[]): ListedRepositories {
  let spent = 0
  let lists = 0
  const list = ({ images }: RepositoryWish, address: string, isThere: (digest: Digest) => boolean): Listing => {
    const begin = performance.now()
    const there = images.filter(({ digest }) => isThere(digest))
    const manifest = Object.fromEntries(there.map(({ digest, tags }) => [digest, { tag: tags }]))
    const page = JSON.stringify({ tags: there.flatMap(({ tags }) => tags), manifest })
    const { listing } = parseListing([Buffer.from(page)], address)
    lists++
    spent += performance.now() - begin
    return listing
  }
  const known = new Map<string, Repository>()
  const add = (wish: RepositoryWish, place: Place, isThere: (digest: Digest) => boolean): void => {
    const address = formatPlace(place)
    known.set(address, { ...listed, address, list: async () => list(wish, address, isThere) })
  }
  for (const wish of wishes) {
    add(wish, wish.source, () => true)
    for (const [region, place] of wish.destinations.entries()) add(wish, place, region === 0 ? isCommon : () => true)
  }
  return {
    lists: () => lists,
    spent: () => spent,
    open(place) {
      const repository = known.get(formatPlace(place))
      if (!repository) throw new Error(`nothing is to be promoted from or to ${formatPlace(place)}`)
      return repository
    },
  }
}

/** True for 99 of 100. */
const isCommon = (digest: Digest): boolean => Number.parseInt(hexOf(digest).slice(0, 8), 16) % 100 !== 0

/** What stands for each image that is read: one platform, one layer. */
const image = (() => {
  const blob = (text: string, mediaType: string) => ({
    mediaType,
    digest: digestOfBytes(Buffer.from(text)),
    size: 1000,
  })
  const config = blob('config', mediaTypes.config)
  const layers = [blob('layer', mediaTypes.layer)]
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers }))
  return { bytes, descriptor: { mediaType: mediaTypes.manifest, digest: digestOfBytes(bytes), size: bytes.length } }
})()

const unasked = (): never => {
  throw new Error('a plan against lists asks for nothing of this kind')
}

/** Manifests can be read, and have no referrers. */
const listed: Omit<Repository, 'address' | 'list'> = {
  readManifest: async () => image,
  mayHaveReferrers: async () => false,
  listReferrers: async () => [],
  headManifest: unasked,
  writeManifest: unasked,
  listTags: unasked,
  writeReferrer: unasked,
  writeReferrers: unasked,
  hasBlob: unasked,
  readBlob: unasked,
  writeBlob: unasked,
  mountBlob: unasked,
}
