import { type Descriptor, emptyDescriptor, mediaTypes } from '../oci/index.ts'

export interface SigstoreReferrer {
  /** Bytes of the artifact manifest, for `writeReferrer`. */
  readonly manifest: Uint8Array
  readonly mediaType: string
  /** Blobs to write first: the bundle, and the empty config. */
  readonly bundle: Descriptor
  readonly config: Descriptor
}

/**
 * The artifact manifest by which cosign 3 finds a Sigstore bundle beside an image: artifactType and layer are the
 * bundle's media type, the config is empty, and annotations say what the bundle holds.
 */
export function sigstoreReferrer(
  subject: Descriptor,
  bundle: Descriptor,
  predicateType: string,
  created: string,
): SigstoreReferrer {
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    artifactType: mediaTypes.sigstoreBundle,
    config: emptyDescriptor,
    layers: [{ mediaType: mediaTypes.sigstoreBundle, digest: bundle.digest, size: bundle.size }],
    subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.size },
    annotations: {
      'dev.sigstore.bundle.content': 'dsse-envelope',
      'dev.sigstore.bundle.predicateType': predicateType,
      'org.opencontainers.image.created': created,
    },
  }
  return {
    manifest: Buffer.from(JSON.stringify(manifest)),
    mediaType: mediaTypes.manifest,
    bundle,
    config: emptyDescriptor,
  }
}
