import { Readable } from 'node:stream'
import type { Descriptor, Digest } from '../oci/index.ts'
import type { Repository, StoredManifest } from '../registry/index.ts'
import { mapConcurrently, type Step, UserError } from '../runner/index.ts'
import { openStore } from '../storage/index.ts'
import { isIndex, rootOf, type SourceImage } from './image.ts'
import type { Observation } from './observe.ts'
import type { ImageTransfer, PromotionPlan } from './plan.ts'
import type { Repositories } from './repositories.ts'
import { type FileWish, formatPlace, type Place, type PromotionWish } from './wish.ts'

/** What became of each part of a plan. */
export interface Promotion {
  readonly images: readonly { readonly transfer: ImageTransfer; readonly failure?: UserError }[]
  readonly files: readonly { readonly file: FileWish; readonly failure?: UserError }[]
}

const transfersAtOnce = 6
const blobsAtOnce = 4
const filesAtOnce = 4

/**
 * Does what a plan says. One that fails does not stop the others.
 * An image comes in this order, so that a crash leaves nothing visible that is not whole: blobs, child manifests, evidence,
 * a check that the evidence is found, the index by its digest, and the tags last.
 */
export async function applyPromotion(
  plan: PromotionPlan,
  context: { readonly wish: PromotionWish; readonly observation: Observation; readonly repositories: Repositories },
  step: Step,
): Promise<Promotion> {
  const places = placesOf(context.wish)
  const open = (address: string): Repository => {
    const place = places.get(address)
    if (!place) throw new Error(`the plan names ${address}, which nobody asked for`)
    return context.repositories.open(place)
  }
  const bytes = plan.images.flatMap(({ blobs }) => blobs.map(({ size }) => size)).reduce((sum, size) => sum + size, 0)
  const progress = step.progress('Promoting images', bytes, 'bytes')
  const holders = createHolders()

  const images = await mapConcurrently(plan.images, transfersAtOnce, async (transfer) => {
    const source = context.observation.sources.get(`${transfer.source}@${transfer.digest}`)
    if (!source) throw new Error(`the plan names ${transfer.source}@${transfer.digest}, which was not looked at`)
    const failure = await attempt(step, () =>
      transferImage(transfer, {
        image: source,
        source: open(transfer.source),
        destination: open(transfer.destination),
        holders,
        sent: progress.advance,
      }),
    )
    return { transfer, ...failure }
  })
  progress.done()
  return { images, files: await applyFiles(plan.files, step) }
}

function placesOf(wish: PromotionWish): Map<string, Place> {
  const places = wish.images.flatMap(({ source, destinations }) => [source, ...destinations])
  return new Map(places.map((place) => [formatPlace(place), place]))
}

/** A mistake of one item is kept; a bug or a cancellation ends all. */
async function attempt(step: Step, work: () => Promise<void>): Promise<{ readonly failure?: UserError }> {
  try {
    step.signal.throwIfAborted()
    await work()
    return {}
  } catch (error) {
    step.signal.throwIfAborted()
    if (error instanceof UserError) return { failure: error }
    throw error
  }
}

interface TransferContext {
  readonly image: SourceImage
  readonly source: Repository
  readonly destination: Repository
  readonly holders: Holders
  readonly sent: (bytes: number) => void
}

async function transferImage(transfer: ImageTransfer, context: TransferContext): Promise<void> {
  const { image, destination } = context
  const wanted = new Set(transfer.manifests)
  const root = rootOf(image)
  await mapConcurrently(transfer.blobs, blobsAtOnce, (blob) => transferBlob(blob, context))
  await writeManifests(
    image.manifests.filter(({ descriptor: { digest } }) => wanted.has(digest) && digest !== root),
    destination,
  )
  await writeEvidence(transfer, context)
  await verifyEvidence(transfer, destination)
  const last = image.manifests.at(-1)
  if (!last) throw new Error('an image has a root')
  if (wanted.has(root)) await destination.writeManifest(last.bytes, last.descriptor.mediaType)
  for (const tag of transfer.tags) {
    // Another may have set it since the plan was made.
    const there = await destination.headManifest(tag)
    if (there && there.digest !== root) {
      throw new UserError(`${destination.address}:${tag} became ${there.digest} meanwhile, and is not moved`)
    }
    if (!there) await destination.writeManifest(last.bytes, last.descriptor.mediaType, tag)
  }
}

/** Images and artifacts side by side, then the indexes that list them, inner ones first. */
async function writeManifests(manifests: readonly StoredManifest[], destination: Repository): Promise<void> {
  const write = async ({ bytes, descriptor }: StoredManifest): Promise<void> => {
    await destination.writeManifest(bytes, descriptor.mediaType)
  }
  await mapConcurrently(
    manifests.filter((manifest) => !isIndex(manifest)),
    blobsAtOnce,
    write,
  )
  for (const index of manifests.filter(isIndex)) await write(index)
}

