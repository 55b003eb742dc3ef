import { type Digest, mediaTypes, parseIndex } from '../../oci/index.ts'
import type { Repository, StoredManifest } from '../../registry/index.ts'
import { UserError } from '../../runner/index.ts'

/** More than any image has; it bounds what a hostile index can make us read. */
const mostManifests = 2000

/**
 * The digests of all manifests of an image, the root last. An index is read once, from the first repository that can give it:
 * a digest stands for the same bytes everywhere. Manifests that are no index are not read.
 * @throws UserError when nobody can give an index, or it is malformed
 */
export async function readTree(root: Digest, repositories: readonly Repository[]): Promise<Digest[]> {
  const found = new Set<Digest>()
  const visit = async (digest: Digest): Promise<void> => {
    const stored = await readAnywhere(digest, repositories)
    for (const child of childrenOf(stored)) {
      if (found.has(child.digest)) continue
      if (found.size >= mostManifests) throw new UserError(`${root} has too many manifests`)
      found.add(child.digest)
      if (isIndex(child.mediaType)) await visit(child.digest)
    }
  }
  await visit(root)
  found.delete(root)
  return [...found, root]
}

async function readAnywhere(digest: Digest, repositories: readonly Repository[]): Promise<StoredManifest> {
  let failure = new UserError(`${digest} is nowhere`)
  for (const repository of repositories) {
    try {
      const stored = await repository.readManifest(digest)
      if (stored) return stored
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failure = error
    }
  }
  throw failure
}

const isIndex = (mediaType: string): boolean =>
  mediaType === mediaTypes.index || mediaType === mediaTypes.dockerManifestList

const childrenOf = ({ descriptor, bytes }: StoredManifest) =>
  isIndex(descriptor.mediaType) ? parseIndex(bytes, descriptor.digest).manifests : []
