import { type EvidenceJudge, openEvidenceJudge, readEvidencePolicy } from '../policy/index.ts'
import type { StoredManifest } from '../registry/index.ts'
import { describeError, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import { formatPlace, type ObservedRepository, type RepositoryWish, type SourceImage } from './images/index.ts'
import type { Repositories } from './repositories.ts'

/** What an evidence policy says of the images that it judges, each by `SOURCE@DIGEST`. */
export interface Judgement {
  /** They block their image. */
  readonly objections: ReadonlyMap<string, readonly string[]>
  /** They are only told. */
  readonly warnings: ReadonlyMap<string, readonly string[]>
  readonly judged: number
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
  const judge = await openEvidenceJudge(await readEvidencePolicy(path, step))
  const objections = new Map<string, readonly string[]>()
  const warnings = new Map<string, readonly string[]>()
  const items = wishes.flatMap((wish, index) =>
    [...(observed[index]?.images ?? [])].map(([digest, image]) => ({ wish, digest, image })),
  )
  const progress = step.progress('Judging evidence', items.length)
  await mapConcurrently(items, imagesAtOnce, async ({ wish, digest, image }) => {
    step.signal.throwIfAborted()
    const messages = await judgeImage(judge, wish, image, repositories)
    const item = `${formatPlace(wish.source)}@${digest}`
    if (messages.objections.length > 0) objections.set(item, messages.objections)
    if (messages.warnings.length > 0) warnings.set(item, messages.warnings)
    progress.advance()
  })
  progress.done()
  for (const [item, messages] of warnings) for (const message of messages) step.log.warning(`${item}: ${message}`)
  return { objections, warnings, judged: items.length }
}

async function judgeImage(
  judge: EvidenceJudge,
  { project, source }: RepositoryWish,
  image: SourceImage,
  repositories: Repositories,
): Promise<{ readonly objections: readonly string[]; readonly warnings: readonly string[] }> {
  try {
    const { mode, findings } = await judge.judge(
      project === '' ? undefined : project,
      {
        manifests: image.manifests.flatMap(({ stored }) => stored ?? []),
        evidence: image.evidence.flatMap(withManifests),
      },
      repositories.open(source),
    )
    const messages = findings.map(({ manifest, message }) => `${manifest}: ${message}`)
    return mode === 'require' ? { objections: messages, warnings: [] } : { objections: [], warnings: messages }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    // Evidence that cannot be read proves nothing.
    return { objections: [describeError(error)], warnings: [] }
  }
}

const withManifests = ({
  manifests,
  ...evidence
}: SourceImage['evidence'][number]): (Omit<SourceImage['evidence'][number], 'manifests'> & {
  readonly manifests: readonly StoredManifest[]
})[] => (manifests ? [{ ...evidence, manifests }] : [])
