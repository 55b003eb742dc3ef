import { type Block, heading, table, text } from '../runner/index.ts'
import type { Judgement } from './evidence.ts'
import type { ImageTransfer, ObservedRepository } from './images/index.ts'
import { formatPlace } from './images/index.ts'
import { digestOfPlan, type PromotionPlan } from './plan.ts'
import type { Promotion } from './report.ts'
import type { PromotionWish } from './wish.ts'

/** A summary is for reading; the plan itself is an output. */
const mostRows = 200

interface Summarized {
  readonly observed: readonly ObservedRepository[]
  readonly judgement?: Judgement
}

/** What a user wants to know of a promotion: what is new where, what is blocked, and what nobody signed. */
export function summaryOf(
  wish: PromotionWish,
  observation: Summarized,
  plan: PromotionPlan,
  promotion: Promotion | undefined,
): Block[] {
  const images = wish.images.reduce((sum, one) => sum + one.images.length, 0)
  const copies = wish.images.reduce((sum, one) => sum + one.images.length * one.destinations.length, 0)
  const missing = plan.images.flatMap(({ transfers }) => transfers.flatMap(({ destinations }) => destinations)).length
  const nothing = plan.images.length + plan.files.length + plan.markers.length + plan.conflicts.length === 0
  const rows = [...imageRows(plan, promotion), ...fileRows(plan, promotion), ...markerRows(plan, promotion)]
  return [
    heading(promotion ? 'Promotion' : 'Promotion (dry run)'),
    text(
      nothing
        ? `Nothing to do: ${count(copies, 'copy', 'copies')} of ${count(images, 'image', 'images')} and ${count(wish.files.length, 'file', 'files')} are where they shall be.`
        : `${count(missing, 'copy', 'copies')} of images and ${count(plan.files.length, 'file', 'files')} ${promotion ? 'were' : 'are'} missing; ${count(plan.conflicts.length, 'conflict', 'conflicts')}. Plan ${digestOfPlan(plan)}.`,
    ),
    ...(rows.length === 0 ? [] : [table(['What', 'Where', 'New there', 'State'], rows.slice(0, mostRows))]),
    ...(rows.length > mostRows ? [text(`${rows.length - mostRows} more rows are in the output 'plan'.`)] : []),
    ...conflictBlocks(plan),
    ...evidenceBlocks(wish, observation),
  ]
}

/** @param made `SOURCE@DIGEST PREDICATE-TYPE` of each statement */
export function signedSummary(made: readonly string[]): Block[] {
  const rows = made.slice(0, mostRows).map((statement) => statement.split(' '))
  return [
    heading('Signed for this promotion'),
    text(`${count(made.length, 'statement', 'statements')}; nothing is promoted yet.`),
    ...(rows.length === 0 ? [] : [table(['What', 'Predicate type'], rows)]),
  ]
}

function imageRows(plan: PromotionPlan, promotion: Promotion | undefined): string[][] {
  const failed = new Set(
    promotion?.images.flatMap(({ promotion: { source, digest }, destination, failure }) =>
      failure ? `${source}@${digest} ${destination}` : [],
    ),
  )
  return plan.images.flatMap(({ source, digest, transfers }) =>
    transfers.flatMap((transfer) => {
      const isFailed = (place: string): boolean => failed.has(`${source}@${digest} ${place}`)
      const done = transfer.destinations.filter((place) => !isFailed(place))
      const row = (places: readonly string[], state: string): string[][] =>
        places.length === 0 ? [] : [[`${source}@${digest}`, placesOf(places), contentOf(transfer), state]]
      return [
        ...row(done, promotion ? 'promoted' : 'missing'),
        ...row(transfer.destinations.filter(isFailed), 'failed'),
      ]
    }),
  )
}

const placesOf = (places: readonly string[]): string =>
  places.length > 3 ? `${places.slice(0, 2).join(', ')} and ${places.length - 2} more` : places.join(', ')

