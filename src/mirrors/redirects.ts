import { formatRegistry, type Mirror, type Mirrors, type Vendor } from './policy.ts'

/**
 * Where a redirector sends a client; the JSON schema is schema/redirects.schema.json. Plain data.
 * The vendor is the client's own cloud, or one by share, always the same one for the same client. The mirrors to try, best first,
 * are those of the client's region in `regions`, else of the region's first word in `areas`, else `fallback`.
 * All requests of a client go to the same mirror: what it finds there by tag or referrer it then reads there by digest.
 */
export interface RedirectTable {
  readonly schemaVersion: 1
  /** Name of the mirror that every list ends with. */
  readonly canonical: string
  /** By name (`VENDOR/REGION`): each mirror that serves. */
  readonly mirrors: Readonly<Record<string, { readonly registry: string; readonly files?: string }>>
  /** Vendors that serve. A client of any other cloud gets one of them by share. */
  readonly vendors: readonly VendorRedirects[]
}

export interface VendorRedirects {
  readonly name: string
  /** Per cent, in hundredths at most; all vendors add up to 100. */
  readonly share: number
  readonly regions: Readonly<Record<string, readonly string[]>>
  readonly areas: Readonly<Record<string, readonly string[]>>
  readonly fallback: readonly string[]
}

/** What follows from a policy for clients: drained mirrors are gone, and their regions and share go to the others. */
export function redirectsOf(mirrors: Mirrors): RedirectTable {
  const serving = mirrors.vendors
    .map((vendor) => ({ ...vendor, mirrors: vendor.mirrors.filter(({ state }) => state === 'serving') }))
    .filter((vendor) => vendor.mirrors.length > 0)
  const named = serving.flatMap((vendor) => vendor.mirrors.map((mirror) => ({ name: nameOf(vendor, mirror), mirror })))
  const isCanonical = ({ mirror }: { readonly mirror: Mirror }): boolean =>
    formatRegistry(mirror.registry) === formatRegistry(mirrors.canonical)
  const canonical = named.find(isCanonical)?.name
  if (canonical === undefined) throw new Error('a policy whose canonical mirror does not serve was not read by us')
  const shares = wholeShares(serving, canonical)
  return {
    schemaVersion: 1,
    canonical,
    mirrors: Object.fromEntries(
      named.map(({ name, mirror: { registry, files } }) => [
        name,
        { registry: formatRegistry(registry), ...(files === undefined ? {} : { files }) },
      ]),
    ),
    vendors: serving.map((vendor, index) => ({
      name: vendor.name,
      share: shares[index] ?? 0,
      ...routesOf(vendor, mirrors.vendors.find(({ name }) => name === vendor.name) ?? vendor, canonical),
    })),
  }
}

const nameOf = (vendor: Vendor, { region }: Mirror): string => `${vendor.name}/${region}`

/** `europe` of `europe-west4`: the vendors' names of near regions begin alike. */
const areaOf = (region: string): string => region.split('-', 1)[0] ?? region

/** @param whole the vendor with its drained mirrors, whose regions still have clients */
function routesOf(serving: Vendor, whole: Vendor, canonical: string): Omit<VendorRedirects, 'name' | 'share'> {
  const first = serving.mirrors.slice(0, 1)
  const inArea = (area: string): Mirror[] => serving.mirrors.filter(({ region }) => areaOf(region) === area)
  const list = (mirrors: readonly Mirror[]): string[] => [
    ...new Set([...mirrors.map((mirror) => nameOf(serving, mirror)), canonical]),
  ]
  const regions = whole.mirrors
    .flatMap(({ serves }) => serves)
    .map((region): [string, string[]] => {
      const own = serving.mirrors.filter(({ serves }) => serves.includes(region))
      return [region, list([...own, ...inArea(areaOf(region)), ...first])]
    })
  const areas = serving.mirrors
    .map(({ region }) => areaOf(region))
    .map((area): [string, string[]] => [area, list([...inArea(area), ...first])])
  return { regions: Object.fromEntries(regions), areas: Object.fromEntries(areas), fallback: list(first) }
}

/**
 * Per cent for each vendor, so that they add up to 100 again when one does not serve. Where all shares are those of vendors that
 * do not serve, the canonical mirror's vendor takes everything.
 */
function wholeShares(vendors: readonly Vendor[], canonical: string): number[] {
  const sum = vendors.reduce((total, { share }) => total + share, 0)
  if (sum === 0) return vendors.map(({ name }) => (canonical.startsWith(`${name}/`) ? 100 : 0))
  let total = 0
  // What is rounded is where each share ends, so that nothing is lost between them.
  return vendors.map(({ share }) => {
    const start = Math.round((total / sum) * 10_000)
    total += share
    return (Math.round((total / sum) * 10_000) - start) / 100
  })
}
