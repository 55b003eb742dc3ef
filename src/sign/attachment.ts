import { Readable } from 'node:stream'
import { type Descriptor, type Digest, digestOfBytes, mediaTypes } from '../oci/index.ts'
import { type Repository, sigstoreReferrer } from '../registry/index.ts'

/** A bundle as an OCI referrer of an image manifest. */
export interface Attachment {
  readonly digest: Digest
  readonly manifest: Uint8Array
  readonly mediaType: string
  readonly blobs: readonly { readonly descriptor: Descriptor; readonly bytes: Uint8Array }[]
}

/** @param created RFC 3339; the same bundle and time give the same referrer */
export function attachmentOf(
  subject: Descriptor,
  bundle: Uint8Array,
  predicateType: string,
  created: string,
): Attachment {
  const layer = { mediaType: mediaTypes.sigstoreBundle, digest: digestOfBytes(bundle), size: bundle.length }
  const { manifest, mediaType, config } = sigstoreReferrer(subject, layer, predicateType, created)
  return {
    digest: digestOfBytes(manifest),
    manifest,
    mediaType,
    blobs: [
      { descriptor: layer, bytes: bundle },
      { descriptor: config, bytes: Buffer.from('{}') },
    ],
  }
}

/** Writes the blobs first and the referrer last, so that it is never found before it is whole. */
export async function attach(repository: Repository, { manifest, mediaType, blobs }: Attachment): Promise<Descriptor> {
  for (const { descriptor, bytes } of blobs) await repository.writeBlob(descriptor, () => Readable.from([bytes]))
  return repository.writeReferrer(manifest, mediaType)
}

/** True when the referrer is there and can be found by its subject. */
export async function isAttached(repository: Repository, subject: Digest, attachment: Attachment): Promise<boolean> {
  return (await repository.listReferrers(subject)).some(({ digest }) => digest === attachment.digest)
}
