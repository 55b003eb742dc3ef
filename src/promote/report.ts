import { describeError } from '../runner/index.ts'
import { hostOfAddress } from './address.ts'
import { type FileOutcome, fileKey, sourceKey } from './files/index.ts'
import type { ImageOutcome } from './images/index.ts'
import { digestOfPlan, type PromotionPlan } from './plan.ts'
import type { PromotionReport, FileOutcome as ReportedFile, ImageOutcome as ReportedImage } from './promotion-report.ts'

/** What was done; undefined in a dry run. */
export interface Promotion {
  readonly images: readonly ImageOutcome[]
  readonly files: readonly FileOutcome[]
}

/**
 * What became of everything that the approved plan has for some hosts. Pure.
 * @param plan what was still missing when this run looked
 * @param hosts empty for all
 */
export function reportOf(
  approved: PromotionPlan,
  plan: PromotionPlan,
  promotion: Promotion | undefined,
  hosts: readonly string[],
): PromotionReport {
  const states = statesOf(plan, promotion)
  const isOurs = (address: string): boolean => hosts.length === 0 || hosts.includes(hostOfAddress(address))
  const images = approved.images.flatMap(({ source, digest, transfers }) =>
    transfers.flatMap(({ destinations, tags }) =>
      destinations.filter(isOurs).map((destination): ReportedImage => {
        const state = states([`${source}@${digest}`], destination)
        return { source, digest, destination, tags, ...state }
      }),
    ),
  )
  const files = approved.files
    .filter(({ destination }) => isOurs(destination))
    .map(({ name, sha256, destination, source }): ReportedFile => {
      // A conflict names a file at its destination, or at its source where it concerns all of them.
      const items: [string, string] = [fileKey({ name, destination }), sourceKey(source)]
      return { name, sha256, destination, ...states(items, destination) }
    })
  const seen = new Set([...images, ...files].map(({ destination }) => hostOfAddress(destination)))
  return {
    schemaVersion: 1,
    plan: digestOfPlan(approved),
    hosts: [...(hosts.length === 0 ? seen : new Set(hosts))].sort(),
    images,
    files,
    conflicts: plan.conflicts.map(({ kind, item, destination, message }) => ({
      kind,
      item,
      ...(destination === undefined ? {} : { destination }),
      message,
    })),
  }
}

type State = Pick<ReportedImage, 'state' | 'reason'>

/** What became of an item at a destination. */
function statesOf(
  plan: PromotionPlan,
  promotion: Promotion | undefined,
): (items: readonly [string, ...string[]], destination: string) => State {
  const known = new Map<string, State>()
  const note = (item: string, destination: string, state: State): void =>
    void known.set(`${item} ${destination}`, state)
  for (const { source, digest, transfers } of plan.images) {
    for (const destination of transfers.flatMap(({ destinations }) => destinations)) {
      note(`${source}@${digest}`, destination, { state: 'planned' })
    }
  }
  for (const file of plan.files) note(fileKey(file), file.destination, { state: 'planned' })
  for (const { promotion: image, destination, failure } of promotion?.images ?? []) {
    note(`${image.source}@${image.digest}`, destination, stateOf(failure))
  }
  for (const { file, failure } of promotion?.files ?? []) note(fileKey(file), file.destination, stateOf(failure))
  return (items, destination) => {
    const conflict = plan.conflicts.find(
      (one) => items.includes(one.item) && (one.destination === undefined || one.destination === destination),
    )
    return (
      known.get(`${items[0]} ${destination}`) ??
      (conflict ? { state: 'blocked', reason: conflict.message } : { state: 'present' })
    )
  }
}

const stateOf = (failure: Error | undefined): State =>
  failure ? { state: 'failed', reason: describeError(failure) } : { state: 'promoted' }
