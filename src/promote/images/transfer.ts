import type { Descriptor, Tag } from '../../oci/index.ts'
import type { ReferrerManifest, Repository, StoredManifest } from '../../registry/index.ts'
import { mapConcurrently, UserError } from '../../runner/index.ts'
import type { Mounts } from './mounts.ts'
import { type NeededEvidence, requireEvidence } from './needed-evidence.ts'
import type { ImageTransfer } from './plan.ts'
import type { SharedBlobs } from './shared-blobs.ts'
import { isIndex, rootOf, type SourceImage } from './source-image.ts'

/** One copy of one image: from its source to one destination. */
export interface Copy {
  readonly image: SourceImage
  readonly transfer: ImageTransfer
  /** The evidence for which the policy lets the image pass; empty where none judges it. */
  readonly needed: readonly NeededEvidence[]
  readonly source: Repository
  readonly destination: Repository
  /** Of the destination: a registry or a layout, whose repositories can share blobs. */
  readonly host: string
}

export interface CopyContext {
  readonly blobs: SharedBlobs
  readonly mounts: Mounts
  /** Attaches what is signed at this promotion. */
  readonly attach: (copy: Copy) => Promise<void>
  readonly sent: (bytes: number) => void
}

const requestsAtOnce = 6

/**
 * Writes what one destination lacks of an image, in an order in which a crash leaves nothing visible that is not whole:
 * blobs, child manifests, evidence, a check that the evidence is found, and the tags last.
 * @throws UserError
 */
export async function copyImage(copy: Copy, context: CopyContext): Promise<void> {
  const { image, transfer, destination } = copy
  const wanted = new Set(transfer.manifests)
  const root = rootOf(image)
  await mapConcurrently(transfer.blobs, requestsAtOnce, (blob) => bringBlob(blob, copy, context))
  const missing = image.manifests.flatMap(({ digest, stored }) => (wanted.has(digest) && stored ? stored : []))
  await writeManifests(
    missing.filter(({ descriptor }) => descriptor.digest !== root),
    destination,
  )
  await writeEvidence(copy)
  await context.attach(copy)
  await verifyEvidence(copy)
  await requireEvidence(copy.needed, destination)
  const last = image.manifests.at(-1)?.stored
  if (!last) throw new Error('the root of an image is always read')
  if (wanted.has(root) && transfer.tags.length === 0) {
    await destination.writeManifest(last.bytes, last.descriptor.mediaType)
  }
  for (const tag of transfer.tags) await writeTag(tag, last, destination)
}

async function writeTag(tag: Tag, { bytes, descriptor }: StoredManifest, destination: Repository): Promise<void> {
  // Another may have set it since the plan was made.
  const there = await destination.headManifest(tag)
  if (there && there.digest !== descriptor.digest) {
    throw new UserError(`${destination.address}:${tag} became ${there.digest} meanwhile, and is not moved`)
  }
  if (!there) await destination.writeManifest(bytes, descriptor.mediaType, tag)
}

async function bringBlob(
  blob: Pick<Descriptor, 'digest' | 'size'>,
  { source, destination, host }: Copy,
  { blobs, mounts, sent }: CopyContext,
): Promise<void> {
  const descriptor = { mediaType: 'application/octet-stream', ...blob }
  const how = await mounts.bring(blob.digest, source, destination, host, () =>
    blobs.use(source, descriptor, (open) => destination.writeBlob(descriptor, open)),
  )
  if (how === 'mounted') await blobs.release(source, blob.digest)
  sent(blob.size)
}

/** Images and artifacts side by side, then the indexes that list them, inner ones first. */
async function writeManifests(manifests: readonly StoredManifest[], destination: Repository): Promise<void> {
  const write = async ({ bytes, descriptor }: StoredManifest): Promise<void> => {
    await destination.writeManifest(bytes, descriptor.mediaType)
  }
  await mapConcurrently(
    manifests.filter((manifest) => !isIndex(manifest)),
    requestsAtOnce,
    write,
  )
  for (const index of manifests.filter(isIndex)) await write(index)
}

async function writeEvidence({ image, transfer, destination }: Copy): Promise<void> {
  const referrers: ReferrerManifest[] = []
  await mapConcurrently(transfer.evidence, requestsAtOnce, async ({ subject, digest, tag }) => {
    const found = image.evidence.find((item) => item.subject === subject && item.tag === tag && item.digest === digest)
    const manifests = found?.manifests ?? []
    const last = manifests.at(-1)
    if (!last) throw new Error(`the plan names the evidence ${digest}, which was not read`)
    await writeManifests(manifests.slice(0, -1), destination)
    if (tag === undefined) referrers.push({ bytes: last.bytes, mediaType: last.descriptor.mediaType })
    else await destination.writeManifest(last.bytes, last.descriptor.mediaType, tag)
  })
  // All together, since those of one subject share a fallback tag, which is read back.
  await destination.writeReferrers(referrers)
}

/** Reads back that whoever looks under an evidence tag finds what was written. @throws UserError */
async function verifyEvidence({ transfer, destination }: Copy): Promise<void> {
  await mapConcurrently(transfer.evidence, requestsAtOnce, async ({ digest, tag }) => {
    if (tag === undefined) return
    const there = await destination.headManifest(tag)
    if (there?.digest === digest) return
    throw new UserError(`${destination.address}:${tag} was written, but is ${there?.digest ?? 'not there'}`, {
      hint: 'Another process may have replaced it; run it again.',
    })
  })
}
