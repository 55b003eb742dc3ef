import { Readable } from 'node:stream'
import {
  type Descriptor,
  type Digest,
  digestOfBytes,
  emptyDescriptor,
  hexOf,
  mediaTypes,
  parseTag,
} from '../../../src/oci/index.ts'
import type { ImageWithEvidence } from '../../../src/policy/index.ts'
import { type Repository, type StoredManifest, sigstoreReferrer } from '../../../src/registry/index.ts'
import { imageSignatureType } from '../../../src/sign/index.ts'
import type { BundleSigner } from '../../../src/sigstore/index.ts'
import { type LegacyLayer, legacySignature, simpleSigning } from '../sigstore/legacy-documents.ts'

export const provenance = 'https://slsa.dev/provenance/v1'
export const spdx = 'https://spdx.dev/Document'

export interface TestImage {
  readonly index: Descriptor
  readonly platforms: readonly Descriptor[]
  /** What BuildKit lists for `unknown/unknown`. */
  readonly attestation: Descriptor | undefined
}

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value))

async function writeBlob(repository: Repository, bytes: Buffer, mediaType: string): Promise<Descriptor> {
  const descriptor = { mediaType, digest: digestOfBytes(bytes), size: bytes.length }
  await repository.writeBlob(descriptor, () => Readable.from([bytes]))
  return descriptor
}

/** An index of two platforms, signed by nobody. */
export async function writeTestImage(
  repository: Repository,
  content: string,
  { buildKit = false }: { readonly buildKit?: boolean } = {},
): Promise<TestImage> {
  const manifestFor = async (os: string, architecture: string): Promise<Descriptor> => {
    const config = await writeBlob(
      repository,
      json({ os, architecture, content, rootfs: { type: 'layers', diff_ids: [] } }),
      mediaTypes.config,
    )
    const bytes = json({ schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers: [] })
    return { ...(await repository.writeManifest(bytes, mediaTypes.manifest)), platform: { os, architecture } }
  }
  const platforms = [await manifestFor('linux', 'amd64'), await manifestFor('linux', 'arm64')]
  const attestation = buildKit ? await manifestFor('unknown', 'unknown') : undefined
  const manifests = [...platforms, ...(attestation ? [attestation] : [])]
  const index = await repository.writeManifest(
    json({ schemaVersion: 2, mediaType: mediaTypes.index, manifests }),
    mediaTypes.index,
  )
  return { index, platforms, attestation }
}

export const manifestsOf = ({ index, platforms, attestation }: TestImage): Descriptor[] => [
  index,
  ...platforms,
  ...(attestation ? [attestation] : []),
]

export const statementOf = (subject: Digest, predicateType = imageSignatureType): Buffer =>
  json({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ digest: { sha256: hexOf(subject) } }],
    predicateType,
    predicate: {},
  })

/** Attaches a bundle to a manifest as cosign 3 does. */
export async function attachBundle(
  repository: Repository,
  subject: Descriptor,
  bundle: Uint8Array,
  claimed = imageSignatureType,
): Promise<Digest> {
  const layer = await writeBlob(repository, Buffer.from(bundle), mediaTypes.sigstoreBundle)
  await writeBlob(repository, Buffer.from('{}'), mediaTypes.empty)
  const { manifest, mediaType } = sigstoreReferrer(subject, layer, claimed, '2026-01-02T03:04:05Z')
  return (await repository.writeReferrer(manifest, mediaType)).digest
}

/** Signs a manifest, or attests a predicate of it, beside itself. */
export const attest = async (
  repository: Repository,
  subject: Descriptor,
  signer: BundleSigner,
  predicateType = imageSignatureType,
): Promise<Digest> =>
  attachBundle(
    repository,
    subject,
    await signer.signStatement(statementOf(subject.digest, predicateType)),
    predicateType,
  )

/** Puts layers under a tag beside a manifest as cosign 2 does. */
export async function writeLegacy(
  repository: Repository,
  subject: Digest,
  kind: 'sig' | 'att' | 'sbom',
  layers: readonly LegacyLayer[],
): Promise<Digest> {
  const descriptors: Descriptor[] = []
  for (const { mediaType, bytes, annotations } of layers) {
    descriptors.push({ ...(await writeBlob(repository, bytes, mediaType)), annotations })
  }
  await writeBlob(repository, Buffer.from('{}'), mediaTypes.empty)
  const bytes = json({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: emptyDescriptor,
    layers: descriptors,
  })
  return (await repository.writeManifest(bytes, mediaTypes.manifest, legacyTag(subject, kind))).digest
}

export const legacyTag = (subject: Digest, kind: string) => parseTag(`sha256-${hexOf(subject)}.${kind}`)

/** A legacy signature of a manifest; of another one where `signed` is given. */
export async function legacySignatureOf(signed: Digest, signer: BundleSigner): Promise<LegacyLayer> {
  const payload = simpleSigning(signed)
  return legacySignature(payload, await signer.signBlob(() => Readable.from([payload])))
}

/** What a promotion has in hand of an image at its source. */
export async function readTestImage(repository: Repository, image: TestImage): Promise<ImageWithEvidence> {
  const read = async (reference: Parameters<Repository['readManifest']>[0]): Promise<StoredManifest> => {
    const stored = await repository.readManifest(reference)
    if (!stored) throw new Error(`${reference} is not there`)
    return stored
  }
  const existing = new Set(await repository.listTags())
  const evidence: { subject: Digest; tag?: ReturnType<typeof legacyTag>; manifests: StoredManifest[] }[] = []
  for (const { digest: subject } of manifestsOf(image)) {
    for (const { digest } of await repository.listReferrers(subject)) {
      evidence.push({ subject, manifests: [await read(digest)] })
    }
    for (const tag of ['sig', 'att', 'sbom'].map((kind) => legacyTag(subject, kind))) {
      if (existing.has(tag)) evidence.push({ subject, tag, manifests: [await read(tag)] })
    }
  }
  const order = manifestsOf(image).toReversed()
  return { manifests: await Promise.all(order.map(({ digest }) => read(digest))), evidence }
}
