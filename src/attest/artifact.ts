import type { Descriptor, Digest } from '../oci/index.ts'
import { digestFromHex, platformSuffix } from '../oci/index.ts'
import type { ReleaseRecord } from '../release/index.ts'

/** One thing that a statement can be about: a file, or a manifest of an image. */
export interface Artifact {
  /** Name of the statement's subject: `hello-linux-amd64`, `images/hello`, `images/hello:linux-amd64`. */
  readonly name: string
  readonly digest: Digest
  /** Where its attestations are attached. */
  readonly manifest?: { readonly image: string; readonly descriptor: Descriptor }
}

/** Every file, image index and platform manifest of a release, sorted by name. */
export function releaseArtifacts(record: ReleaseRecord): Artifact[] {
  const artifacts = record.subjects.flatMap((subject): Artifact[] => {
    if (subject.kind === 'file') return [{ name: subject.name, digest: digestFromHex(subject.sha256) }]
    const { name, mediaType, digest, size } = subject
    return [
      { name: `images/${name}`, digest, manifest: { image: name, descriptor: { mediaType, digest, size } } },
      ...subject.manifests.map(({ platform, ...descriptor }) => ({
        name: `images/${name}:${platformSuffix(platform)}`,
        digest: descriptor.digest,
        manifest: { image: name, descriptor },
      })),
    ]
  })
  return artifacts.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0))
}
