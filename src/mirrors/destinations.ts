import type { ImageLocation } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'
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

/**
 * The places at all mirrors for a manifest that names some: `MIRROR/PATH` stands for the same path at each of them.
 * @param named destinations in the manifest
 * @throws UserError when one lies at no mirror, or they name different paths: then the manifest and the policy disagree
 */
export function mirroredDestinations(mirrors: Mirrors, named: readonly ImageLocation[]): RegistryLocation[] {
  const { images } = destinationsOf(mirrors)
  const paths = new Set(named.map((location) => pathBelow(images, location)))
  const [path = '', ...others] = paths
  if (others.length > 0) {
    throw new UserError(
      `A manifest names different paths at the mirrors: ${[...paths].map((each) => each || '/').join(', ')}`,
    )
  }
  return images.map((registry) => ({ ...registry, prefix: [registry.prefix, path].filter(Boolean).join('/') }))
}

function pathBelow(registries: readonly RegistryLocation[], location: ImageLocation): string {
  const text = location.kind === 'registry' ? formatRegistry(location) : `oci:${location.path}`
  const mirror = registries.map(formatRegistry).find((registry) => `${text}/`.startsWith(`${registry}/`))
  if (mirror === undefined) {
    throw new UserError(`${text} lies at none of the mirrors`, {
      hint: 'A manifest that is promoted to mirrors names destinations at them; add the registry to the policy, or mend the manifest.',
    })
  }
  return text.slice(mirror.length + 1)
}
