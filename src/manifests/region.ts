import type { ImageLocation } from '../oci/index.ts'
import type { Finding } from './finding.ts'
import type { PromoterManifest } from './image-manifest.ts'

/**
 * What is promoted to one region must be promoted to every region that the tree uses, or users of some get nothing;
 * kubernetes/k8s.io tests the same with a list of its regions.
 */
export function lintRegions(manifests: readonly PromoterManifest[]): Finding[] {
  const used = new Map<string, Set<string>>()
  for (const { destinations } of manifests) {
    for (const destination of destinations) {
      const place = regionalPlace(destination)
      if (place) add(used, place.family, place.region)
    }
  }
  return manifests.flatMap((manifest) => lintManifest(manifest, used))
}

function lintManifest({ destinations, location }: PromoterManifest, used: Map<string, Set<string>>): Finding[] {
  const reached = new Map<string, Set<string>>()
  for (const destination of destinations) {
    const place = regionalPlace(destination)
    if (place) add(reached, `${place.family}/${place.prefix}`, place.region)
  }
  const findings: Finding[] = []
  for (const [address, regions] of reached) {
    const [family = ''] = address.split('/', 1)
    const missing = [...(used.get(family) ?? [])].filter((region) => !regions.has(region)).sort()
    if (missing.length === 0) continue
    const more = missing.length > mostNamed ? ` and ${missing.length - mostNamed} more` : ''
    const message = `${address.replace(/\/$/, '')} is missing in ${missing.slice(0, mostNamed).join(', ')}${more}`
    findings.push({ location, rule: 'missing-region', message })
  }
  return findings
}

const mostNamed = 5

const add = (sets: Map<string, Set<string>>, key: string, value: string): void => {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}

/** `us-east1-docker.pkg.dev`, `eu.gcr.io`, `1234.dkr.ecr.us-east-1.amazonaws.com`: the label that names a region. */
const regionLabel =
  /^(?:[a-z0-9-]+(?=-docker$)|(?:af|africa|ap|asia|au|australia|ca|cn|eu|europe|il|me|mx|northamerica|sa|southamerica|us)(?:-[a-z]+)*-?\d*$)/

/** Where a destination is, with its region apart; undefined for a registry without regions. */
function regionalPlace(location: ImageLocation): { family: string; region: string; prefix: string } | undefined {
  if (location.kind === 'layout') return undefined
  const labels = location.host.split('.')
  const index = labels.findIndex((label) => regionLabel.test(label))
  const region = regionLabel.exec(labels[index] ?? '')?.[0]
  if (region === undefined) return undefined
  const family = labels.map((label, at) => (at === index ? label.replace(region, 'REGION') : label)).join('.')
  return { family, region, prefix: location.prefix }
}
