import type { Digest } from '../../oci/index.ts'
import type { Listing, Repository } from '../../registry/index.ts'
import { mapConcurrently } from '../../runner/index.ts'
import {
  formatPlace,
  type ObservedRepository,
  type RepositoryWish,
  rootOf,
  type SignedEvidence,
  type SourceImage,
  signedKey,
} from '../images/index.ts'
import type { Repositories } from '../repositories.ts'
import { type PromotedImage, type PromotedImages, saysTheSame, statementKey } from './predicate.ts'
import type { FoundStatement, PromotionSigning } from './signing.ts'

const imagesAtOnce = 6
const requestsAtOnce = 6

export interface SignedObservation {
  /** With what shall be signed, and what of it is where already. */
  readonly observed: readonly ObservedRepository[]
  /** By `statementKey`: one of those that are somewhere already, to be attached elsewhere instead of being signed anew. */
  readonly found: ReadonlyMap<string, FoundStatement>
}

/** Looks for what this promotion would sign: where it is kept, at the source, whence it is carried, and at each destination. */
export async function observeSigned(
  wishes: readonly RepositoryWish[],
  observed: readonly ObservedRepository[],
  context: Omit<SignedContext, 'found'>,
): Promise<SignedObservation> {
  const found = new Map<string, FoundStatement>()
  const completed: ObservedRepository[] = []
  for (const [index, wish] of wishes.entries()) {
    const repository = observed[index]
    if (repository) completed.push(await observeRepository(wish, repository, { ...context, found }))
  }
  return { observed: completed, found }
}

interface SignedContext {
  readonly signing: PromotionSigning
  readonly repositories: Repositories
  readonly promoted: PromotedImages
  readonly found: Map<string, FoundStatement>
}

async function observeRepository(
  wish: RepositoryWish,
  observed: ObservedRepository,
  context: SignedContext,
): Promise<ObservedRepository> {
  const toSign = new Map<Digest, readonly SignedEvidence[]>()
  const signed = wish.destinations.map(() => new Set<string>())
  await mapConcurrently(wish.images, imagesAtOnce, async (image) => {
    const source = observed.images.get(image.digest)
    if (!source) return
    const promoted = context.promoted.get(`${formatPlace(wish.source)}@${image.digest}`)
    if (!promoted) throw new Error(`${image.digest} was looked at, but nobody asked for it`)
    if (context.signing.kept) await keysAt(source, promoted, context, context.signing.kept)
    const carried = await keysAt(source, promoted, context, context.repositories.open(wish.source))
    toSign.set(
      image.digest,
      wantedOf(source, context.signing).filter((evidence) => !carried.has(signedKey(evidence))),
    )
    await mapConcurrently(wish.destinations, requestsAtOnce, async (place, index) => {
      const destination = observed.destinations[index]
      if (!destination || destination.unreadable !== undefined) return
      // Also where there is no tag yet: a run that was killed has left its signatures there.
      const repository = context.repositories.open(place)
      for (const key of await keysAt(source, promoted, context, repository, { tags: destination.listed })) {
        signed[index]?.add(key)
      }
    })
  })
  return {
    ...observed,
    toSign,
    destinations: observed.destinations.map((destination, index) => ({
      ...destination,
      signed: signed[index] ?? destination.signed,
    })),
  }
}

function wantedOf(image: SourceImage, { types }: PromotionSigning): SignedEvidence[] {
  const subjects = image.manifests.map(({ digest }) => digest)
  return [
    ...subjects.flatMap((subject) => types.manifest.map((predicateType) => ({ subject, predicateType }))),
    ...types.image.map((predicateType) => ({ subject: rootOf(image), predicateType })),
  ]
}

/** The keys of what the signer has said at one place and would say again now. */
async function keysAt(
  image: SourceImage,
  promoted: PromotedImage,
  { signing, found }: SignedContext,
  repository: Repository,
  known?: Listing,
): Promise<Set<string>> {
  const keys = new Set<string>()
  await mapConcurrently(image.manifests, requestsAtOnce, async ({ digest }) => {
    const referrers = await repository.listReferrers(digest, known)
    for (const statement of await signing.statements(repository, digest, referrers)) {
      const { predicateType, predicate } = statement
      if (signing.types.image.includes(predicateType) && !saysTheSame(predicate, promoted)) continue
      const evidence = { subject: digest, predicateType }
      keys.add(signedKey(evidence))
      const key = statementKey(evidence, promoted.source)
      if (!found.has(key)) found.set(key, statement)
    }
  })
  return keys
}