const contentOf = ({ manifests, evidence, signed, tags }: ImageTransfer): string =>
  [
    manifests.length > 0 ? count(manifests.length, 'manifest', 'manifests') : '',
    evidence.length > 0 ? `${evidence.length} of evidence` : '',
    signed.length > 0 ? `${signed.length} signed here` : '',
    tags.length > 0 ? tags.join(', ') : '',
  ]
    .filter(Boolean)
    .join('; ')

function fileRows(plan: PromotionPlan, promotion: Promotion | undefined): string[][] {
  const outcomes: readonly { file: PromotionPlan['files'][number]; failure?: Error }[] =
    promotion?.files ?? plan.files.map((file) => ({ file }))
  return outcomes.map(({ file, failure }) => [
    file.name,
    file.destination,
    file.kind,
    failure ? 'failed' : promotion ? 'promoted' : 'missing',
  ])
}

function markerRows({ markers }: PromotionPlan, promotion: Promotion | undefined): string[][] {
  const failed = [...(promotion?.images ?? []), ...(promotion?.files ?? [])].some(({ failure }) => failure)
  return markers.map(({ name, from, to, destination }) => [
    name,
    destination,
    from === undefined ? to : `${from} → ${to}`,
    promotion ? (failed ? 'waits' : 'moved') : 'missing',
  ])
}

function conflictBlocks({ conflicts }: PromotionPlan): Block[] {
  if (conflicts.length === 0) return []
  // The hint, a second line, is in the error that ends the step.
  const rows = conflicts
    .slice(0, mostRows)
    .map(({ kind, item, message }) => [kind, item, message.split('\n', 1)[0] ?? ''])
  return [heading('Conflicts'), table(['Kind', 'What', 'Why'], rows)]
}

function evidenceBlocks(wish: PromotionWish, { observed, judgement }: Summarized): Block[] {
  const bareFiles = wish.files.filter(({ kind, evidence }) => kind === 'file' && evidence.length === 0)
  if (wish.images.length + wish.files.length === 0) return []
  return [
    text(judgement ? judgementText(judgement) : carriedText(observed)),
    ...(judgement ? warningBlocks(judgement) : bareBlocks(wish, observed)),
    ...(bareFiles.length > 0
      ? [text(`Files without any evidence: ${listed(bareFiles.map(({ name }) => name))}.`)]
      : []),
  ]
}

function judgementText({ judged, objections, warnings, off, gone }: Judgement): string {
  return [
    `The evidence policy judged ${count(judged, 'image', 'images')}: ${objections.size} blocked, ${warnings.size} with warnings.`,
    ...(off > 0 ? [`Not judged, as it says 'off': ${count(off, 'image', 'images')}.`] : []),
    ...(gone > 0
      ? [`Not judged, as they are at every destination and gone from their source: ${count(gone, 'image', 'images')}.`]
      : []),
  ].join(' ')
}

function warningBlocks({ warnings }: Judgement): Block[] {
  const rows = [...warnings].flatMap(([item, messages]) => messages.map((message) => [item, message]))
  return rows.length === 0 ? [] : [table(['What', 'Warning'], rows.slice(0, mostRows))]
}

function carriedText(observed: readonly ObservedRepository[]): string {
  const carried = observed
    .flatMap(({ images }) => [...images.values()])
    .reduce((sum, one) => sum + one.evidence.length, 0)
  return `No evidence policy: what lies beside an image is carried before its tag and restored where it is missing, but not judged: ${count(carried, 'piece', 'pieces')} beside the images that were looked at.`
}

function bareBlocks(wish: PromotionWish, observed: readonly ObservedRepository[]): Block[] {
  const bare = wish.images.flatMap(({ source }, index) =>
    [...(observed[index]?.images ?? [])]
      .filter(([, { evidence }]) => evidence.length === 0)
      .map(([digest]) => `${formatPlace(source)}@${digest}`),
  )
  return bare.length > 0 ? [text(`Without any evidence at the source: ${listed(bare)}.`)] : []
}

const count = (amount: number, one: string, many: string): string => `${amount} ${amount === 1 ? one : many}`

const listed = (items: readonly string[]): string =>
  [...items.slice(0, 20), ...(items.length > 20 ? [`and ${items.length - 20} more`] : [])].join(', ')
