import type { ImageLocation } from '../oci/index.ts'
import { type Location, UserError } from '../runner/index.ts'
import { formatRegistry, type Mirror, type Mirrors, type RegistryLocation } from './policy.ts'

/** Where to promote to: every mirror, drained or not. */
export interface MirrorDestinations {
  readonly images: readonly RegistryLocation[]
  /** Addresses of stores. */
  readonly files: readonly string[]
}

/** The canonical registry comes first, then the order of the policy. */
export function destinationsOf(mirrors: Mirrors): MirrorDestinations {
  const canonical = formatRegistry(mirrors.canonical)
  const isCanonical = ({ registry }: Mirror): boolean => formatRegistry(registry) === canonical
  const all = mirrors.vendors.flatMap((vendor) => vendor.mirrors)
  const sorted = [...all.filter(isCanonical), ...all.filter((mirror) => !isCanonical(mirror))]
  return { images: sorted.map(({ registry }) => registry), files: sorted.flatMap(({ files }) => files ?? []) }
}

/** What a manifest says of its destinations, and where it says it. */
interface Named<Destination> {
  readonly destinations: readonly Destination[]
  readonly location: Location
}

/**
 * Where the images of a manifest go at all mirrors, in the order of `destinationsOf`: a destination `MIRROR/PATH` in the manifest
 * stands for the same path at each of them.
 * @throws UserError when one lies at no mirror, or they have different paths: then the manifest and the policy disagree
 */
export function mirroredImages(mirrors: Mirrors, { destinations, location }: Named<ImageLocation>): RegistryLocation[] {
  const { images } = destinationsOf(mirrors)
  const texts = destinations.map((place) => (place.kind === 'registry' ? formatRegistry(place) : `oci:${place.path}`))
  const path = commonPath(images.map(formatRegistry), texts, location)
  return images.map((registry) => ({ ...registry, prefix: [registry.prefix, path].filter(Boolean).join('/') }))
}

/** Where the files of a manifest go at all mirrors that have files; like `mirroredImages`. @throws UserError */
export function mirroredFiles(mirrors: Mirrors, { destinations, location }: Named<string>): string[] {
  const { files } = destinationsOf(mirrors)
  const path = commonPath(files, destinations, location)
  return files.map((address) => [address, path].filter(Boolean).join('/'))
}

/** What follows the mirror in each of the destinations. */
function commonPath(mirrors: readonly string[], destinations: readonly string[], location: Location): string {
  const paths = destinations.map((destination) => {
    const mirror = mirrors.find((address) => `${destination}/`.startsWith(`${address}/`))
    if (mirror !== undefined) return destination.slice(mirror.length + 1)
    throw new UserError(`${destination} lies at none of the mirrors`, {
      hint: 'Add it to the mirrors policy, or take it out of the manifest.',
      location,
    })
  })
  const [path = '', ...others] = [...new Set(paths)]
  if (others.length === 0) return path
  const listed = [path, ...others].map((each) => each || '(nothing)').join(', ')
  throw new UserError(`the destinations have different paths at the mirrors: ${listed}`, { location })
}
