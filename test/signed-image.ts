import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { createHttpClient } from '../src/http/index.ts'
import {
  type Descriptor,
  type Digest,
  digestOfBytes,
  emptyDescriptor,
  hexOf,
  mediaTypes,
  parseTag,
} from '../src/oci/index.ts'
import { openRepository, type Repository, sigstoreReferrer } from '../src/registry/index.ts'
import { testStep } from './step.ts'

/** How evidence lies beside an image: cosign's older tags, or referrers, with the fallback tag where there is no API. */
export type EvidenceKind = 'signatures' | 'referrers'

export interface ImageShape {
  /** Architectures, one platform each. */
  readonly platforms: readonly string[]
  /** Of each platform; no two are alike. */
  readonly layers: number
  /** Bytes of a layer. */
  readonly layerSize: number
}

/** An index of which each manifest, itself included, has one piece of evidence. */
export interface SignedImage {
  readonly root: Digest
  /** The tag of each signature. */
  readonly signatures: ReadonlyMap<string, Digest>
  /** By subject. */
  readonly referrers: ReadonlyMap<Digest, Digest>
}

export const versionTag = 'v1.2.3'

export function openRegistryRepository(host: string, name: string): Repository {
  const http = createHttpClient({ signal: new AbortController().signal })
  return openRepository({ kind: 'registry', host, prefix: '' }, name, testStep({ http }))
}

export async function writeSignedImage(
  repository: Repository,
  shape: ImageShape,
  /** None where absent. */
  kind?: EvidenceKind,
): Promise<SignedImage> {
  const children: Descriptor[] = []
  for (const architecture of shape.platforms) {
    const layers: Descriptor[] = []
    const diffIds: Digest[] = []
    for (let layer = 0; layer < shape.layers; layer++) {
      const tar = await tarOf(randomBytes(shape.layerSize))
      diffIds.push(digestOfBytes(tar))
      layers.push(await writeBlob(repository, gzipSync(tar), mediaTypes.layer))
    }
    const config = json({ architecture, os: 'linux', rootfs: { type: 'layers', diff_ids: diffIds } })
    const child = await writeManifest(repository, await writeBlob(repository, config, mediaTypes.config), layers)
    children.push({ ...child, platform: { os: 'linux', architecture } })
  }
  const index = json({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: children })
  const root = await repository.writeManifest(index, mediaTypes.index, parseTag(versionTag))

  const signatures = new Map<string, Digest>()
  const referrers = new Map<Digest, Digest>()
  for (const subject of [root, ...children]) {
    const payload = Buffer.from(`signature of ${subject.digest}`)
    if (kind === 'signatures') {
      const tag = `sha256-${hexOf(subject.digest)}.sig`
      signatures.set(tag, await writeSignature(repository, payload, tag))
    } else if (kind === 'referrers') referrers.set(subject.digest, await writeReferrer(repository, payload, subject))
  }
  return { root: root.digest, signatures, referrers }
}

/** The digest that a tag or digest has in a registry; asked without any code of ours. */
export async function digestAt(host: string, name: string, reference: string): Promise<string | undefined> {
  const url = `http://${host}/v2/${name}/manifests/${reference}`
  const answer = await fetch(url, { method: 'HEAD', headers: { accept: Object.values(mediaTypes).join(', ') } })
  return answer.ok ? (answer.headers.get('docker-content-digest') ?? undefined) : undefined
}

/** The evidence of an image that whoever looks for it in a registry does not find; asked without any code of ours. */
export async function missingEvidence(host: string, name: string, image: SignedImage): Promise<string[]> {
  const missing: string[] = []
  for (const [tag, digest] of image.signatures) {
    if ((await digestAt(host, name, tag)) !== digest) missing.push(tag)
  }
  for (const [subject, digest] of image.referrers) {
    if (!(await referrersAt(host, name, subject)).includes(digest)) missing.push(`${digest} of ${subject}`)
  }
  return missing
}

async function referrersAt(host: string, name: string, subject: Digest): Promise<string[]> {
  const base = `http://${host}/v2/${name}`
  const headers = { accept: mediaTypes.index }
  const listed = await fetch(`${base}/referrers/${subject}`, { headers })
  // Without the API the list is the index under this tag.
  const answer = listed.ok ? listed : await fetch(`${base}/manifests/sha256-${hexOf(subject)}`, { headers })
  if (!answer.ok) return []
  const index = (await answer.json()) as { readonly manifests: readonly { readonly digest: string }[] }
  return index.manifests.map(({ digest }) => digest)
}

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value))

async function tarOf(content: Buffer): Promise<Buffer> {
  const tar = pack()
  tar.entry({ name: 'content', mtime: new Date(0) }, content)
  tar.finalize()
  return await buffer(tar)
}

async function writeBlob(repository: Repository, bytes: Buffer, mediaType: string): Promise<Descriptor> {
  const descriptor = { mediaType, digest: digestOfBytes(bytes), size: bytes.length }
  await repository.writeBlob(descriptor, () => Readable.from([bytes]))
  return descriptor
}

async function writeManifest(
  repository: Repository,
  config: Descriptor,
  layers: readonly Descriptor[],
  tag?: string,
): Promise<Descriptor> {
  const manifest = json({ schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers })
  return await repository.writeManifest(manifest, mediaTypes.manifest, tag === undefined ? undefined : parseTag(tag))
}

/** As cosign 2 writes it: the config names the payload, so that each signature has its own. */
async function writeSignature(repository: Repository, payload: Buffer, tag: string): Promise<Digest> {
  const layer = await writeBlob(repository, payload, 'application/vnd.dev.cosign.simplesigning.v1+json')
  const config = json({ architecture: '', os: '', rootfs: { type: 'layers', diff_ids: [layer.digest] } })
  return (await writeManifest(repository, await writeBlob(repository, config, mediaTypes.config), [layer], tag)).digest
}

async function writeReferrer(repository: Repository, payload: Buffer, subject: Descriptor): Promise<Digest> {
  const bundle = await writeBlob(repository, payload, mediaTypes.sigstoreBundle)
  await repository.writeBlob(emptyDescriptor, () => Readable.from([Buffer.from('{}')]))
  const time = '2026-01-02T03:04:05Z'
  const { manifest, mediaType } = sigstoreReferrer(subject, bundle, 'https://example.com/predicate', time)
  return (await repository.writeReferrer(manifest, mediaType)).digest
}
