import type { Digest, Tag } from '../../oci/index.ts'
import type { EvidenceVerdict } from '../../policy/index.ts'
import type { Repository } from '../../registry/index.ts'
import { describeError, mapConcurrently, UserError } from '../../runner/index.ts'
import { findEvidence, type ListedRepository } from './evidence.ts'
import type { ExpectedImage, ExpectedRepository, Place } from './expected.ts'
import type { Evidence, FoundRepository, ObservedImage, ObservedPlace, RepositoryObservation } from './observation.ts'
import type { Attempt, Patience } from './patience.ts'
import { readTree } from './tree.ts'
import type { VerdictReader } from './verdicts.ts'

export interface AuditContext {
  readonly open: (place: Place) => Repository
  readonly patience: Patience
  /** Undefined without an evidence policy. */
  readonly verdicts: VerdictReader | undefined
}

const placesAtOnce = 8
const requestsAtOnce = 4

/** Looks at one repository at all its mirrors: one listing each, and what the listing does not tell. */
export async function observeRepository(
  { images, places }: ExpectedRepository,
  context: AuditContext,
): Promise<RepositoryObservation> {
  const looked = await mapConcurrently(places, placesAtOnce, async (place): Promise<Tried<Looked>> => {
    return { place, ...(await context.patience.attempt(place.mirror, () => look(images, context.open(place)))) }
  })
  const present = looked.flatMap((tried) => ('result' in tried ? tried.result : []))
  const observed = await mapConcurrently(images, requestsAtOnce, (image) => observeImage(image, present))
  let first: ReadonlyMap<Digest, readonly Evidence[]> | undefined
  const examine = async (tried: Tried<Looked>): Promise<ObservedPlace> => {
    const { place } = tried
    if ('failure' in tried) return { place, failure: tried.failure }
    const found = await context.patience.attempt(place.mirror, async () => {
      const examined = await examineAll(tried.result, observed, first, context.verdicts)
      first ??= examined.evidence
      return examined
    })
    return 'failure' in found ? { place, failure: found.failure } : { place, found: found.result }
  }
  // The first one that can be read tells what to expect at the others.
  const examined: ObservedPlace[] = []
  while (first === undefined && examined.length < looked.length) {
    const next = looked[examined.length]
    if (next) examined.push(await examine(next))
  }
  const others = await mapConcurrently(looked.slice(examined.length), placesAtOnce, examine)
  return { images: observed, places: [...examined, ...others] }
}

type Tried<Result> = { readonly place: Place } & Attempt<Result>

interface Looked extends ListedRepository {
  readonly tags: ReadonlyMap<Tag, Digest | undefined>
  readonly manifests: ReadonlySet<Digest>
}

/** The tags, and which of the images are there. */
async function look(images: readonly ExpectedImage[], repository: Repository): Promise<Looked> {
  const listing = await repository.list()
  const tags = new Map<Tag, Digest | undefined>([...listing.tags].map((tag) => [tag, listing.digests?.get(tag)]))
  const unknown = images.flatMap((image) => image.tags).filter((tag) => tags.has(tag) && tags.get(tag) === undefined)
  await mapConcurrently(unknown, requestsAtOnce, async (tag) => {
    const digest = (await repository.headManifest(tag))?.digest
    if (digest === undefined) tags.delete(tag)
    else tags.set(tag, digest)
  })
  const tagged = new Set([...tags.values()].filter((digest) => digest !== undefined))
  const roots = images.map(({ digest }) => digest)
  return { repository, listing, tags, manifests: await presentAmong(roots, { repository, listing }, tagged) }
}

/** Which of the digests the repository has. @param known to be there */
async function presentAmong(
  digests: readonly Digest[],
  { repository, listing }: ListedRepository,
  known: ReadonlySet<Digest>,
): Promise<Set<Digest>> {
  const found = await mapConcurrently(digests, requestsAtOnce, async (digest): Promise<Digest[]> => {
    const isThere =
      known.has(digest) || (listing.manifests?.has(digest) ?? (await repository.headManifest(digest)) !== undefined)
    return isThere ? [digest] : []
  })
  return new Set(found.flat())
}

async function observeImage(image: ExpectedImage, looked: readonly Looked[]): Promise<ObservedImage> {
  const holders = looked.filter(({ manifests }) => manifests.has(image.digest)).map(({ repository }) => repository)
  if (holders.length === 0) return { image, manifests: [image.digest] }
  try {
    return { image, manifests: await readTree(image.digest, holders) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { image, manifests: [image.digest], failure: describeError(error) }
  }
}

/** The children of the images that are there, and all evidence. */
async function examineAll(
  looked: Looked,
  images: readonly ObservedImage[],
  elsewhere: ReadonlyMap<Digest, readonly Evidence[]> | undefined,
  reader: VerdictReader | undefined,
): Promise<FoundRepository> {
  const present = images.filter(({ image }) => looked.manifests.has(image.digest))
  const digests = [...new Set(present.flatMap(({ manifests }) => manifests))]
  const manifests = await presentAmong(digests, looked, looked.manifests)
  const evidence = await findEvidence(looked, [...manifests], elsewhere)
  const verdicts = new Map<Digest, EvidenceVerdict>()
  // An image that lacks a manifest is found to be so; there is nothing whole to judge.
  const whole = reader ? present.filter((image) => image.manifests.every((digest) => manifests.has(digest))) : []
  await mapConcurrently(whole, requestsAtOnce, async (image) => {
    const verdict = await reader?.read(image, evidence, looked.repository)
    if (verdict) verdicts.set(image.image.digest, verdict)
  })
  return { tags: looked.tags, manifests, evidence, verdicts }
}
