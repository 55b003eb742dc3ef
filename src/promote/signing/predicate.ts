import { builderOf, buildType, isObject } from '../../attest/index.ts'
import type { Digest, Tag } from '../../oci/index.ts'
import type { Step } from '../../runner/index.ts'
import { formatPlace, type RepositoryWish, type SignedEvidence, signedKey } from '../images/index.ts'

/** Predicate type by which a promotion says what it did. See docs/promotion-predicate.md. */
export const promotionType = buildType.replace('build-type.md', 'promotion-predicate.md')

/** What was promoted from where to where, by whom and under which plan; the subject is the image's digest. */
export interface PromotionPredicate {
  /** `HOST/NAME`. */
  readonly source: string
  /** `HOST/NAME`, sorted. */
  readonly destinations: readonly string[]
  readonly tags: readonly Tag[]
  readonly plan: { readonly sha256: string }
  readonly promoter: { readonly id: string; readonly invocationId?: string }
}

export interface PromotedImage {
  readonly digest: Digest
  readonly source: string
  readonly destinations: readonly string[]
  readonly tags: readonly Tag[]
}

/** By `SOURCE@DIGEST`. */
export type PromotedImages = ReadonlyMap<string, PromotedImage>

/** What is said once: a signature is the same wherever the image came from, a promotion is not. */
export const statementKey = (evidence: SignedEvidence, source: string): string =>
  evidence.predicateType === promotionType ? `${source} ${signedKey(evidence)}` : signedKey(evidence)

/** What a promotion says of each image: all of its destinations, also those that other shards look after. */
export function promotedImages(wishes: readonly RepositoryWish[]): PromotedImages {
  const promoted = new Map<string, PromotedImage>()
  for (const wish of wishes) {
    const source = formatPlace(wish.source)
    for (const { digest, tags } of wish.images) {
      const other = promoted.get(`${source}@${digest}`)
      const destinations = new Set([...(other?.destinations ?? []), ...wish.destinations.map(formatPlace)])
      promoted.set(`${source}@${digest}`, {
        digest,
        source,
        destinations: [...destinations].sort(),
        tags: [...new Set([...(other?.tags ?? []), ...tags])].sort(),
      })
    }
  }
  return promoted
}

export function promotionPredicate(
  { source, destinations, tags }: PromotedImage,
  plan: Digest,
  step: Pick<Step, 'environment' | 'onGitHub'>,
  identity: string | undefined,
): PromotionPredicate {
  const { id, invocationId } = builderOf(step, identity)
  return {
    source,
    destinations,
    tags,
    plan: { sha256: plan.slice('sha256:'.length) },
    promoter: { id, ...(invocationId === undefined ? {} : { invocationId }) },
  }
}

/** Whether an earlier statement says all that would be said now; under which plan and in which run does not count. */
export function saysTheSame(predicate: unknown, { source, destinations, tags }: PromotedImage): boolean {
  if (!isObject(predicate)) return false
  return predicate.source === source && contains(predicate.destinations, destinations) && contains(predicate.tags, tags)
}

const contains = (found: unknown, wanted: readonly string[]): boolean =>
  Array.isArray(found) && wanted.every((one) => found.includes(one))
