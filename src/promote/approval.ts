import { readFile } from 'node:fs/promises'
import { type Digest, parseDigest } from '../oci/index.ts'
import { atomicWrite } from '../release/index.ts'
import { describeError, FailedItems, UserError } from '../runner/index.ts'
import { fileKey, sourceKey } from './files/index.ts'
import type { ImagePromotion, ImageTransfer } from './images/index.ts'
import { type Conflict, digestOfPlan, type PromotionPlan, serializePlan } from './plan.ts'
import { parsePlan } from './plan-schema.ts'

/** Writes a plan for people to approve, and for another run to be held to. */
export async function writePlan(path: string, plan: PromotionPlan): Promise<void> {
  await atomicWrite(path, serializePlan(plan))
}

/**
 * The plan that was approved.
 * @param digest that it must have, where it was given
 * @throws UserError when the file is not that plan
 */
export async function readApprovedPlan(path: string, digest: string | undefined): Promise<PromotionPlan> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(`Cannot read the plan ${path}: ${describeError(error)}`, {
      hint: 'A dry run with the same input writes it.',
    })
  })
  const plan = parsePlan(text, path)
  const found = digestOfPlan(plan)
  if (digest !== undefined && parseDigest(digest, 'plan-digest') !== found) {
    throw new UserError(`${path} is the plan ${found}, not ${digest}`, {
      hint: 'It was changed after it was approved, or belongs to another run; plan anew.',
    })
  }
  return plan
}

/**
 * Leaves what was in conflict when the plan was approved as it is, though nothing may speak against it now, or only at
 * destinations that this shard does not see: it was not approved.
 */
export function holdBack(plan: PromotionPlan, approved: PromotionPlan): PromotionPlan {
  const held = new Set<Conflict>()
  const isFree = (item: string, destination: string): boolean => {
    const found = approved.conflicts.filter((conflict) => conflict.item === item && concerns(conflict, destination))
    for (const conflict of found) held.add(conflict)
    return found.length === 0
  }
  const images = plan.images.flatMap((image) => {
    const item = `${image.source}@${image.digest}`
    const transfers = image.transfers.flatMap((transfer) => {
      const destinations = transfer.destinations.filter((destination) => isFree(item, destination))
      return destinations.length > 0 ? { ...transfer, destinations } : []
    })
    return transfers.length > 0 ? { ...image, transfers } : []
  })
  const files = plan.files.filter(
    (file) => isFree(fileKey(file), file.destination) && isFree(sourceKey(file.source), file.destination),
  )
  const known = new Set(plan.conflicts.map(({ item }) => item))
  return {
    ...plan,
    images,
    files,
    conflicts: [...plan.conflicts, ...[...held].filter(({ item }) => !known.has(item))],
  }
}

/** A destination that could not be read blocks nothing elsewhere. */
const concerns = ({ kind, destination }: Conflict, place: string): boolean =>
  kind !== 'unreadable' || destination === undefined || destination === place

/**
 * Holds a plan to the one that was approved: it may do less, as some of that may be there by now, but nothing else.
 * @throws FailedItems that names what was not approved
 */
export function requireApproved(plan: PromotionPlan, approved: PromotionPlan): void {
  const strangers = [
    ...imageStrangers(plan, approved),
    ...fileStrangers(plan, approved),
    ...markerStrangers(plan, approved),
  ]
  if (strangers.length === 0) return
  throw new FailedItems(
    `What has to be done now is not what was approved (${digestOfPlan(approved)}); nothing was written`,
    strangers.map((stranger) => new UserError(stranger)),
  )
}

function imageStrangers(plan: PromotionPlan, approved: PromotionPlan): string[] {
  const known = new Map<string, ImageTransfer[]>()
  const keyOf = ({ source, digest }: ImagePromotion, destination: string): string =>
    `${source}@${digest} to ${destination}`
  for (const promotion of approved.images) {
    for (const transfer of promotion.transfers) {
      for (const destination of transfer.destinations) {
        const key = keyOf(promotion, destination)
        known.set(key, [...(known.get(key) ?? []), transfer])
      }
    }
  }
  return plan.images.flatMap((promotion) =>
    promotion.transfers.flatMap((transfer) =>
      transfer.destinations
        .map((destination) => keyOf(promotion, destination))
        .filter((key) => !known.get(key)?.some((one) => covers(one, transfer))),
    ),
  )
}

const covers = (approved: ImageTransfer, wanted: ImageTransfer): boolean =>
  isSubset(wanted.manifests, approved.manifests) &&
  isSubset(wanted.tags, approved.tags) &&
  isSubset(wanted.evidence.map(keyOfEvidence), approved.evidence.map(keyOfEvidence)) &&
  isSubset(wanted.signed.map(keyOfEvidence), approved.signed.map(keyOfEvidence))

const keyOfEvidence = (evidence: {
  readonly subject: Digest
  readonly digest?: Digest
  readonly tag?: string
  readonly predicateType?: string
}): string => [evidence.subject, evidence.digest, evidence.tag, evidence.predicateType].join(' ')

const isSubset = (part: readonly string[], whole: readonly string[]): boolean => {
  const known = new Set(whole)
  return part.every((one) => known.has(one))
}

function fileStrangers(plan: PromotionPlan, approved: PromotionPlan): string[] {
  const keyOf = ({ name, sha256, destination }: PromotionPlan['files'][number]): string =>
    `${name} (sha256:${sha256}) to ${destination}`
  const known = new Set(approved.files.map(keyOf))
  return plan.files.map(keyOf).filter((key) => !known.has(key))
}

function markerStrangers(plan: PromotionPlan, approved: PromotionPlan): string[] {
  const keyOf = ({ name, to, destination }: PromotionPlan['markers'][number]): string =>
    `${name} to ${to} in ${destination}`
  const known = new Set(approved.markers.map(keyOf))
  return plan.markers.map(keyOf).filter((key) => !known.has(key))
}
