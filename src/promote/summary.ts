import { type Block, heading, table, text } from '../runner/index.ts'
import type { Promotion } from './apply.ts'
import type { Observation } from './observe.ts'
import { digestOfPlan, type ImageTransfer, type PromotionPlan } from './plan.ts'
import type { FileWish, PromotionWish } from './wish.ts'

/** A summary is for reading; the plan itself is an output. */
const mostRows = 200

/** What a user wants to know of a promotion: what is new where, what is blocked, and what nobody signed. */
export function summaryOf(
  wish: PromotionWish,
  observation: Observation,
  plan: PromotionPlan,
  promotion: Promotion | undefined,
): Block[] {
  const copies = wish.images.reduce((sum, { destinations }) => sum + destinations.length, 0)
  const nothing = plan.images.length + plan.files.length + plan.conflicts.length === 0
  const rows = [...imageRows(plan, promotion), ...fileRows(plan, promotion)]
  return [
    heading(promotion ? 'Promotion' : 'Promotion (dry run)'),
    text(
      nothing
        ? `Nothing to do: ${count(copies, 'copy', 'copies')} of ${count(wish.images.length, 'image', 'images')} and ${count(wish.files.length, 'file', 'files')} are where they shall be.`
        : `${count(plan.images.length, 'copy', 'copies')} of images and ${count(plan.files.length, 'file', 'files')} ${promotion ? 'were' : 'are'} missing; ${count(plan.conflicts.length, 'conflict', 'conflicts')}. Plan ${digestOfPlan(plan)}.`,
    ),
    ...(rows.length === 0 ? [] : [table(['What', 'Where', 'New there', 'State'], rows.slice(0, mostRows))]),
    ...(rows.length > mostRows ? [text(`${rows.length - mostRows} more rows are in the output 'plan'.`)] : []),
    ...conflictBlocks(plan),
    ...evidenceBlocks(wish, observation),
  ]
}

function imageRows(plan: PromotionPlan, promotion: Promotion | undefined): string[][] {
  const outcomes: readonly { transfer: ImageTransfer; failure?: Error }[] =
    promotion?.images ?? plan.images.map((transfer) => ({ transfer }))
  return outcomes.map(({ transfer, failure }) => [
    `${transfer.source}@${transfer.digest}`,
    transfer.destination,
    [
      transfer.manifests.length > 0 ? count(transfer.manifests.length, 'manifest', 'manifests') : '',
      transfer.evidence.length > 0 ? `${transfer.evidence.length} of evidence` : '',
      transfer.tags.length > 0 ? transfer.tags.join(', ') : '',
    ]
      .filter(Boolean)
      .join('; '),
    failure ? 'failed' : promotion ? 'promoted' : 'missing',
  ])
}

function fileRows(plan: PromotionPlan, promotion: Promotion | undefined): string[][] {
  const outcomes: readonly { file: FileWish; failure?: Error }[] =
    promotion?.files ?? plan.files.map((file) => ({ file }))
  return outcomes.map(({ file, failure }) => [
    file.name,
    file.destination,
    file.kind,
    failure ? 'failed' : promotion ? 'promoted' : 'missing',
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

function evidenceBlocks(wish: PromotionWish, observation: Observation): Block[] {
  const bare = [...observation.sources].filter(([, { evidence }]) => evidence.length === 0).map(([image]) => image)
  const bareFiles = wish.files.filter(({ kind, evidence }) => kind === 'file' && evidence.length === 0)
  const carried = [...observation.sources.values()].reduce((sum, { evidence }) => sum + evidence.length, 0)
  if (observation.sources.size + wish.files.length === 0) return []
  return [
    text(
      `Evidence at the source is carried before each tag and restored where it is missing, but not judged: ${count(carried, 'piece', 'pieces')} beside images.`,
    ),
    ...(bare.length > 0 ? [text(`Without any evidence at the source: ${listed(bare)}.`)] : []),
    ...(bareFiles.length > 0
      ? [text(`Files without any evidence: ${listed(bareFiles.map(({ name }) => name))}.`)]
      : []),
  ]
}

const count = (amount: number, one: string, many: string): string => `${amount} ${amount === 1 ? one : many}`

const listed = (items: readonly string[]): string =>
  [...items.slice(0, 20), ...(items.length > 20 ? [`and ${items.length - 20} more`] : [])].join(', ')
