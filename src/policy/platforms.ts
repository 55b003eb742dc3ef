import { type Descriptor, type Digest, mediaTypes, parseIndex } from '../oci/index.ts'
import type { StoredManifest } from '../registry/index.ts'

/**
 * The images that clients pull: those that an index lists for a platform, or the root where it is none.
 * BuildKit lists attestations, too, for the platform `unknown/unknown`, which no client picks.
 */
export function platformsOf(manifests: readonly StoredManifest[]): Digest[] {
  const root = manifests.at(-1)?.descriptor.digest
  const indexes = manifests.filter(isIndex)
  const listed = indexes.flatMap(({ bytes, descriptor }) => parseIndex(bytes, descriptor.digest).manifests)
  const picked = new Set(listed.filter((descriptor) => !isUnknown(descriptor)).map(({ digest }) => digest))
  return manifests
    .filter((manifest) => !isIndex(manifest))
    .map(({ descriptor }) => descriptor.digest)
    .filter((digest) => digest === root || picked.has(digest))
}

const isIndex = ({ descriptor: { mediaType } }: StoredManifest): boolean =>
  mediaType === mediaTypes.index || mediaType === mediaTypes.dockerManifestList

const isUnknown = ({ platform }: Descriptor): boolean =>
  platform?.os === 'unknown' && platform.architecture === 'unknown'
