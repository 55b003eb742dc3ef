import { basename, join } from 'node:path'
import type { PromoterManifest } from '../manifests/index.ts'
import { formatReference, type ImageLocation, parseTag } from '../oci/index.ts'
import { resolveLocation, resolveReference } from '../registry/index.ts'
import { imageSubjects, type Release } from '../release/index.ts'
import { FailedItems, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import type { Destinations } from './destinations.ts'
import { wishOfReleaseFiles } from './files/index.ts'
import { groupRequests, type Place } from './images/index.ts'
import type { Repositories } from './repositories.ts'
import type { PromotionWish } from './wish.ts'

/** Everything in a release: images to the image destinations, files and their bundles to the stores. */
export function wishOfRelease(release: Release, destinations: Destinations): PromotionWish {
  const layout: ImageLocation = { kind: 'layout', path: join(release.directory, 'images') }
  const images = imageSubjects(release.record).map(({ name, digest, tags }) => ({
    project: release.record.project,
    source: { location: layout, name },
    digest,
    tags: tags.map(parseTag),
    destinations: destinations.images.map((location) => ({ location, name })),
  }))
  const files = destinations.files.flatMap((destination) => wishOfReleaseFiles(release, destination))
  return {
    images: destinations.images.length === 0 ? [] : groupRequests(images),
    files,
    version: release.record.version,
    malformed: [],
  }
}

/**
 * Images by reference. Each tag is resolved once, here; from then on only the digest counts.
 * An image keeps the last part of its repository's name: `HOST/staging/hello:v1` becomes `hello:v1` below each destination.
 * @throws FailedItems that names every image that is not there
 */
export async function wishOfImages(
  references: readonly string[],
  destinations: Destinations,
  repositories: Repositories,
  step: Step,
): Promise<PromotionWish> {
  if (destinations.files.length > 0) {
    throw new UserError(`Images cannot be promoted to ${destinations.files[0]}`, {
      hint: 'Write HOST/PREFIX or oci:FOLDER.',
    })
  }
  const failures: Error[] = []
  const resolved = await mapConcurrently(references, 8, async (text) => {
    const reference = resolveReference(text, step)
    const { location, name, tag } = reference
    if (!(tag || reference.digest)) {
      throw new UserError(`'${text}' names neither a tag nor a digest`, { hint: 'Write IMAGE:TAG or IMAGE@sha256:….' })
    }
    const source = { location, name }
    const digest = reference.digest ?? (tag && (await repositories.open(source).headManifest(tag))?.digest)
    if (!digest) {
      failures.push(
        new UserError(`${formatReference(reference)} is not there`, { hint: 'Check the repository and the tag.' }),
      )
      return undefined
    }
    const target = basename(name)
    return {
      project: '',
      source,
      digest,
      tags: tag ? [tag] : [],
      destinations: destinations.images.map((destination) => ({ location: destination, name: target })),
    }
  })
  if (failures.length > 0) throw new FailedItems('Images that cannot be promoted', failures)
  return { images: groupRequests(resolved.filter((request) => request !== undefined)), files: [], malformed: [] }
}

/** What promoter manifests ask for. @throws UserError when one names a layout that may not be used in this step */
export function wishOfManifests(manifests: readonly PromoterManifest[], step: Step): PromotionWish {
  const requests = manifests.flatMap((manifest) => {
    const location = resolveLocation(manifest.source, step)
    const destinations = manifest.destinations.map((destination) => resolveLocation(destination, step))
    const places = new Map<string, readonly Place[]>()
    return manifest.images.map(({ name, digest, tags }) => {
      // One array for all images of a name, so that a large manifest stays small.
      const known = places.get(name) ?? destinations.map((destination) => ({ location: destination, name }))
      places.set(name, known)
      return { project: manifest.project, source: { location, name }, digest, tags, destinations: known }
    })
  })
  const malformed = manifests.flatMap(({ findings }) =>
    findings.map(({ rule, message, location }) => ({ what: rule, message, location })),
  )
  return { images: groupRequests(requests), files: [], malformed }
}
