import { formatLocation } from '../runner/index.ts'
import type { FileManifest, ManifestFile } from './file-manifest.ts'
import type { Finding } from './finding.ts'
import { lintDestinations } from './lint-images.ts'
import type { ReleaseConfig } from './release-config.ts'

/** What would break a promotion of these files, or is not what its author meant. */
export function lintFiles(manifests: readonly FileManifest[]): Finding[] {
  const writers = new Map<string, string>()
  for (const { destinations, project } of manifests) for (const store of destinations) writers.set(store, project)
  return [...manifests.flatMap((manifest) => lintManifest(manifest, writers)), ...lintSharedStores(manifests)]
}

function lintManifest(manifest: FileManifest, writers: ReadonlyMap<string, string>): Finding[] {
  const { source, destinations, location, files, findings } = manifest
  const writer = writers.get(source)
  const message = `the source ${source} is a destination of ${writer}`
  return [
    ...findings,
    ...lintDestinations(destinations, location),
    ...(writer === undefined ? [] : [{ location, rule: 'source-is-destination', message } as const]),
    ...conflictsOf(files, ''),
  ]
}

/** Names that are there twice: with one hash that is a slip, with two one of them can't be promoted. */
function conflictsOf(files: readonly ManifestFile[], store: string): Finding[] {
  const findings: Finding[] = []
  const first = new Map<string, ManifestFile>()
  for (const file of files) {
    const other = first.get(file.name)
    if (!other) {
      first.set(file.name, file)
      continue
    }
    const there = `is at ${formatLocation(other.location)} already`
    const { location } = file
    if (other.sha256 === file.sha256) {
      findings.push({ location, rule: 'repeated-file', message: `'${store}${file.name}' ${there}` })
    } else {
      const message = `'${store}${file.name}' ${there}, with the hash ${other.sha256}`
      findings.push({ location, rule: 'two-hashes', message })
    }
  }
  return findings
}

/** Stores that several projects write to: a name can be one file only. The same bytes twice do no harm. */
function lintSharedStores(manifests: readonly FileManifest[]): Finding[] {
  const stores = new Map<string, FileManifest[]>()
  for (const manifest of manifests) {
    for (const store of new Set(manifest.destinations)) stores.set(store, [...(stores.get(store) ?? []), manifest])
  }
  const reported = new Set<ManifestFile>()
  return [...stores].flatMap(([store, sharing]) => {
    // Within one project it was said already.
    const files = sharing.flatMap((manifest) => [...new Map(manifest.files.map((file) => [file.name, file])).values()])
    const byPlace = new Map(files.map((file) => [file.location, file]))
    return conflictsOf(files, `${store}/`).filter(({ rule, location }) => {
      const file = byPlace.get(location)
      if (rule !== 'two-hashes' || !file || reported.has(file)) return false
      reported.add(file)
      return true
    })
  })
}

/** Releases that are there twice, or would lie on top of those of another repository. */
export function lintReleases(configs: readonly ReleaseConfig[]): Finding[] {
  const findings: Finding[] = []
  const first = new Map<string, ReleaseConfig>()
  for (const config of configs) {
    const { destination, location, tags } = config
    const repeated = tags.find((tag, index) => tags.indexOf(tag) !== index)
    if (repeated !== undefined) {
      findings.push({ location, rule: 'repeated-tag', message: `the release ${repeated} is there twice` })
    }
    for (const tag of new Set(tags.length === 0 ? [''] : tags)) {
      const key = `${destination}/${tag}`
      const other = first.get(key)
      if (!other) {
        first.set(key, config)
        continue
      }
      const message = `${key} has the releases of ${other.organization}/${other.repository} at ${formatLocation(other.location)} already`
      findings.push({ location, rule: 'repeated-release', message })
    }
  }
  return findings
}
