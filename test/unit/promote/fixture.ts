import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import {
  type Descriptor,
  type Digest,
  digestFromHex,
  digestOfBytes,
  emptyDescriptor,
  hexOf,
  mediaTypes,
  parseTag,
} from '../../../src/oci/index.ts'
import { openLayout, type Repository, sigstoreReferrer } from '../../../src/registry/index.ts'
import { type Evidence, type FileSubject, fileSubject, newRecord, saveRelease } from '../../../src/release/index.ts'

export interface ImageFixture {
  readonly index: Descriptor
  readonly platforms: readonly Descriptor[]
  /** Referrer's digest by its subject. */
  readonly referrers: readonly { readonly subject: Digest; readonly digest: Digest }[]
  /** The older signature tag of the index. */
  readonly signatureTag: string
}

async function writeBlob(repository: Repository, bytes: Buffer, mediaType: string): Promise<Descriptor> {
  const descriptor = { mediaType, digest: digestOfBytes(bytes), size: bytes.length }
  await repository.writeBlob(descriptor, () => Readable.from([bytes]))
  return descriptor
}

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value))
const time = '2026-01-02T03:04:05Z'

async function writeReferrer(repository: Repository, subject: Descriptor, text: string): Promise<Descriptor> {
  const bundle = await writeBlob(repository, Buffer.from(text), mediaTypes.sigstoreBundle)
  await writeBlob(repository, Buffer.from('{}'), mediaTypes.empty)
  const { manifest, mediaType } = sigstoreReferrer(subject, bundle, 'https://example.com/predicate', time)
  return repository.writeReferrer(manifest, mediaType)
}

/** A layer with one file: its gzipped tar, and the digest of the tar itself. */
async function layerOf(content: string): Promise<{ readonly bytes: Buffer; readonly diffId: Digest }> {
  const tar = pack()
  tar.entry({ name: 'content', mtime: new Date(0) }, content)
  tar.finalize()
  const bytes = await buffer(tar)
  return { bytes: gzipSync(bytes), diffId: digestOfBytes(bytes) }
}

/** A multi-platform image whose index, platforms and SBOM have referrers, and whose index has an older signature, too. */
export async function writeImage(repository: Repository, content: string, tag?: string): Promise<ImageFixture> {
  const base = await layerOf('base layer')
  const shared = await writeBlob(repository, base.bytes, mediaTypes.layer)
  const platforms: Descriptor[] = []
  for (const architecture of ['amd64', 'arm64']) {
    const own = await layerOf(`${content} for ${architecture}`)
    const layer = await writeBlob(repository, own.bytes, mediaTypes.layer)
    const diffIds = [base.diffId, own.diffId]
    const config = await writeBlob(
      repository,
      json({ architecture, os: 'linux', rootfs: { type: 'layers', diff_ids: diffIds } }),
      mediaTypes.config,
    )
    const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers: [shared, layer] }
    const written = await repository.writeManifest(json(manifest), mediaTypes.manifest)
    platforms.push({ ...written, platform: { os: 'linux', architecture } })
  }
  const bytes = json({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: platforms })
  const index = await repository.writeManifest(bytes, mediaTypes.index, tag === undefined ? undefined : parseTag(tag))

  const referrers: { subject: Digest; digest: Digest }[] = []
  for (const subject of [index, ...platforms]) {
    const referrer = await writeReferrer(repository, subject, `signature of ${subject.digest}`)
    referrers.push({ subject: subject.digest, digest: referrer.digest })
    if (subject !== index) continue
    const nested = await writeReferrer(repository, referrer, 'signature of the signature')
    referrers.push({ subject: referrer.digest, digest: nested.digest })
  }
  const payload = await writeBlob(
    repository,
    Buffer.from(`older signature of ${content}`),
    'application/vnd.dev.cosign.simplesigning.v1+json',
  )
  const older = { schemaVersion: 2, mediaType: mediaTypes.manifest, config: emptyDescriptor, layers: [payload] }
  const signatureTag = `sha256-${hexOf(index.digest)}.sig`
  await repository.writeManifest(json(older), mediaTypes.manifest, parseTag(signatureTag))
  return { index, platforms, referrers, signatureTag }
}

export interface ReleaseFixture {
  readonly directory: string
  readonly image: ImageFixture
}

/** A release directory with the image `hello:v1.2.3`, two files, their sums, and a bundle for each and one for all. */
export async function writeRelease(directory: string): Promise<ReleaseFixture> {
  const image = await writeImage(openLayout(join(directory, 'images'), 'hello'), 'hello', 'v1.2.3')
  await mkdir(join(directory, 'files'), { recursive: true })
  await mkdir(join(directory, 'evidence'))
  const files: FileSubject[] = []
  for (const [name, role] of [
    ['hello-linux-amd64', 'binary'],
    ['hello-linux-arm64', 'binary'],
    ['SHA256SUMS', 'checksums'],
  ] as const) {
    const path = join(directory, 'files', name)
    await writeFile(path, `bytes of ${name}`)
    files.push(await fileSubject(directory, path, { role, mediaType: 'application/octet-stream' }))
  }
  const evidence: Evidence[] = []
  const all = files.map(({ sha256 }) => digestFromHex(sha256)).sort()
  const bundles = [
    ...files.map(({ name, sha256 }) => ({ name, subjects: [digestFromHex(sha256)] })),
    { name: 'provenance', subjects: all },
  ]
  for (const { name, subjects } of bundles) {
    const path = `evidence/${name}.sigstore.json`
    const bytes = Buffer.from(`bundle of ${name}`)
    await writeFile(join(directory, path), bytes)
    evidence.push({
      kind: 'signature',
      subjects,
      path,
      mediaType: mediaTypes.sigstoreBundle,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      signer: { kind: 'keyless', identity: 'https://example.com/workflow', issuer: 'https://example.com' },
    })
  }
  const record = newRecord({
    project: 'hello',
    version: 'v1.2.3',
    source: { repository: 'https://example.com/hello', commitTime: time, modified: false },
    build: { parameters: {}, dependencies: {} },
    subjects: [
      ...files,
      {
        kind: 'image',
        name: 'hello',
        tags: ['v1.2.3'],
        ...pick(image.index),
        manifests: image.platforms.map(({ platform, ...descriptor }) => ({
          platform: platform ?? { os: 'linux', architecture: 'amd64' },
          ...pick(descriptor),
        })),
      },
    ],
  })
  await saveRelease(directory, { ...record, evidence })
  return { directory, image }
}

const pick = ({ mediaType, digest, size }: Descriptor) => ({ mediaType, digest, size })
