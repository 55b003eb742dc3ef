import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Descriptor, type Digest, mediaTypes } from '../oci/index.ts'
import { openLayout, type Repository } from '../registry/index.ts'
import { atomicWrite, type Evidence, type EvidenceSigner, type Release } from '../release/index.ts'
import { type Attachment, attach, attachmentOf, isAttached } from './attachment.ts'

/** A bundle that becomes evidence of a release. */
export interface EvidenceBundle {
  readonly bundle: Uint8Array
  readonly kind: Evidence['kind']
  /** Absent where the bundle signs the bytes of a file. */
  readonly predicateType?: string
  readonly subjects: readonly Digest[]
  readonly signer: EvidenceSigner
  /** Relative to the release directory: `evidence/hello.sigstore.json`. */
  readonly path: string
  /** Image manifests in the release's layout that the bundle speaks of. */
  readonly manifests: readonly { readonly image: string; readonly descriptor: Descriptor }[]
}

/**
 * Keeps a bundle: writes it to `evidence/`, attaches it to its images in the layout `images/`, and answers the entry
 * for `withEvidence`. What is there already stays as it is; a killed run is healed by running it again.
 * @throws UserError when a file or the layout cannot be written
 */
export async function keepEvidence(release: Release, item: EvidenceBundle): Promise<Evidence> {
  await atomicWrite(join(release.directory, item.path), item.bundle)
  for (const { repository, attachment } of attachmentsOf(release, item)) await attach(repository, attachment)
  return evidenceOf(item)
}

/** Whether `keepEvidence` would find the bundle in its file and beside each of its images; the record is not asked. */
export async function isEvidenceKept(release: Release, item: EvidenceBundle): Promise<boolean> {
  const written = await readFile(join(release.directory, item.path)).catch(() => undefined)
  if (!written?.equals(item.bundle)) return false
  for (const { repository, subject, attachment } of attachmentsOf(release, item)) {
    if (!(await isAttached(repository, subject, attachment))) return false
  }
  return true
}

function attachmentsOf(
  { directory, record }: Release,
  { bundle, predicateType, manifests }: EvidenceBundle,
): { readonly repository: Repository; readonly subject: Digest; readonly attachment: Attachment }[] {
  if (predicateType === undefined) return []
  return manifests.map(({ image, descriptor }) => ({
    repository: openLayout(join(directory, 'images'), image),
    subject: descriptor.digest,
    attachment: attachmentOf(descriptor, bundle, predicateType, record.source.commitTime),
  }))
}

/** The entry of release.json for a bundle. */
export function evidenceOf({ bundle, kind, predicateType, subjects, signer, path }: EvidenceBundle): Evidence {
  return {
    kind,
    ...(predicateType === undefined ? {} : { predicateType }),
    subjects: [...new Set(subjects)].sort(),
    path,
    mediaType: mediaTypes.sigstoreBundle,
    size: bundle.length,
    sha256: createHash('sha256').update(bundle).digest('hex'),
    signer,
  }
}
