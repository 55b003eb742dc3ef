import {
  type Descriptor,
  type Digest,
  mediaTypes,
  parseDigest,
  parseIndex,
  parseManifest,
  type Tag,
} from '../../oci/index.ts'
import type { Listing, Repository, StoredManifest } from '../../registry/index.ts'
import { mapConcurrently, UserError } from '../../runner/index.ts'
import { evidenceTags } from './evidence-tag.ts'

/**
 * An image at its source: every manifest below a digest, and all that speaks of them. Only what shall be written
 * somewhere is read; of the rest the digest says enough.
 */
export interface SourceImage {
  /** Children before the index that lists them; the root last. */
  readonly manifests: readonly SourceManifest[]
  /** Sorted by subject, tag and digest. */
  readonly evidence: readonly SourceEvidence[]
}

export interface SourceManifest extends Pick<Descriptor, 'mediaType' | 'digest' | 'size'> {
  /** Absent where it is whole at every destination. Indexes are always read, since they say what belongs to the image. */
  readonly stored?: StoredManifest
}

/** A signature, attestation or SBOM beside an image: a referrer, or a manifest under cosign's older tag. */
export interface SourceEvidence {
  readonly subject: Digest
  /** `sha256-<hex>.sig`, `.att` or `.sbom`; undefined for a referrer. */
  readonly tag?: Tag
  /** Of its root. */
  readonly digest: Digest
  /** Absent where it is whole at every destination. Mostly one; the root last. */
  readonly manifests?: readonly StoredManifest[]
}

/** More than any image has; it bounds what a hostile index can make us read. */
const mostManifests = 2000
const deepestIndex = 5
const readsAtOnce = 6

/**
 * Which manifests an image has, and what speaks of them.
 * @param listing of the repository, among whose tags the older evidence is found
 * @returns undefined when there is no such image
 * @throws UserError when it is not whole, or an index is malformed
 */
export async function outlineImage(
  repository: Repository,
  root: Digest,
  listing: Listing,
): Promise<SourceImage | undefined> {
  const stored = await repository.readManifest(root)
  if (!stored) return undefined
  const manifests = await outlineTree(repository, stored)
  const evidence: SourceEvidence[] = []
  const asked = new Set<Digest>()
  // Evidence can have evidence of its own, such as the signature of an SBOM.
  let subjects = manifests.map(({ digest }) => digest)
  while (subjects.length > 0) {
    for (const subject of subjects) asked.add(subject)
    if (asked.size > mostManifests) throw new UserError(`${repository.address}@${root} has too many manifests`)
    const found = (
      await mapConcurrently(subjects, readsAtOnce, (subject) => listEvidence(repository, subject, listing))
    ).flat()
    evidence.push(...found)
    subjects = [...new Set(found.map(({ digest }) => digest))].filter((digest) => !asked.has(digest))
  }
  return { manifests, evidence: evidence.sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1)) }
}

const sortKey = ({ subject, tag, digest }: SourceEvidence): string => [subject, tag, digest].join(' ')

/** A manifest and all below it, children first, in the order that the index has. Leaves of an index are not read. */
async function outlineTree(repository: Repository, root: StoredManifest): Promise<SourceManifest[]> {
  const found = new Map<Digest, SourceManifest>()
  const visit = async (stored: StoredManifest, depth: number): Promise<void> => {
    const children = childrenOf(stored)
    if (depth > deepestIndex || found.size + children.length > mostManifests) {
      throw new UserError(
        `${repository.address}@${root.descriptor.digest} is nested too deeply or has too many manifests`,
      )
    }
    for (const { mediaType, digest, size } of children) {
      if (found.has(digest)) continue
      if (!isIndexType(mediaType)) found.set(digest, { mediaType, digest, size })
      else await visit(await readListed(repository, digest, root.descriptor.digest), depth + 1)
    }
    const { mediaType, digest, size } = stored.descriptor
    found.set(digest, { mediaType, digest, size, stored })
  }
  await visit(root, 0)
  return [...found.values()]
}