async function writeEvidence(transfer: ImageTransfer, { image, destination }: TransferContext): Promise<void> {
  await mapConcurrently(transfer.evidence, blobsAtOnce, async ({ subject, digest, tag }) => {
    const found = image.evidence.find((item) => item.subject === subject && item.tag === tag && rootOf(item) === digest)
    const last = found?.manifests.at(-1)
    if (!(found && last)) throw new Error(`the plan names the evidence ${digest}, which was not looked at`)
    await writeManifests(found.manifests.slice(0, -1), destination)
    if (tag === undefined) await destination.writeReferrer(last.bytes, last.descriptor.mediaType)
    else await destination.writeManifest(last.bytes, last.descriptor.mediaType, tag)
  })
}

/** Reads back that whoever looks for the evidence finds it. @throws UserError */
async function verifyEvidence(transfer: ImageTransfer, destination: Repository): Promise<void> {
  const lost = (digest: Digest, where: string): UserError =>
    new UserError(`${destination.address}: the evidence ${digest} was written, but is not found ${where}`, {
      hint: 'Another process may have replaced it; run it again.',
    })
  const subjects = new Set(transfer.evidence.flatMap(({ subject, tag }) => (tag === undefined ? subject : [])))
  await mapConcurrently([...subjects], blobsAtOnce, async (subject) => {
    const listed = new Set((await destination.listReferrers(subject)).map(({ digest }) => digest))
    const missing = transfer.evidence.find(
      (item) => item.subject === subject && item.tag === undefined && !listed.has(item.digest),
    )
    if (missing) throw lost(missing.digest, `as a referrer of ${subject}`)
  })
  await mapConcurrently(transfer.evidence, blobsAtOnce, async ({ digest, tag }) => {
    if (tag !== undefined && (await destination.headManifest(tag))?.digest !== digest) throw lost(digest, `as ${tag}`)
  })
}

async function transferBlob(blob: Pick<Descriptor, 'digest' | 'size'>, context: TransferContext): Promise<void> {
  const { source, destination, holders, sent } = context
  const descriptor = { mediaType: 'application/octet-stream', ...blob }
  const mounted = await mountFrom([source, holders.find(destination, blob.digest)], blob.digest, destination)
  if (!mounted)
    await destination.writeBlob(descriptor, () => Readable.from(reading(source, descriptor), { objectMode: false }))
  holders.note(destination, blob.digest)
  sent(blob.size)
}

async function mountFrom(
  candidates: readonly (Repository | undefined)[],
  digest: Digest,
  to: Repository,
): Promise<boolean> {
  for (const from of candidates) {
    if (from && from !== to && (await to.mountBlob(digest, from))) return true
  }
  return false
}

async function* reading(source: Repository, descriptor: Descriptor): AsyncGenerator<Uint8Array> {
  yield* await source.readBlob(descriptor)
}

/** Which repository of each host has a blob by now, so that the next one there can take it over. */
interface Holders {
  find(near: Repository, digest: Digest): Repository | undefined
  note(repository: Repository, digest: Digest): void
}

function createHolders(): Holders {
  const known = new Map<string, Repository>()
  const key = (repository: Repository, digest: Digest): string => `${repository.address.split('/', 1)[0]} ${digest}`
  return {
    find: (near, digest) => known.get(key(near, digest)),
    note: (repository, digest) => void known.set(key(repository, digest), repository),
  }
}

/** Evidence first, then the files that it speaks of, and the checksums of all last. */
async function applyFiles(files: readonly FileWish[], step: Step): Promise<Promotion['files']> {
  const done: { file: FileWish; failure?: UserError }[] = []
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const progress = step.progress('Promoting files', bytes, 'bytes')
  for (const kind of ['evidence', 'file', 'checksums'] as const) {
    const failed = new Set(done.filter(({ failure }) => failure).map(({ file }) => `${file.destination} ${file.name}`))
    const results = await mapConcurrently(
      files.filter((file) => file.kind === kind),
      filesAtOnce,
      async (file) => {
        const outcome = await attempt(step, async () => {
          const lacking = file.evidence.find((name) => failed.has(`${file.destination} ${name}`))
          if (lacking) throw new UserError(`${file.name} waits for its evidence ${lacking}, which failed`)
          await openStore(file.destination).write(file.name, file.source, file.sha256)
        })
        progress.advance(file.size)
        return { file, ...outcome }
      },
    )
    done.push(...results)
  }
  progress.done()
  return done
}
