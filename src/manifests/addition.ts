import type { Digest, Tag } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'
import type { ManifestImage } from './image-manifest.ts'

/** A digest that a manifest shall have under a name, with these tags. */
export interface Addition {
  readonly name: string
  readonly digest: Digest
  readonly tags: readonly Tag[]
}

/** The tags of an addition that a manifest does not have; undefined when it has the digest with all of them. */
export function missingTags(images: readonly ManifestImage[], { name, digest, tags }: Addition): Tag[] | undefined {
  const entries = images.filter((image) => image.name === name && image.digest === digest)
  const present = new Set(entries.flatMap((entry) => entry.tags))
  const missing = tags.filter((tag) => !present.has(tag))
  return entries.length > 0 && missing.length === 0 ? undefined : missing
}

/** Tags that are another digest in the manifest, or among the additions themselves. */
export function conflictsOf(images: readonly ManifestImage[], additions: readonly Addition[]): UserError[] {
  const conflicts: UserError[] = []
  const owners = new Map<string, ManifestImage>()
  for (const image of images) for (const tag of image.tags) owners.set(`${image.name}:${tag}`, image)
  const added = new Map<string, Digest>()
  for (const { name, digest, tags } of additions) {
    for (const tag of tags) {
      const key = `${name}:${tag}`
      const owner = owners.get(key)
      const other = owner?.digest ?? added.get(key)
      if (other !== undefined && other !== digest) {
        conflicts.push(
          new UserError(`'${key}' is ${other} already, and not ${digest}`, {
            hint: 'A tag never moves: release another version.',
            ...(owner ? { location: owner.location } : {}),
          }),
        )
      }
      added.set(key, digest)
    }
  }
  return conflicts
}

/** What a text holds, so that two can be compared whatever they look like. */
export function contentOf(images: readonly ManifestImage[], additions: readonly Addition[] = []): string {
  const lines = [...images, ...additions].flatMap(({ name, digest, tags }) => [
    `${name} ${digest}`,
    ...tags.map((tag) => `${name} ${digest} ${tag}`),
  ])
  return [...new Set(lines)].sort().join('\n')
}

/** `hello@sha256:… (v1.2.3, v1.2)` */
export const formatAddition = ({ name, digest, tags }: Addition): string =>
  `${name}@${digest}${tags.length === 0 ? '' : ` (${tags.join(', ')})`}`