async function readListed(repository: Repository, digest: Digest, by: Digest): Promise<StoredManifest> {
  const stored = await repository.readManifest(digest)
  if (stored) return stored
  throw new UserError(`${repository.address}@${digest} is not there`, { hint: `${by} lists it; push the whole image.` })
}

async function listEvidence(repository: Repository, subject: Digest, listing: Listing): Promise<SourceEvidence[]> {
  const referrers = await repository.listReferrers(subject, listing)
  const found: SourceEvidence[] = referrers.map(({ digest }) => ({
    subject,
    digest: parseDigest(digest, `a referrer of ${subject}`),
  }))
  for (const tag of evidenceTags(subject).filter((candidate) => listing.tags.has(candidate))) {
    const evidence = await evidenceUnder(repository, tag, listing)
    if (evidence) found.push({ subject, tag, ...evidence })
  }
  return found
}

async function evidenceUnder(
  repository: Repository,
  tag: Tag,
  listing: Listing,
): Promise<Pick<SourceEvidence, 'digest' | 'manifests'> | undefined> {
  const digest = listing.digests?.get(tag)
  if (digest) return { digest }
  // To read it costs no more than to ask for its digest, and mostly it is wanted.
  const stored = await repository.readManifest(tag)
  return stored && { digest: stored.descriptor.digest, ...(isIndex(stored) ? {} : { manifests: [stored] }) }
}

/**
 * The image with the bytes of all that is wanted.
 * @throws UserError when a manifest is missing or malformed, or evidence does not refer to what it is listed for
 */
export async function readWanted(
  repository: Repository,
  image: SourceImage,
  wanted: ReadonlySet<Digest>,
): Promise<SourceImage> {
  const root = rootOf(image)
  return {
    manifests: await mapConcurrently(image.manifests, readsAtOnce, async (manifest) =>
      manifest.stored || !wanted.has(manifest.digest)
        ? manifest
        : { ...manifest, stored: await readListed(repository, manifest.digest, root) },
    ),
    evidence: await mapConcurrently(image.evidence, readsAtOnce, async (evidence) =>
      evidence.manifests || !wanted.has(evidence.digest)
        ? evidence
        : { ...evidence, manifests: await readEvidence(repository, evidence) },
    ),
  }
}

async function readEvidence(
  repository: Repository,
  { subject, tag, digest }: SourceEvidence,
): Promise<StoredManifest[]> {
  const root = await readListed(repository, digest, subject)
  const manifests = await mapConcurrently(
    await outlineTree(repository, root),
    readsAtOnce,
    async (manifest) => manifest.stored ?? (await readListed(repository, manifest.digest, digest)),
  )
  if (tag === undefined && subjectOf(root) !== subject) {
    throw new UserError(
      `${repository.address}@${digest} is listed as a referrer of ${subject}, but does not refer to it`,
    )
  }
  return manifests
}

/** The digest under which an image is known: that of its last manifest. */
export function rootOf({ manifests }: SourceImage): Digest {
  const root = manifests.at(-1)
  if (!root) throw new Error('an image has a root')
  return root.digest
}

const isIndexType = (mediaType: string): boolean =>
  mediaType === mediaTypes.index || mediaType === mediaTypes.dockerManifestList

/** True for a list of manifests, false for an image or artifact. */
export const isIndex = ({ descriptor }: StoredManifest): boolean => isIndexType(descriptor.mediaType)

const childrenOf = (stored: StoredManifest): readonly Descriptor[] =>
  isIndex(stored) ? parseIndex(stored.bytes, stored.descriptor.digest).manifests : []

function subjectOf(stored: StoredManifest): Digest | undefined {
  const parse = isIndex(stored) ? parseIndex : parseManifest
  return parse(stored.bytes, stored.descriptor.digest).subject?.digest
}

/** The blobs that a manifest names: its layers and its config; not the layers that only their vendor may hand out. */
export function blobsOf(stored: StoredManifest): Descriptor[] {
  if (isIndex(stored)) return []
  const { config, layers } = parseManifest(stored.bytes, stored.descriptor.digest)
  return [...layers, config]
    .filter(({ mediaType }) => !/\.foreign\.|\.nondistributable\./.test(mediaType))
    .map(({ mediaType, digest, size }) => ({ mediaType, digest, size }))
}
