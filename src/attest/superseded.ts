import { join } from 'node:path'
import { digestOfBytes, hexOf } from '../oci/index.ts'
import { openLayout } from '../registry/index.ts'
import { imageSubjects, type Release } from '../release/index.ts'
import type { BundleVerifier } from '../sigstore/index.ts'
import { validStatement } from './observe.ts'
import { ownTypes } from './predicate-type.ts'
import { predicateTypeAnnotation, readAttachedBundle } from './referrer.ts'

/**
 * Detaches what this signer attested of the images of a release and then replaced in `evidence/`: whoever takes an image
 * from the layout gets the evidence that counts, and no other. Another signer's stays.
 * @returns whether there was anything to detach
 */
export async function detachSuperseded({ directory, record }: Release, verifier: BundleVerifier): Promise<boolean> {
  const current = new Set(record.evidence.map(({ sha256 }) => sha256))
  let changed = false
  for (const image of imageSubjects(record)) {
    const layout = openLayout(join(directory, 'images'), image.name)
    for (const subject of [image.digest, ...image.manifests.map(({ digest }) => digest)]) {
      for (const { digest, annotations } of await layout.listReferrers(subject)) {
        if (!ownTypes.includes(annotations?.[predicateTypeAnnotation] ?? '')) continue
        const bundle = await readAttachedBundle(layout, digest)
        if (!bundle || current.has(hexOf(digestOfBytes(bundle)))) continue
        const statement = await validStatement(bundle, verifier)
        if (!statement || !ownTypes.includes(statement.predicateType)) continue
        await layout.removeReferrer(digest)
        changed = true
      }
    }
  }
  return changed
}
