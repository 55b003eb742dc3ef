import { type Digest, formatReference, type ImageLocation } from '../oci/index.ts'
import { formatLocation, type Location } from '../runner/index.ts'
import type { Finding } from './finding.ts'
import type { ManifestImage, PromoterManifest } from './image-manifest.ts'
import { lintRegions } from './region.ts'

/** What would break a promotion of these manifests, or is not what its author meant. */
export function lintImages(manifests: readonly PromoterManifest[]): Finding[] {
  return [
    ...manifests.flatMap(lintManifest),
    ...lintSharedRepositories(manifests),
    ...lintSources(manifests),
    ...lintRegions(manifests),
  ]
}

function lintManifest({ findings, images, destinations, location }: PromoterManifest): Finding[] {
  return [
    ...findings,
    ...lintDestinations(destinations.map(formatLocationOf), location),
    ...[...byName(images).values()].flatMap((entries) => [...lintEntries(entries), ...lintTags(entries)]),
  ]
}

/** Also for stores of files. */
export function lintDestinations(destinations: readonly string[], location: Location): Finding[] {
  const repeated = destinations.filter((destination, index) => destinations.indexOf(destination) !== index)
  return [...new Set(repeated)].map((destination) => ({
    location,
    rule: 'repeated-destination',
    message: `${destination} is there twice`,
  }))
}

function byName(images: readonly ManifestImage[]): Map<string, ManifestImage[]> {
  const names = new Map<string, ManifestImage[]>()
  for (const image of images) {
    const entries = names.get(image.name)
    if (entries) entries.push(image)
    else names.set(image.name, [image])
  }
  return names
}

/** Entries of one name that are there twice, or twice the same tag. */
function lintEntries(entries: readonly ManifestImage[]): Finding[] {
  const findings: Finding[] = []
  const first = new Map<Digest, ManifestImage>()
  let block = entries[0]?.block
  let repeated = false
  for (const entry of entries) {
    const { digest, location, name, tags } = entry
    if (entry.block !== block && !repeated) {
      const message = `the image '${name}' is there twice; put all digests into the dmap of one`
      findings.push({ location: entry.block, rule: 'repeated-image', message })
      repeated = true
    }
    block = entry.block
    const other = first.get(digest)
    if (other) {
      const message = `${digest} of '${name}' is at ${place(other.location, location)} already`
      findings.push({ location, rule: 'repeated-digest', message })
    } else first.set(digest, entry)
    const twice = tags.find((tag, index) => tags.indexOf(tag) !== index)
    if (twice !== undefined) {
      findings.push({ location, rule: 'repeated-tag', message: `the tag ${twice} of '${name}' is there twice` })
    }
    if ((tags as readonly string[]).includes('latest')) {
      const message = `'${name}' has the tag latest, which can never move to the next version`
      findings.push({ location, rule: 'latest', message })
    }
  }
  return findings
}

/** Tags that two entries claim, for two digests. */
function lintTags(entries: readonly ManifestImage[]): Finding[] {
  const findings: Finding[] = []
  const owners = new Map<string, ManifestImage>()
  for (const entry of entries) {
    for (const tag of entry.tags) {
      const owner = owners.get(tag)
      if (!owner) owners.set(tag, entry)
      else if (owner.digest !== entry.digest) {
        const { location } = entry
        const message = `'${entry.name}:${tag}' is ${owner.digest} at ${place(owner.location, location)} already`
        findings.push({ location, rule: 'two-digests', message })
      }
    }
  }
  return findings
}

/** Repositories that several projects promote to: a tag can be one digest only. */
function lintSharedRepositories(manifests: readonly PromoterManifest[]): Finding[] {
  const findings: Finding[] = []
  const seen = new Set<string>()
  const names = manifests.map(({ images }) => byName(images))
  for (const claims of claimsOf(manifests, names).values()) {
    if (claims.length < 2) continue
    // The same two projects meet in every region; once is enough.
    const key = claims.map(({ project, name }) => `${project} ${name}`).join('\n')
    if (seen.has(key)) continue
    seen.add(key)
    const owners = new Map<string, ManifestImage>()
    for (const { project, name, address } of claims) {
      for (const entry of names[project]?.get(name) ?? []) {
        for (const tag of entry.tags) {
          const owner = owners.get(tag)
          if (!owner) owners.set(tag, entry)
          // Within one project it was said already.
          else if (owner.digest !== entry.digest && !names[project]?.get(name)?.includes(owner)) {
            const message = `${address}:${tag} is ${owner.digest} at ${formatLocation(owner.location)} already`
            findings.push({ location: entry.location, rule: 'two-digests', message })
          }
        }
      }
    }
  }
  return findings
}

interface Claim {
  readonly project: number
  readonly name: string
  readonly address: string
}

/** Who promotes to each repository. */
function claimsOf(
  manifests: readonly PromoterManifest[],
  names: readonly ReadonlyMap<string, unknown>[],
): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>()
  for (const [project, { destinations }] of manifests.entries()) {
    for (const destination of new Set(destinations.map(formatLocationOf))) {
      for (const name of names[project]?.keys() ?? []) {
        const address = addressOf(destination, name)
        const found = claims.get(address)
        if (found) found.push({ project, name, address })
        else claims.set(address, [{ project, name, address }])
      }
    }
  }
  return claims
}

/** A project whose source another writes to: what it promotes would come from there, unseen. */
function lintSources(manifests: readonly PromoterManifest[]): Finding[] {
  const writers = new Map<string, string>()
  for (const { destinations, project } of manifests) {
    for (const destination of destinations) writers.set(formatLocationOf(destination), project)
  }
  return manifests.flatMap(({ source, location }) => {
    const address = formatLocationOf(source)
    const writer = writers.get(address)
    if (writer === undefined) return []
    return [{ location, rule: 'source-is-destination', message: `the source ${address} is a destination of ${writer}` }]
  })
}

/** `HOST/PREFIX` or `oci:PATH`. */
export const formatLocationOf = (location: ImageLocation): string =>
  formatReference({ location, name: '' }).replace(/[/:]$/, '')

const addressOf = (destination: string, name: string): string =>
  `${destination}${destination.startsWith('oci:') ? ':' : '/'}${name}`

/** `line 7` in the same file. */
const place = (of: Location, seenFrom: Location): string =>
  of.file === seenFrom.file ? `line ${of.line}` : formatLocation(of)
