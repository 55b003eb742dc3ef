import { type Digest, mediaTypes, parseManifest } from '../oci/index.ts'
import type { Repository } from '../registry/index.ts'
import { UserError } from '../runner/index.ts'

/** Says of a referrer what its bundle attests; not every registry repeats it in a listing. */
export const predicateTypeAnnotation = 'dev.sigstore.bundle.predicateType'

/** Larger than any bundle with a predicate of 16 MiB. */
const largestBundle = 64 << 20

/**
 * The Sigstore bundle of a referrer; undefined when it is another kind of artifact. Its own media type counts, since
 * some registries give a referrer another artifactType than it has.
 * @throws UserError when it is listed, but not there or not whole
 */
export async function readAttachedBundle(repository: Repository, referrer: Digest): Promise<Uint8Array | undefined> {
  const stored = await repository.readManifest(referrer)
  if (!stored) throw new UserError(`${repository.address}: ${referrer} is listed as a referrer, but is not there`)
  const [layer] = parseManifest(stored.bytes, referrer).layers
  if (layer?.mediaType !== mediaTypes.sigstoreBundle) return undefined
  if (layer.size > largestBundle) throw new UserError(`${referrer}: its bundle is too large: ${layer.size} bytes`)
  return Buffer.concat(await (await repository.readBlob(layer)).toArray())
}
