import { buffer } from 'node:stream/consumers'
import { type Descriptor, type Digest, mediaTypes, parseManifest } from '../oci/index.ts'
import type { Repository } from '../registry/index.ts'
import { imageSignatureType } from './content.ts'

/** A signature's bundle is some kilobytes; what is larger is something else. */
const largestBundle = 1 << 20
const bundleType = /^application\/vnd\.dev\.sigstore\.bundle/

export interface AttachedBundle {
  /** Of the artifact manifest. */
  readonly digest: Digest
  readonly bundle: Uint8Array
}

/** Sigstore bundles beside an image that may be signatures; nothing of them is proven. */
export async function* attachedBundles(repository: Repository, subject: Digest): AsyncGenerator<AttachedBundle> {
  for (const referrer of await repository.listReferrers(subject)) {
    if (!mayBeSignature(referrer)) continue
    const stored = await repository.readManifest(referrer.digest)
    const layer =
      stored && parseManifest(stored.bytes, referrer.digest).layers.find(({ mediaType }) => bundleType.test(mediaType))
    if (!layer || layer.size > largestBundle) continue
    yield { digest: referrer.digest, bundle: await buffer(await repository.readBlob(layer)) }
  }
}

// Absence says nothing: not every registry repeats annotations, and some give the config's media type as artifact type.
function mayBeSignature({ artifactType, annotations }: Descriptor): boolean {
  const predicateType = annotations?.['dev.sigstore.bundle.predicateType']
  return (
    (artifactType === undefined || artifactType === mediaTypes.empty || bundleType.test(artifactType)) &&
    (predicateType === undefined || predicateType === imageSignatureType)
  )
}
