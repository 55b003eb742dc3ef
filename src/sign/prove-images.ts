import { join } from 'node:path'
import { type Descriptor, mediaTypes, parseIndex } from '../oci/index.ts'
import { openLayout } from '../registry/index.ts'
import { type ImageSubject, imageSubjects, type Release } from '../release/index.ts'
import { FailedItems, UserError } from '../runner/index.ts'

/**
 * Proves that the layout holds each image as it is recorded: a signature must not vouch for what nobody has seen.
 * @throws FailedItems that names every image that is missing or differs from the record
 */
export async function proveImages(release: Release): Promise<void> {
  const failures: Error[] = []
  for (const image of imageSubjects(release.record)) {
    for (const difference of await differencesOf(join(release.directory, 'images'), image)) {
      failures.push(new UserError(`${image.name}: ${difference}`))
    }
  }
  if (failures.length > 0) throw new FailedItems('Images that differ from release.json', failures)
}

async function differencesOf(path: string, image: ImageSubject): Promise<string[]> {
  const layout = openLayout(path, image.name)
  const index = await layout.readManifest(image.digest)
  if (!index) return [`${image.digest} is not in the layout`]
  const differences = isSame(index.descriptor, image) ? [] : [`${image.digest} has another size or media type`]
  const isIndex = image.mediaType === mediaTypes.index || image.mediaType === mediaTypes.dockerManifestList
  const listed = isIndex ? parseIndex(index.bytes, image.name).manifests.map(({ digest }) => digest) : [image.digest]
  for (const manifest of image.manifests) {
    const found = await layout.headManifest(manifest.digest)
    if (!found) differences.push(`${manifest.digest} is not in the layout`)
    else if (!isSame(found, manifest)) differences.push(`${manifest.digest} has another size or media type`)
    if (!listed.includes(manifest.digest)) differences.push(`${manifest.digest} is not a platform of ${image.digest}`)
  }
  return differences
}

const isSame = (found: Descriptor, recorded: Pick<Descriptor, 'mediaType' | 'size'>): boolean =>
  found.mediaType === recorded.mediaType && found.size === recorded.size
