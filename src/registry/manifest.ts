import { type Descriptor, type Digest, mediaTypes, parseIndex, parseManifest } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'
import { referenceName } from './layout-index.ts'
import type { StoredManifest } from './repository.ts'

/** 4 MiB: the limit that the distribution specification asks registries to grant at least. */
export const largestManifest = 4 << 20

/** A manifest as the referrers API shows it, and what it refers to. */
export interface Referrer {
  readonly subject: Digest | undefined
  readonly descriptor: Descriptor
}

export interface ManifestOrIndex {
  readonly mediaType: string
  readonly artifactType: string | undefined
  readonly subject: Descriptor | undefined
  readonly annotations: Readonly<Record<string, string>>
}

const mediaTypesOf = {
  index: [mediaTypes.index, mediaTypes.dockerManifestList] as readonly string[],
  manifest: [mediaTypes.manifest, mediaTypes.dockerManifest] as readonly string[],
}

/**
 * What image manifests and indexes have in common; a media type that is absent is told from the shape.
 * @throws UserError when the bytes are neither, or say that they are something else
 */
export function parseAny(bytes: Uint8Array, what: string): ManifestOrIndex {
  const shape = shapeOf(bytes, what)
  const manifest = shape === 'index' ? parseIndex(bytes, what) : parseManifest(bytes, what)
  const mediaType = manifest.mediaType ?? mediaTypes[shape]
  if (!mediaTypesOf[shape].includes(mediaType))
    throw new UserError(`${what} has the shape of an ${shape}, but says it is ${mediaType}`)
  return {
    mediaType,
    artifactType: manifest.artifactType ?? ('config' in manifest ? manifest.config.mediaType : undefined),
    subject: manifest.subject,
    annotations: manifest.annotations ?? {},
  }
}

// A document that is both would be read as the one by some tools and as the other by others (CVE-2021-41190).
function shapeOf(bytes: Uint8Array, what: string): 'index' | 'manifest' {
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw new UserError(`${what} is not JSON`)
  }
  const has = (member: string): boolean => json !== null && typeof json === 'object' && member in json
  if (has('manifests') && (has('layers') || has('config'))) {
    throw new UserError(`${what} is ambiguous: it has both 'manifests' and 'layers' or 'config'`)
  }
  return has('manifests') ? 'index' : 'manifest'
}

/** The descriptor that the referrers API gives. Source: OCI distribution specification 1.1, "Listing Referrers". */
export function referrerOf({ descriptor, bytes }: StoredManifest): Referrer {
  const { subject, artifactType, annotations } = parseAny(bytes, descriptor.digest)
  // A name in a referrer's own annotations would make a tag of it.
  const { [referenceName]: _, ...shown } = annotations
  return {
    subject: subject?.digest,
    descriptor: {
      ...descriptor,
      ...(artifactType ? { artifactType } : {}),
      ...(Object.keys(shown).length > 0 ? { annotations: shown } : {}),
    },
  }
}
