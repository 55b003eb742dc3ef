import type { Repository } from '../../registry/index.ts'
import { mapConcurrently, UserError } from '../../runner/index.ts'
import type { SourceEvidence } from './source-image.ts'

/** What was verified at the source. Its digest covers all of that: who has the same digest has the same proof. */
export type NeededEvidence = Pick<SourceEvidence, 'subject' | 'tag' | 'digest'>

const requestsAtOnce = 6

/**
 * Judges a destination, before its tag: whoever looks for the evidence there finds that for which the image passed at its source.
 * @throws UserError
 */
export async function requireEvidence(needed: readonly NeededEvidence[], destination: Repository): Promise<void> {
  const subjects = Map.groupBy(needed, ({ subject }) => subject)
  await mapConcurrently([...subjects], requestsAtOnce, async ([subject, evidence]) => {
    const hasReferrers = evidence.some(({ tag }) => tag === undefined)
    const referrers = hasReferrers ? await destination.listReferrers(subject) : []
    for (const { digest, tag } of evidence) {
      const found = tag === undefined ? referrers : [await destination.headManifest(tag)]
      if (found.some((one) => one?.digest === digest)) continue
      const where = tag === undefined ? `as a referrer of ${subject}` : `under ${tag}`
      throw new UserError(
        `${destination.address}: ${digest}, which the evidence policy demands, is not found ${where}`,
        {
          hint: 'Another process may have removed it; run it again.',
        },
      )
    }
  })
}
