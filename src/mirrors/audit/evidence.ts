import { type Descriptor, type Digest, hexOf, mediaTypes, parseTag, type Tag } from '../../oci/index.ts'
import { type Listing, type Repository, referrerOf } from '../../registry/index.ts'
import { mapConcurrently } from '../../runner/index.ts'
import type { Evidence } from './observation.ts'

/** A repository whose tags and manifests are known. */
export interface ListedRepository {
  readonly repository: Repository
  readonly listing: Listing
}

const subjectsAtOnce = 4

/**
 * What lies beside manifests, and beside that: by cosign's older tags, and as referrers.
 * @param elsewhere what another mirror has. A registry that lists all its manifests, as Google's do, makes referrers of those that
 * have a subject: where it has every referrer of the other mirror, it is not asked for them once more.
 */
export async function findEvidence(
  { repository, listing }: ListedRepository,
  subjects: readonly Digest[],
  elsewhere?: ReadonlyMap<Digest, readonly Evidence[]>,
): Promise<Map<Digest, readonly Evidence[]>> {
  const referrersOf = async (subject: Digest, isSigned: boolean): Promise<readonly Evidence[]> => {
    const known = elsewhere?.get(subject)?.filter(({ tag }) => tag === undefined)
    const isAll = known?.every(({ digest }) => listing.manifests?.has(digest)) && (known.length > 0 || isSigned)
    if (known && isAll && listing.manifests) return known
    const referrers = await repository.listReferrers(subject, listing)
    return mapConcurrently(referrers, subjectsAtOnce, async (referrer) => ({
      digest: referrer.digest,
      isSignature: isSignature(await typeOf(referrer, repository)),
    }))
  }
  const evidenceOf = async (subject: Digest): Promise<Evidence[]> => {
    const tagged = await mapConcurrently(olderTags(subject), 3, async (tag): Promise<Evidence[]> => {
      if (!listing.tags.has(tag)) return []
      const digest = listing.digests?.get(tag) ?? (await repository.headManifest(tag))?.digest
      return digest === undefined ? [] : [{ digest, tag, isSignature: tag.endsWith('.sig') }]
    })
    const tags = tagged.flat()
    return [
      ...tags,
      ...(await referrersOf(
        subject,
        tags.some((evidence) => evidence.isSignature),
      )),
    ]
  }
  const found = new Map<Digest, readonly Evidence[]>()
  for (let next = [...subjects]; next.length > 0; ) {
    const evidence = await mapConcurrently(next, subjectsAtOnce, evidenceOf)
    for (const [index, subject] of next.entries()) found.set(subject, evidence[index] ?? [])
    // Evidence can have evidence of its own. Only its tags matter here: they must not be taken for tags that nobody knows.
    const digests = new Set(evidence.flat().map(({ digest }) => digest))
    next = [...digests].filter((digest) => !found.has(digest) && tagsOf(digest).some((tag) => listing.tags.has(tag)))
  }
  return found
}

/** Where cosign before 3.0 keeps what it makes. */
const olderTags = (subject: Digest): Tag[] =>
  ['sig', 'att', 'sbom'].map((kind) => parseTag(`sha256-${hexOf(subject)}.${kind}`))

/** Source: distribution specification 1.1, "Referrers Tag Schema", beside the older ones. */
const tagsOf = (subject: Digest): Tag[] => [parseTag(`sha256-${hexOf(subject)}`), ...olderTags(subject)]

/** The manifest that an evidence tag or a fallback tag is about; undefined for any other tag. */
export function subjectOfTag(tag: Tag): Digest | undefined {
  const hex = /^sha256-([0-9a-f]{64})(?:\.(?:sig|att|sbom))?$/.exec(tag)?.[1]
  return hex === undefined ? undefined : `sha256:${hex}`
}

/** Some registries list the media type of a referrer's config, which is the empty one where the artifact's type is elsewhere. */
async function typeOf(
  { artifactType = mediaTypes.empty, digest }: Descriptor,
  repository: Repository,
): Promise<string> {
  if (artifactType !== mediaTypes.empty) return artifactType
  const stored = await repository.readManifest(digest)
  return (stored && referrerOf(stored).descriptor.artifactType) ?? ''
}

/** Sigstore's bundles, cosign's older signatures as referrers, and the Notary Project's. */
const isSignature = (artifactType: string): boolean =>
  /^application\/vnd\.(?:dev\.sigstore\.bundle|dev\.cosign\.artifact\.sig|cncf\.notary\.signature)\b/.test(artifactType)
