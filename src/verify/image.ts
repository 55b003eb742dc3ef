import { releaseArtifacts } from '../attest/index.ts'
import { type Digest, digestFromHex, formatPlatform, mediaTypes } from '../oci/index.ts'
import { type ImageSubject, imageSubjects } from '../release/index.ts'
import type { LayoutEntry, LayoutFacts, ManifestFact, ReleaseFacts } from './facts.ts'
import { type Check, failed, unless } from './verdict.ts'

/** The layout holds the recorded images, whole and under their tags, and no other. */
export function judgeImages({ record, layout }: ReleaseFacts): Check[] {
  const images = imageSubjects(record)
  if (layout.problem !== undefined) return [failed('images', 'image', layout.problem)]
  const digests = new Set(images.flatMap((image) => [image.digest, ...image.manifests.map(({ digest }) => digest)]))
  const names = new Set(images.flatMap(tagsOf))
  const strangers = layout.entries.filter((entry) =>
    entry.name === undefined ? !isReferrer(entry, layout, digests) : !names.has(entry.name),
  )
  return [
    ...images.map((image) => unless(`images/${image.name}`, 'image', objectionsTo(image, layout), image.digest)),
    ...strangers.map((entry) =>
      failed(`images/${entry.name ?? entry.descriptor.digest}`, 'recorded', 'release.json does not name it'),
    ),
  ]
}

const tagsOf = (image: ImageSubject): string[] => image.tags.map((tag) => `${image.name}:${tag}`)

function isReferrer(entry: LayoutEntry, layout: LayoutFacts, digests: ReadonlySet<Digest>): boolean {
  const subject = layout.manifests.find(({ digest }) => digest === entry.descriptor.digest)?.subject
  return subject !== undefined && digests.has(subject.digest)
}

function objectionsTo(image: ImageSubject, layout: LayoutFacts): string[] {
  const objections: string[] = []
  for (const name of tagsOf(image)) {
    const entries = layout.entries.filter((entry) => entry.name === name)
    if (entries.length !== 1) objections.push(`the layout has ${name} ${entries.length} times`)
    for (const { descriptor } of entries) {
      if (descriptor.digest !== image.digest) objections.push(`${name} is ${descriptor.digest} in the layout`)
    }
  }
  const index = layout.manifests.find(({ digest }) => digest === image.digest)
  if (index) objections.push(...differences(image, index))
  return [...objections, ...damagesOf(image.digest, layout)]
}

function differences(image: ImageSubject, index: ManifestFact): string[] {
  const describe = (one: {
    platform?: ImageSubject['manifests'][number]['platform']
    digest: Digest
    size: number
    mediaType: string
  }) =>
    `${one.platform ? formatPlatform(one.platform) : 'no platform'} ${one.mediaType} ${one.digest} (${one.size} bytes)`
  const recorded = new Set(image.manifests.map(describe))
  const found = new Set(index.children.map(describe))
  return [
    ...(index.mediaType === image.mediaType && index.size === image.size
      ? []
      : ['its size or media type is not the recorded one']),
    ...[...recorded].filter((one) => !found.has(one)).map((one) => `it lacks ${one}`),
    ...[...found].filter((one) => !recorded.has(one)).map((one) => `release.json does not name its manifest ${one}`),
  ]
}

/** What is damaged in all that a manifest is made of. */
function damagesOf(root: Digest, layout: LayoutFacts): string[] {
  const manifests = new Map(layout.manifests.map((manifest) => [manifest.digest, manifest]))
  const parts = new Set<Digest>([root])
  for (const digest of parts) {
    const manifest = manifests.get(digest)
    for (const part of [...(manifest?.children ?? []), ...(manifest?.blobs ?? [])]) parts.add(part.digest)
  }
  return layout.damaged.filter(({ digest }) => parts.has(digest)).map(({ digest, reason }) => `${digest}: ${reason}`)
}

/**
 * The bundles attached to a manifest in the layout are those of `evidence/` that speak of it: whoever takes the
 * image gets the evidence with it, and nothing else.
 */
export function judgeReferrers({ record, layout, evidence }: ReleaseFacts): Check[] {
  if (layout.problem !== undefined) return []
  return releaseArtifacts(record)
    .filter(({ manifest }) => manifest !== undefined)
    .map(({ name, digest }) => {
      const expected = evidence
        .filter(({ content }) => content.kind !== 'signature')
        .filter(({ evidence: one }) => one.subjects.includes(digest))
        .map(({ evidence: one }) => ({ path: one.path, digest: digestFromHex(one.sha256) }))
      const attached = layout.manifests.filter((one) => one.subject?.digest === digest)
      const bundles = new Set(attached.flatMap(({ blobs }) => blobs.slice(1).map((blob) => blob.digest)))
      const known = new Set(expected.map((one) => one.digest))
      const objections = [
        ...expected.filter((one) => !bundles.has(one.digest)).map(({ path }) => `${path} is not attached`),
        ...attached.flatMap((referrer) => objectionsToReferrer(referrer, known, layout)),
      ]
      return unless(name, 'referrers', objections, `${attached.length} attached`)
    })
}

function objectionsToReferrer(referrer: ManifestFact, known: ReadonlySet<Digest>, layout: LayoutFacts): string[] {
  const [, bundle, ...others] = referrer.blobs
  if (!bundle || others.length > 0 || bundle.mediaType !== mediaTypes.sigstoreBundle || !known.has(bundle.digest)) {
    return [`${referrer.digest} is attached, which is not in evidence/`]
  }
  return damagesOf(referrer.digest, layout)
}
