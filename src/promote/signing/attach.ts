import { createStatement, serializeStatement } from '../../attest/index.ts'
import { type Digest, emptyDescriptor, parseManifest } from '../../oci/index.ts'
import type { Repository } from '../../registry/index.ts'
import { mapConcurrently, type Step, UserError } from '../../runner/index.ts'
import { type Attachment, attach, attachmentOf, signContent } from '../../sign/index.ts'
import type { BundleSigner } from '../../sigstore/index.ts'
import { type Copy, rootOf, type SignedEvidence, type SourceImage, type SourceManifest } from '../images/index.ts'
import {
  type PromotedImage,
  type PromotedImages,
  promotionPredicate,
  promotionType,
  statementKey,
} from './predicate.ts'
import type { FoundStatement, PromotionSigning } from './signing.ts'

const attachmentsAtOnce = 6

export interface AttachmentContext {
  readonly signing: PromotionSigning
  readonly found: ReadonlyMap<string, FoundStatement>
  readonly promoted: PromotedImages
  readonly plan: Digest
}

/** Answers what is signed of an image, made or found; each statement is made once, whatever the number of destinations. */
export type StatementMaker = (image: SourceImage, source: string, evidence: SignedEvidence) => Promise<Attachment>

export function statementMaker(context: AttachmentContext, step: Step): StatementMaker {
  const made = new Map<string, Promise<Attachment>>()
  return (image, source, evidence) => {
    const key = statementKey(evidence, source)
    const subject = image.manifests.find(({ digest }) => digest === evidence.subject)
    const promoted = context.promoted.get(`${source}@${rootOf(image)}`)
    if (!(subject && promoted)) throw new Error(`the plan has ${evidence.subject} signed, which was not looked at`)
    const attachment = made.get(key) ?? makeAttachment(evidence, subject, promoted, context, step)
    made.set(key, attachment)
    return attachment
  }
}

/** Attaches to each copy what is signed at this promotion. */
export const attachSigned =
  (make: StatementMaker): ((copy: Copy) => Promise<void>) =>
  async ({ image, transfer, source, destination }) => {
    await mapConcurrently(transfer.signed, attachmentsAtOnce, async (evidence) => {
      await attach(destination, await make(image, source.address, evidence))
    })
  }

async function makeAttachment(
  evidence: SignedEvidence,
  subject: SourceManifest,
  promoted: PromotedImage,
  { signing, found, plan }: AttachmentContext,
  step: Step,
): Promise<Attachment> {
  const { signer, kept } = signing
  const earlier = found.get(statementKey(evidence, promoted.source))
  const known = earlier && (await readAttachment(earlier.repository, earlier.digest, subject.digest))
  if (known) {
    if (kept && earlier.repository !== kept) await attach(kept, known)
    return known
  }
  const bundle =
    evidence.predicateType === promotionType
      ? await signPromotion(promoted, plan, signer, step)
      : await signContent({ kind: 'image', digest: evidence.subject }, signer)
  const created = `${step.now().toISOString().slice(0, 19)}Z`
  const { mediaType, digest, size } = subject
  const attachment = attachmentOf({ mediaType, digest, size }, bundle, evidence.predicateType, created)
  // Before any registry has it, so that after a kill here it is found.
  if (kept) await attach(kept, attachment)
  return attachment
}

function signPromotion(promoted: PromotedImage, plan: Digest, signer: BundleSigner, step: Step): Promise<Uint8Array> {
  const identity = signer.signer.kind === 'keyless' ? signer.signer.identity : undefined
  const predicate = promotionPredicate(promoted, plan, step, identity)
  const subjects = [{ name: promoted.source, digest: promoted.digest }]
  return signer.signStatement(serializeStatement(createStatement(subjects, promotionType, predicate)))
}

/** What an earlier run attached somewhere, byte for byte; undefined where more is attached than the bundle, which alone was verified. */
async function readAttachment(
  repository: Repository,
  digest: Digest,
  subject: Digest,
): Promise<Attachment | undefined> {
  const stored = await repository.readManifest(digest)
  if (!stored) throw new UserError(`${repository.address}@${digest} was there just now, and is not any more`)
  const { config, layers, subject: about } = parseManifest(stored.bytes, digest)
  if (layers.length !== 1 || config.digest !== emptyDescriptor.digest || about?.digest !== subject) return undefined
  const blobs = await mapConcurrently([...layers, config], attachmentsAtOnce, async (descriptor) => ({
    descriptor,
    bytes: Buffer.concat(await (await repository.readBlob(descriptor)).toArray()),
  }))
  return { digest, manifest: stored.bytes, mediaType: stored.descriptor.mediaType, blobs }
}
