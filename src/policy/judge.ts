import { predicateTypes } from '../attest/index.ts'
import type { Digest } from '../oci/index.ts'
import { imageSignatureType } from '../sign/index.ts'
import type { EvidenceFact } from './facts.ts'
import { objectionsTo } from './objection.ts'
import { platformsOf } from './platforms.ts'
import type { Requirements } from './policy.ts'
import type { EvidenceFinding, EvidenceVerdict, ImageWithEvidence, NeededEvidence } from './verdict.ts'

/** A demand of the policy and how it ended: by evidence that fulfils it, or with a finding. */
type Answer = { readonly met: readonly EvidenceFact[] } | { readonly finding: EvidenceFinding }

/**
 * Judges an image by what was verified beside it.
 * A signature is demanded of every manifest, also of those that an index lists: who pulls one platform has that digest.
 * A predicate is demanded of the image as a whole: its root has it, or each of its platforms does.
 */
export function judgeEvidence(
  { manifests }: Pick<ImageWithEvidence, 'manifests'>,
  { mode, predicates }: Requirements,
  facts: readonly EvidenceFact[],
): EvidenceVerdict {
  const sorted = facts.toSorted((left, right) => (preference(left) < preference(right) ? -1 : 1))
  const root = manifests.at(-1)?.descriptor.digest
  if (root === undefined) throw new Error('an image has a root')
  const platforms = platformsOf(manifests)
  const answers = [
    ...manifests.map(({ descriptor }) => answerSignature(descriptor.digest, sorted)),
    ...predicates.map((predicate) => answerPredicate(predicate, root, platforms, sorted)),
  ]
  return {
    mode,
    findings: answers.flatMap((answer) => ('finding' in answer ? answer.finding : [])),
    needed: placesOf(answers.flatMap((answer) => ('met' in answer ? answer.met : []))),
  }
}

// Referrers before legacy tags, which others add to; beyond that, the same choice in every run.
const preference = ({ tag, digest, subject }: EvidenceFact): string => [tag ?? '', digest, subject].join(' ')

function answerSignature(manifest: Digest, facts: readonly EvidenceFact[]): Answer {
  const fact = factAbout(manifest, [imageSignatureType], facts)
  if (fact) return { met: [fact] }
  const { kind = 'missing-signature', reasons } = objectionsTo([manifest], [imageSignatureType], facts)
  return { finding: { kind, manifest, message: reasons ?? 'nobody signed it' } }
}

function answerPredicate(
  predicate: string,
  root: Digest,
  platforms: readonly Digest[],
  facts: readonly EvidenceFact[],
): Answer {
  const types = acceptedTypes(predicate)
  const ofRoot = factAbout(root, types, facts)
  if (ofRoot) return { met: [ofRoot] }
  const ofPlatforms = platforms.map((platform) => factAbout(platform, types, facts))
  const met = ofPlatforms.filter((fact) => fact !== undefined)
  if (platforms.length > 0 && met.length === platforms.length) return { met }

  const lacking = platforms.filter((platform, index) => platform !== root && !ofPlatforms[index])
  const { kind = 'missing-predicate', reasons } = objectionsTo([root, ...lacking], types, facts)
  const whereElse = lacking.length === 0 ? '' : `, nor of each platform: not of ${lacking.join(', ')}`
  const because = reasons === undefined ? '' : ` (${reasons})`
  return { finding: { kind, manifest: root, message: `no signer attested ${predicate} of it${whereElse}${because}` } }
}

// A statement counts for what its subjects say, never for what it lies beside.
const factAbout = (
  manifest: Digest,
  types: readonly string[],
  facts: readonly EvidenceFact[],
): EvidenceFact | undefined =>
  facts.find(
    ({ subject, outcome }) =>
      subject === manifest &&
      outcome.kind === 'verified' &&
      types.includes(outcome.predicateType) &&
      outcome.subjects.includes(manifest),
  )

/** The types that fulfil a demand: cosign and actions/attest name SPDX documents by different ones. */
export const acceptedTypes = (predicate: string): readonly string[] =>
  predicate === predicateTypes.spdx ? [predicateTypes.spdx, predicateTypes.spdxVersioned] : [predicate]

/** Each piece of evidence once, though it may fulfil several demands. */
function placesOf(facts: readonly EvidenceFact[]): NeededEvidence[] {
  const places = facts.map(({ subject, digest, tag }) => ({ subject, digest, ...(tag === undefined ? {} : { tag }) }))
  return [...new Map(places.map((place) => [`${place.subject} ${place.digest} ${place.tag}`, place])).values()]
}
