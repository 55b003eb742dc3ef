import { createHash } from 'node:crypto'
import { type Digest, mediaTypes, parseTag, type Tag } from '../../../src/oci/index.ts'
import type { ObservedDestination, ObservedRepository, RepositoryWish } from '../../../src/promote/index.ts'

export const digestOf = (name: string): Digest => `sha256:${createHash('sha256').update(name).digest('hex')}`

export const tagsOf = (...tags: string[]): Tag[] => tags.map(parseTag)

export const placeAt = (host: string, name = 'app') => ({
  location: { kind: 'registry', host, prefix: '' } as const,
  name,
})

export const wishOf = (
  images: RepositoryWish['images'],
  hosts: readonly string[],
  more: Partial<RepositoryWish> = {},
): RepositoryWish => ({
  project: 'app',
  source: placeAt('stage.io'),
  destinations: hosts.map((host) => placeAt(host)),
  images,
  ...more,
})

export const destinationWith = (given: Partial<ObservedDestination> = {}): ObservedDestination => ({
  tags: new Map(),
  listed: new Set(given.tags?.keys()),
  manifests: new Set(),
  referrers: new Map(),
  signed: new Set(),
  unreadableImages: new Map(),
  ...given,
})

/** An image of one manifest with one layer and one referrer. */
export function sourceImage(name: string) {
  const root = digestOf(name)
  const layer = { mediaType: mediaTypes.layer, digest: digestOf(`${name} layer`), size: 1000 }
  return {
    root,
    image: {
      manifests: [{ mediaType: mediaTypes.manifest, digest: root, size: 500, stored: manifestOf(root, [layer]) }],
      evidence: [
        {
          subject: root,
          digest: digestOf(`${name} signature`),
          manifests: [manifestOf(digestOf(`${name} signature`), [])],
        },
      ],
    },
  }
}

function manifestOf(digest: Digest, layers: readonly object[]) {
  const config = { mediaType: mediaTypes.config, digest: digestOf('config'), size: 10 }
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers }))
  return { descriptor: { mediaType: mediaTypes.manifest, digest, size: bytes.length }, bytes }
}

export const observedWith = (
  images: ReturnType<typeof sourceImage>[],
  destinations: readonly ObservedDestination[],
  more: Partial<ObservedRepository> = {},
): ObservedRepository => ({
  images: new Map(images.map(({ root, image }) => [root, image])),
  unreadable: new Map(),
  toSign: new Map(),
  destinations,
  ...more,
})
