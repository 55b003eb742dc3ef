import {
  type Addition,
  editedText,
  type ManifestEdit,
  type ManifestSource,
  parseManifestSource,
  planEdit,
} from '../manifests/index.ts'
import { type Conflict, type PromotionPreview, previewPromotion } from '../promote/index.ts'
import { type Block, FailedItems, heading, type Step, table, text, UserError } from '../runner/index.ts'
import { resolveWish, versionOf, type Wish } from './additions.ts'
import type { EditOptions } from './options.ts'

/** An edit that is ready to be written, and what the promotion would do then. */
export interface Proposal extends Pick<ManifestEdit, 'text' | 'added'> {
  readonly source: ManifestSource
  readonly additions: readonly Addition[]
  readonly version: string
  readonly preview: PromotionPreview | undefined
}

/**
 * Edits the manifest in memory, and looks at what its promotion would do.
 * @throws UserError or FailedItems when something cannot be added
 */
export async function propose(
  source: ManifestSource,
  wish: Wish,
  { preview, plainHttp }: Pick<EditOptions, 'preview' | 'plainHttp'>,
  step: Step,
): Promise<Proposal> {
  const before = parseManifestSource(source)
  const additions = await resolveWish(wish, { source: before.source, plainHttp }, step)
  const { text: edited, added, wanted } = planEdit(source, additions)
  return {
    source,
    additions,
    version: versionOf(wish, additions),
    text: edited,
    added,
    preview: preview ? await previewPromotion([wanted], { plainHttp }, step) : undefined,
  }
}

/**
 * A manifest that no promotion can follow is not asked for.
 * @throws FailedItems that names each conflict
 */
export function requirePromotable({ preview }: Proposal): void {
  const stopping = (preview?.plan.conflicts ?? []).filter(isStopping)
  if (stopping.length === 0) return
  throw new FailedItems(
    'The promotion would stop; nothing was written',
    stopping.map(({ item, message }) => new UserError(`${item}: ${message}`)),
  )
}

/** Who may promote can often read more than who may only ask for it: that a destination is closed says nothing. */
const isStopping = ({ kind, destination }: Conflict): boolean => kind !== 'unreadable' || destination === undefined

export function summaryOf({ added, source, preview }: Proposal, where: string, dryRun: boolean): Block[] {
  const { file } = editedText(source)
  return [
    heading(dryRun ? 'Manifest (dry run)' : 'Manifest'),
    text(added.length === 0 ? `Nothing to add: ${file} has all of it.` : `New in ${file}${where}:`),
    ...(added.length === 0 ? [] : [additionTable(added)]),
    ...(preview?.summary ?? []),
  ]
}

export const additionTable = (additions: readonly Addition[]): Block =>
  table(
    ['Image', 'Digest', 'Tags'],
    additions.map(({ name, digest, tags }) => [name, digest, tags.join(', ')]),
  )
