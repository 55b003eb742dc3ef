import type { PromoterManifest } from '../../manifests/index.ts'
import { type Digest, formatReference, type ImageLocation, type Tag } from '../../oci/index.ts'
import type { Location } from '../../runner/index.ts'

/** Where a manifest's images are audited. */
export interface Target {
  /** How the report names the mirror. */
  readonly mirror: string
  readonly location: ImageLocation
}

/** One repository at one mirror. */
export interface Place extends Target {
  readonly name: string
}

/** A digest with the tags that it shall have. */
export interface ExpectedImage {
  /** Which requirements of an evidence policy count. */
  readonly project: string
  readonly digest: Digest
  readonly tags: readonly Tag[]
  /** The line that asks for it. */
  readonly location: Location
}

/** Repositories that shall have the same images, so that what is read at one need not be read at the others. */
export interface ExpectedRepository {
  readonly places: readonly Place[]
  readonly images: readonly ExpectedImage[]
}

/** `HOST/NAME` or `oci:PATH:NAME`. */
export const formatPlace = ({ location, name }: Place): string => formatReference({ location, name })

/** What manifests ask for, by repository. One that several manifests name shall have the images of all of them. */
export function expectedRepositories(
  manifests: readonly { readonly manifest: PromoterManifest; readonly targets: readonly Target[] }[],
): ExpectedRepository[] {
  const lists: ExpectedImage[][] = []
  const places = new Map<string, { readonly place: Place; readonly lists: number[] }>()
  for (const { manifest, targets } of manifests) {
    for (const [name, images] of byName(manifest)) {
      const list = lists.push(images) - 1
      for (const target of targets) {
        const place = { ...target, name }
        const key = formatPlace(place)
        const known = places.get(key) ?? { place, lists: [] }
        if (!known.lists.includes(list)) known.lists.push(list)
        places.set(key, known)
      }
    }
  }
  const repositories = new Map<string, { readonly places: Place[]; readonly lists: readonly number[] }>()
  for (const { place, lists: own } of places.values()) {
    const repository = repositories.get(own.join()) ?? { places: [], lists: own }
    repository.places.push(place)
    repositories.set(own.join(), repository)
  }
  return [...repositories.values()].map(({ places: found, lists: own }) => ({
    places: found,
    images: merged(own.flatMap((list) => lists[list] ?? [])),
  }))
}

function byName({ project, images }: PromoterManifest): Map<string, ExpectedImage[]> {
  const names = new Map<string, ExpectedImage[]>()
  for (const { name, digest, tags, location } of images) {
    const list = names.get(name) ?? []
    list.push({ project, digest, tags, location })
    names.set(name, list)
  }
  return names
}

/** A digest that several lines name shall have the tags of all. */
function merged(images: readonly ExpectedImage[]): ExpectedImage[] {
  const digests = new Map<Digest, ExpectedImage>()
  for (const image of images) {
    const known = digests.get(image.digest)
    digests.set(image.digest, known ? { ...known, tags: [...new Set([...known.tags, ...image.tags])] } : image)
  }
  return [...digests.values()]
}
