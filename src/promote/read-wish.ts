import { readManifests } from '../manifests/index.ts'
import { destinationsOf, type Mirrors, mirroredFiles, mirroredImages, readMirrors } from '../mirrors/index.ts'
import type { Digest } from '../oci/index.ts'
import { fileSubjects, openRelease, proveSubjects, type Release } from '../release/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { type Destinations, parseDestinations, resolveStore } from './destinations.ts'
import { wishOfFileManifests, wishOfReleases } from './files/index.ts'
import type { PromotionOptions } from './options.ts'
import type { Repositories } from './repositories.ts'
import { wishOfImages, wishOfManifests, wishOfRelease } from './source.ts'
import type { PromotionWish } from './wish.ts'

export interface ReadWish {
  readonly wish: PromotionWish
  /** Empty when no release is promoted. */
  readonly releaseDigest: Digest | ''
}

/**
 * What shall be where, from whatever the options name.
 * @throws UserError or FailedItems when the input is wrong, or a file of the release is not what the record says
 */
export async function readWish(options: PromotionOptions, repositories: Repositories, step: Step): Promise<ReadWish> {
  const { images, manifests, to } = options
  const sources = [options.release && 'release', images.length > 0 && 'images', manifests && 'manifests'].filter(
    Boolean,
  )
  if (sources.length > 1) {
    throw new UserError(`Two sources to promote from: ${sources.join(' and ')}`, { hint: 'Give one of them.' })
  }
  if (options.mirrors !== undefined && to.length > 0) {
    throw new UserError("'to' and 'mirrors' both name destinations", { hint: 'Give one of them.' })
  }
  const mirrors = options.mirrors === undefined ? undefined : await readMirrors(options.mirrors, step)
  if (manifests !== undefined) {
    if (to.length > 0) {
      throw new UserError("Promotion manifests name their own destinations; 'to' has no meaning with them")
    }
    return { wish: await wishAt(manifests, mirrors, options.githubToken, step), releaseDigest: '' }
  }
  const destinations = mirrors ? destinationsOf(mirrors) : parseDestinations(to, step)
  if (images.length > 0) {
    return { wish: await wishOfImages(images, destinations, repositories, step), releaseDigest: '' }
  }
  const release = await openProven(options.release ?? step.resolvePath('release'), destinations, step)
  return { wish: wishOfRelease(release, destinations), releaseDigest: release.digest }
}

/** What the manifests at a path ask for. With a mirrors policy their destinations stand for all mirrors. */
async function wishAt(
  path: string,
  mirrors: Mirrors | undefined,
  githubToken: string | undefined,
  step: Step,
): Promise<PromotionWish> {
  const found = await readManifests(path)
  switch (found.kind) {
    case 'images': {
      const manifests = found.manifests.map((manifest) =>
        mirrors ? { ...manifest, destinations: mirroredImages(mirrors, manifest) } : manifest,
      )
      return wishOfManifests(manifests, step)
    }
    case 'files': {
      const manifests = found.manifests.map((manifest) => ({
        ...manifest,
        source: resolveStore(manifest.source, step),
        destinations: (mirrors ? mirroredFiles(mirrors, manifest) : manifest.destinations).map((address) =>
          resolveStore(address, step),
        ),
      }))
      const malformed = manifests.flatMap(({ findings }) =>
        findings.map(({ rule, message, location }) => ({ what: rule, message, location })),
      )
      return { images: [], files: wishOfFileManifests(manifests), malformed }
    }
    case 'releases': {
      const configs = found.configs.map((config) => ({
        ...config,
        destination: resolveStore(config.destination, step),
      }))
      return { images: [], ...(await wishOfReleases(configs, githubToken, step)) }
    }
  }
}

/** Only what is published is hashed; images are proven as they are read. */
async function openProven(directory: string, destinations: Destinations, step: Step): Promise<Release> {
  const release = await openRelease(directory)
  if (destinations.files.length > 0) await proveSubjects(release, step, fileSubjects(release.record))
  return release
}
