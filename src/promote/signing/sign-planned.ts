import { mapConcurrently, type Step, UserError } from '../../runner/index.ts'
import {
  formatPlace,
  type ImagePromotion,
  type ObservedRepository,
  type RepositoryWish,
  type SourceImage,
  signedKey,
} from '../images/index.ts'
import { type AttachmentContext, statementMaker } from './attach.ts'
import { statementKey } from './predicate.ts'

const statementsAtOnce = 6

export interface SignedStatements {
  /** `SOURCE@DIGEST` of the manifest, and the predicate type. */
  readonly made: readonly string[]
  readonly failures: readonly UserError[]
}

interface Observed {
  readonly wishes: readonly RepositoryWish[]
  readonly observed: readonly ObservedRepository[]
}

/** Makes and keeps everything that a plan has to be signed, and attaches it nowhere. One that fails does not stop the others. */
export async function signPlanned(
  promotions: readonly ImagePromotion[],
  observed: Observed,
  context: AttachmentContext,
  step: Step,
): Promise<SignedStatements> {
  const { found, signing } = context
  const images = imagesOf(observed)
  const make = statementMaker(context, step)
  const wanted = promotions.flatMap(({ source, digest, transfers }) => {
    const evidence = new Map(transfers.flatMap(({ signed }) => signed.map((one) => [signedKey(one), one] as const)))
    const missing = [...evidence.values()].filter(
      (one) => found.get(statementKey(one, source))?.repository !== signing.kept,
    )
    return missing.map((one) => ({ source, item: `${source}@${digest}`, evidence: one }))
  })
  const made: string[] = []
  const failures: UserError[] = []
  const progress = step.progress('Signing', wanted.length)
  await mapConcurrently(wanted, statementsAtOnce, async ({ source, item, evidence }) => {
    step.signal.throwIfAborted()
    const image = images.get(item)
    if (!image) throw new Error(`the plan has ${item} signed, which was not looked at`)
    try {
      await make(image, source, evidence)
      made.push(`${source}@${evidence.subject} ${evidence.predicateType}`)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(new UserError(`${item}: ${error.message}`, error.hint === undefined ? {} : { hint: error.hint }))
    }
    progress.advance()
  })
  progress.done()
  return { made: made.sort(), failures }
}

/** By `SOURCE@DIGEST`. */
function imagesOf({ wishes, observed }: Observed): ReadonlyMap<string, SourceImage> {
  const images = new Map<string, SourceImage>()
  for (const [index, { source }] of wishes.entries()) {
    for (const [digest, image] of observed[index]?.images ?? []) images.set(`${formatPlace(source)}@${digest}`, image)
  }
  return images
}
