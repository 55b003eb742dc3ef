import {
  type Descriptor,
  type Digest,
  hexOf,
  mediaTypes,
  parseDigest,
  parseIndex,
  parseManifest,
  parseTag,
  type Tag,
} from '../oci/index.ts'
import type { Repository, StoredManifest } from '../registry/index.ts'
import { mapConcurrently, UserError } from '../runner/index.ts'

/** An image at its source: every manifest below a digest, and all that speaks of them. */
export interface SourceImage {
  /** Children before the index that lists them; the root last. */
  readonly manifests: readonly StoredManifest[]
  readonly evidence: readonly SourceEvidence[]
}

/** A signature, attestation or SBOM beside an image: a referrer, or a manifest under cosign's older tag. */
export interface SourceEvidence {
  readonly subject: Digest
  /** `sha256-<hex>.sig`, `.att` or `.sbom`; undefined for a referrer. */
  readonly tag?: Tag
  /** Mostly one; the root last. */
  readonly manifests: readonly StoredManifest[]
}

/** More than any image has; it bounds what a hostile index can make us read. */
const mostManifests = 2000
const deepestIndex = 5

/** The digest under which a tree of manifests is known: that of its last one. */
export function rootOf({ manifests }: { readonly manifests: readonly StoredManifest[] }): Digest {
  const root = manifests.at(-1)
  if (!root) throw new Error('a tree has a root')
  return root.descriptor.digest
}

/**
 * Reads an image with its evidence. Blobs are not read.
 * @param tags of the repository, among which the older evidence tags are found
 * @throws UserError when a manifest is missing or malformed
 */
export async function readSourceImage(
  repository: Repository,
  digest: Digest,
  tags: ReadonlySet<Tag>,
): Promise<SourceImage> {
  const manifests = await readTree(repository, digest)
  const evidence: SourceEvidence[] = []
  const asked = new Set<Digest>()
  // Evidence can have evidence of its own, such as the signature of an SBOM.
  let subjects = manifests.map(({ descriptor }) => descriptor.digest)
  while (subjects.length > 0) {
    for (const subject of subjects) asked.add(subject)
    if (asked.size > mostManifests) throw new UserError(`${repository.address}@${digest} has too many manifests`)
    const found = await mapConcurrently(subjects, 4, (subject) => readEvidence(repository, subject, tags))
    evidence.push(...found.flat())
    subjects = [...new Set(found.flat().map(rootOf))].filter((root) => !asked.has(root))
  }
  return { manifests, evidence: evidence.sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1)) }
}

const sortKey = (evidence: SourceEvidence): string => [evidence.subject, evidence.tag, rootOf(evidence)].join(' ')

/** A manifest and all below it, children first. */
async function readTree(repository: Repository, root: Digest): Promise<StoredManifest[]> {
  const manifests = new Map<Digest, StoredManifest>()
  const visit = async (digest: Digest, depth: number): Promise<void> => {
    if (manifests.has(digest)) return
    const stored = await repository.readManifest(digest)
    if (!stored) {
      throw new UserError(`${repository.address}@${digest} is not there`, {
        hint: digest === root ? 'Check the repository and the digest.' : `${root} lists it; push the whole image.`,
      })
    }
    const children = childrenOf(stored)
    if (depth > deepestIndex || manifests.size + children.length > mostManifests) {
      throw new UserError(`${repository.address}@${root} is nested too deeply or has too many manifests`)
    }
    await mapConcurrently(children, 4, (child) => visit(child, depth + 1))
    manifests.set(digest, stored)
  }
  await visit(root, 0)
  return sortTree(manifests, root)
}

/** The order that the index has, whatever the order of the answers. */
function sortTree(manifests: ReadonlyMap<Digest, StoredManifest>, root: Digest): StoredManifest[] {
  const sorted = new Map<Digest, StoredManifest>()
  const visit = (digest: Digest): void => {
    const stored = manifests.get(digest)
    if (!stored || sorted.has(digest)) return
    childrenOf(stored).forEach(visit)
    sorted.set(digest, stored)
  }
  visit(root)
  return [...sorted.values()]
}

async function readEvidence(
  repository: Repository,
  subject: Digest,
  tags: ReadonlySet<Tag>,
): Promise<SourceEvidence[]> {
  const referrers = await repository.listReferrers(subject)
  const found = await mapConcurrently(referrers, 4, async ({ digest }): Promise<SourceEvidence> => {
    const manifests = await readTree(repository, parseDigest(String(digest), `a referrer of ${subject}`))
    const root = manifests.at(-1)
    if (!root || subjectOf(root) !== subject) {
      throw new UserError(
        `${repository.address}@${digest} is listed as a referrer of ${subject}, but does not refer to it`,
      )
    }
    return { subject, manifests }
  })
  for (const tag of olderEvidenceTags(subject)) {
    if (!tags.has(tag)) continue
    const stored = await repository.readManifest(tag)
    if (stored) found.push({ subject, tag, manifests: await readTree(repository, stored.descriptor.digest) })
  }
  return found
}

/** Where cosign before 3.0 keeps what it makes. */
const olderEvidenceTags = (subject: Digest): Tag[] =>
  ['sig', 'att', 'sbom'].map((kind) => parseTag(`sha256-${hexOf(subject)}.${kind}`))

/** True for a list of manifests, false for an image or artifact. */
export const isIndex = (stored: StoredManifest): boolean =>
  stored.descriptor.mediaType === mediaTypes.index || stored.descriptor.mediaType === mediaTypes.dockerManifestList

function childrenOf(stored: StoredManifest): Digest[] {
  if (!isIndex(stored)) return []
  const what = stored.descriptor.digest
  return parseIndex(stored.bytes, what).manifests.map(({ digest }) =>
    parseDigest(String(digest), `a manifest of ${what}`),
  )
}

function subjectOf(stored: StoredManifest): Digest | undefined {
  const parse = isIndex(stored) ? parseIndex : parseManifest
  return parse(stored.bytes, stored.descriptor.digest).subject?.digest
}

/**
 * The blobs that a manifest names: its layers and its config; not the layers that only their vendor may hand out.
 * @throws UserError when a descriptor is malformed
 */
export function blobsOf(stored: StoredManifest): Descriptor[] {
  if (isIndex(stored)) return []
  const what = stored.descriptor.digest
  const { config, layers } = parseManifest(stored.bytes, what)
  return [...layers, config]
    .filter(({ mediaType }) => !/\.foreign\.|\.nondistributable\./.test(String(mediaType)))
    .map(({ mediaType, digest, size }) => {
      if (!Number.isSafeInteger(size) || size < 0) throw new UserError(`a blob of ${what} has no size`)
      return { mediaType: String(mediaType), digest: parseDigest(String(digest), `a blob of ${what}`), size }
    })
}
