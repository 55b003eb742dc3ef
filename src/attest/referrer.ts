import { Readable } from 'node:stream'
import { type Descriptor, type Digest, digestOfBytes, mediaTypes, parseManifest } from '../oci/index.ts'
import { type Repository, sigstoreReferrer } from '../registry/index.ts'
import { UserError } from '../runner/index.ts'

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

/** Attaches a bundle to a manifest as cosign 3 does; the referrer last, so that it is never there without its bundle. */
export async function attachBundle(
  repository: Repository,
  subject: Descriptor,
  bundle: Uint8Array,
  predicateType: string,
  created: string,
): Promise<Descriptor> {
  const descriptor = { mediaType: mediaTypes.sigstoreBundle, digest: digestOfBytes(bundle), size: bundle.length }
  const referrer = sigstoreReferrer(subject, descriptor, predicateType, created)
  await repository.writeBlob(descriptor, () => Readable.from([bundle]))
  await repository.writeBlob(referrer.config, () => Readable.from([Buffer.from('{}')]))
  return repository.writeReferrer(referrer.manifest, referrer.mediaType)
}
