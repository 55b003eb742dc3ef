import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { createHttpClient } from '../../src/http/index.ts'
import {
  type Descriptor,
  type Digest,
  digestOfBytes,
  emptyDescriptor,
  hexOf,
  mediaTypes,
  parseTag,
} from '../../src/oci/index.ts'
import { openRepository, type Repository, sigstoreReferrer } from '../../src/registry/index.ts'
import { testStep } from '../../test/step.ts'

/** How the evidence lies beside an image: cosign's older tags, or referrers (with the fallback tag where there is no API). */
export type EvidenceKind = 'signatures' | 'referrers'

/** What must be found at a destination. */
export interface BenchImage {
  readonly root: Digest
  /** The version's tag, and each signature's. */
  readonly tags: ReadonlyMap<string, Digest>
  /** By subject. */
  readonly referrers: ReadonlyMap<Digest, Digest>
}

export const versionTag = 'v1.2.3'
const platforms = ['amd64', 'arm64', 'ppc64le', 's390x', 'riscv64']
const layersEach = 3
const layerSize = 2 ** 20

export function openBenchRepository(host: string, name: string): Repository {
  const http = createHttpClient({ signal: new AbortController().signal })
  return openRepository({ kind: 'registry', host, prefix: '' }, name, testStep({ http }))
}

/** Writes one index of 5 platforms with 3 layers of 1 MiB each, and a piece of evidence for each of the 6 manifests. */
export async function writeBenchImage(repository: Repository, kind: EvidenceKind): Promise<BenchImage> {
  const children: Descriptor[] = []
  for (const architecture of platforms) {
    const layers: Descriptor[] = []
    const diffIds: Digest[] = []
    for (let layer = 0; layer < layersEach; layer++) {
      const content = randomBytes(layerSize)
      diffIds.push(digestOfBytes(content))
      layers.push(await writeBlob(repository, gzipSync(content), mediaTypes.layer)) // skopeo compresses what is not
    }
    const config = json({ architecture, os: 'linux', rootfs: { type: 'layers', diff_ids: diffIds } })
    const child = await writeManifest(repository, await writeBlob(repository, config, mediaTypes.config), layers)
    children.push({ ...child, platform: { os: 'linux', architecture } })
  }
  const index = json({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: children })
  const root = await repository.writeManifest(index, mediaTypes.index, parseTag(versionTag))

  const tags = new Map<string, Digest>([[versionTag, root.digest]])
  const referrers = new Map<Digest, Digest>()
  for (const subject of [root, ...children]) {
    const payload = Buffer.from(`signature of ${subject.digest}`)
    if (kind === 'signatures') {
      const tag = `sha256-${hexOf(subject.digest)}.sig`
      tags.set(tag, await writeSignature(repository, payload, tag))
    } else referrers.set(subject.digest, await writeReferrer(repository, payload, subject))
  }
  return { root: root.digest, tags, referrers }
}

/** Whether a repository has the image with all its tags and all its evidence. */
export async function isComplete(repository: Repository, image: BenchImage): Promise<boolean> {
  for (const [tag, digest] of image.tags) {
    if ((await repository.headManifest(parseTag(tag)))?.digest !== digest) return false
  }
  for (const [subject, digest] of image.referrers) {
    if (!(await repository.listReferrers(subject)).some((found) => found.digest === digest)) return false
  }
  return true
}

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value))

async function writeBlob(repository: Repository, bytes: Buffer, mediaType: string): Promise<Descriptor> {
  const descriptor = { mediaType, digest: digestOfBytes(bytes), size: bytes.length }
  await repository.writeBlob(descriptor, () => Readable.from([bytes]))
  return descriptor
}

async function writeManifest(
  repository: Repository,
  config: Descriptor,
  layers: Descriptor[],
  tag?: string,
): Promise<Descriptor> {
  const manifest = json({ schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers })
  return await repository.writeManifest(manifest, mediaTypes.manifest, tag === undefined ? undefined : parseTag(tag))
}

/** As cosign 2 writes it: the config names the payload, so that each has its own. */
async function writeSignature(repository: Repository, payload: Buffer, tag: string): Promise<Digest> {
  const layer = await writeBlob(repository, payload, 'application/vnd.dev.cosign.simplesigning.v1+json')
  const config = json({ architecture: '', os: '', rootfs: { type: 'layers', diff_ids: [layer.digest] } })
  return (await writeManifest(repository, await writeBlob(repository, config, mediaTypes.config), [layer], tag)).digest
}

async function writeReferrer(repository: Repository, payload: Buffer, subject: Descriptor): Promise<Digest> {
  const bundle = await writeBlob(repository, payload, mediaTypes.sigstoreBundle)
  await repository.writeBlob(emptyDescriptor, () => Readable.from([Buffer.from('{}')]))
  const { manifest, mediaType } = sigstoreReferrer(
    subject,
    bundle,
    'https://example.com/predicate',
    '2026-01-02T03:04:05Z',
  )
  return (await repository.writeReferrer(manifest, mediaType)).digest
}
