import {
  type EvidenceJudge,
  type NeededEvidence,
  openEvidenceJudge,
  readEvidencePolicy,
  requirementsOf,
} from '../policy/index.ts'
import type { Repository, StoredManifest } from '../registry/index.ts'
import { describeError, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import { formatPlace, type ObservedRepository, type RepositoryWish, type SourceImage } from './images/index.ts'
import type { Repositories } from './repositories.ts'

/** What an evidence policy says of the images that it judges, each by `SOURCE@DIGEST`. */
export interface Judgement {
  /** They block their image. */
  readonly objections: ReadonlyMap<string, readonly string[]>
  /** They are only told. */
  readonly warnings: ReadonlyMap<string, readonly string[]>
  /** For which an image passes, where it must: a destination has it before it has the tag. */
  readonly needed: ReadonlyMap<string, readonly NeededEvidence[]>
  readonly judged: number
  /** Images that nobody looks at, as the policy says. */
  readonly off: number
  /** Images that are whole everywhere, and gone from their source. */
  readonly gone: number
}

const imagesAtOnce = 4

/**
 * Judges at the source what was read of each image. Evidence is carried by its digest, so that what holds there holds at
 * every destination that has the same digest.
 * @throws UserError when the policy, or a key that it names, cannot be read
 */
export async function judgeImages(
  path: string,
  wishes: readonly RepositoryWish[],
  observed: readonly ObservedRepository[],
  repositories: Repositories,
  step: Step,
): Promise<Judgement> {
  const policy = await readEvidencePolicy(path, step)
  const judge = await openEvidenceJudge(policy)
  const objections = new Map<string, readonly string[]>()
  const warnings = new Map<string, readonly string[]>()
  const needed = new Map<string, readonly NeededEvidence[]>()
  const looked = wishes.flatMap((wish, index) =>
    [...(observed[index]?.images ?? [])].map(([digest, image]) => {
      const project = wish.project === '' ? undefined : wish.project
      return { source: wish.source, digest, image, project, mode: requirementsOf(policy, project).mode }
    }),
  )
  const items = looked.filter(({ mode }) => mode !== 'off')
  const progress = step.progress('Judging evidence', items.length)
  await mapConcurrently(items, imagesAtOnce, async ({ source, digest, image, project, mode }) => {
    step.signal.throwIfAborted()
    const judged = await judgeImage(judge, project, image, repositories.open(source))
    const item = `${formatPlace(source)}@${digest}`
    // An image that two projects promote has to please both.
    const add = <T>(map: Map<string, readonly T[]>, more: readonly T[]): void => {
      if (more.length > 0) map.set(item, [...(map.get(item) ?? []), ...more])
    }
    add(mode === 'require' ? objections : warnings, judged.messages)
    if (mode === 'require') add(needed, judged.needed)
    progress.advance()
  })
  progress.done()
  for (const [item, messages] of warnings) for (const message of messages) step.log.warning(`${item}: ${message}`)
  return {
    objections,
    warnings,
    needed,
    judged: items.length,
    off: looked.length - items.length,
    gone: wishes.reduce((sum, wish, index) => sum + goneFrom(wish, observed[index]), 0),
  }
}

const goneFrom = ({ images }: RepositoryWish, observed: ObservedRepository | undefined): number =>
  images.filter(({ digest }) => !observed?.images.has(digest) && !observed?.unreadable.has(digest)).length

async function judgeImage(
  judge: EvidenceJudge,
  project: string | undefined,
  image: SourceImage,
  repository: Repository,
): Promise<{ readonly messages: readonly string[]; readonly needed: readonly NeededEvidence[] }> {
  try {
    const { findings, needed } = await judge.judge(
      project,
      {
        manifests: image.manifests.flatMap(({ stored }) => stored ?? []),
        evidence: image.evidence.flatMap(withManifests),
      },
      repository,
    )
    return { messages: findings.map(({ manifest, message }) => `${manifest}: ${message}`), needed }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    // Evidence that cannot be read proves nothing.
    return { messages: [describeError(error)], needed: [] }
  }
}

const withManifests = ({
  manifests,
  ...evidence
}: SourceImage['evidence'][number]): (Omit<SourceImage['evidence'][number], 'manifests'> & {
  readonly manifests: readonly StoredManifest[]
})[] => (manifests ? [{ ...evidence, manifests }] : [])
