import type { Digest } from '../oci/index.ts'
import type { Location } from '../runner/index.ts'
import type { FileManifest } from './file-manifest.ts'
import type { Finding } from './finding.ts'
import type { ManifestImage, PromoterManifest } from './image-manifest.ts'
import type { Manifests } from './read.ts'

/**
 * What these manifests take back of what was promoted by the base: a tag that becomes another digest, and entries that are
 * gone. Neither has any effect but to break, or to hide what is still out there.
 * @param ignored projects that are not compared
 */
export function lintAgainstBase(manifests: Manifests, base: Manifests, ignored: ReadonlySet<string>): Finding[] {
  if (manifests.kind === 'images' && base.kind === 'images') {
    return pairs(manifests.manifests, base.manifests, ignored).flatMap(([now, before]) => compareImages(now, before))
  }
  if (manifests.kind === 'files' && base.kind === 'files') {
    return pairs(manifests.manifests, base.manifests, ignored).flatMap(([now, before]) => compareFiles(now, before))
  }
  return []
}

/** Each project of the base with what became of it. */
function pairs<Manifest extends { readonly project: string }>(
  now: readonly Manifest[],
  base: readonly Manifest[],
  ignored: ReadonlySet<string>,
): [Manifest | undefined, Manifest][] {
  const projects = new Map(now.map((manifest) => [manifest.project, manifest]))
  return base.filter(({ project }) => !ignored.has(project)).map((before) => [projects.get(before.project), before])
}

function compareImages(now: PromoterManifest | undefined, before: PromoterManifest): Finding[] {
  if (!now) return [projectRemoved(before, before.images.length)]
  const findings: Finding[] = []
  const current = indexImages(now.images)
  for (const [name, old] of indexImages(before.images)) {
    const found = current.get(name)
    const removed: string[] = []
    const replaced = new Set<Digest>()
    for (const [tag, entry] of old.tags) {
      const owner = found?.tags.get(tag)
      if (owner && owner.digest !== entry.digest && !found?.claims.has(`${tag} ${entry.digest}`)) {
        const message = `'${name}:${tag}' was ${entry.digest}, and a tag never moves`
        findings.push({ location: owner.location, rule: 'tag-moved', message })
        replaced.add(entry.digest)
      } else if (!owner && found?.digests.has(entry.digest)) {
        removed.push(`${tag} (${placeInBase(entry.location)})`)
      }
    }
    for (const [digest, entry] of old.digests) {
      if (!(found?.digests.has(digest) || replaced.has(digest))) {
        removed.push(`${digest} (${placeInBase(entry.location)})`)
      }
    }
    if (removed.length > 0) {
      const location = found?.first.block ?? now.location
      findings.push({ location, rule: 'removed', message: `'${name}' lost ${listed(removed)}` })
    }
  }
  return findings
}

interface ImageIndex {
  readonly first: ManifestImage
  readonly digests: Map<Digest, ManifestImage>
  /** The last entry of each tag. */
  readonly tags: Map<string, ManifestImage>
  /** `tag digest` */
  readonly claims: Set<string>
}

function indexImages(images: readonly ManifestImage[]): Map<string, ImageIndex> {
  const names = new Map<string, ImageIndex>()
  for (const image of images) {
    const index = names.get(image.name) ?? { first: image, digests: new Map(), tags: new Map(), claims: new Set() }
    names.set(image.name, index)
    index.digests.set(image.digest, image)
    for (const tag of image.tags) {
      index.tags.set(tag, image)
      index.claims.add(`${tag} ${image.digest}`)
    }
  }
  return names
}

function compareFiles(now: FileManifest | undefined, before: FileManifest): Finding[] {
  if (!now) return [projectRemoved(before, before.files.length)]
  const current = new Map(now.files.map((file) => [file.name, file]))
  const hashes = new Set(now.files.map(({ name, sha256 }) => `${sha256} ${name}`))
  const removed: string[] = []
  const findings: Finding[] = []
  for (const file of before.files) {
    const found = current.get(file.name)
    if (!found) removed.push(`'${file.name}' (${placeInBase(file.location)})`)
    else if (!hashes.has(`${file.sha256} ${file.name}`)) {
      const message = `'${file.name}' had the hash ${file.sha256}, and what was published is never overwritten`
      findings.push({ location: found.location, rule: 'two-hashes', message })
    }
  }
  if (removed.length > 0) findings.push({ location: now.location, rule: 'removed', message: `lost ${listed(removed)}` })
  return findings
}

const projectRemoved = (
  { project, location }: { readonly project: string; readonly location: Location },
  entries: number,
): Finding => ({
  location: { file: location.file },
  rule: 'removed',
  message: `the project ${project} is gone, with ${entries} entries`,
})

const placeInBase = (location: Location): string => `line ${location.line} in the base`

const mostNamed = 5

const listed = (items: readonly string[]): string =>
  [
    ...items.slice(0, mostNamed),
    ...(items.length > mostNamed ? [`${items.length - mostNamed} more entries`] : []),
  ].join(', ')
