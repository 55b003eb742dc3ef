import type { Digest, Tag } from '../../oci/index.ts'
import type { Listing } from '../../registry/index.ts'
import { subjectOfTag } from './evidence-tag.ts'
import { hasEveryTag } from './lack.ts'
import type { ObservedDestination } from './observation.ts'
import type { RepositoryWish } from './wish.ts'

/**
 * The images of which the lists of tags do not say that they and their evidence tags are at every destination. Lists are
 * cheap, one request for thousands of tags; only these images are looked at one by one. Pure.
 */
export function unsettledImages(
  wish: RepositoryWish,
  source: Listing,
  destinations: readonly ObservedDestination[],
): ReadonlySet<Digest> {
  const readable = destinations.filter((found) => found.unreadable === undefined)
  if (readable.length === 0) return new Set()
  const untagged = wish.images.filter((image) => !readable.every((found) => hasEveryTag(image, found)))
  const unsettled = new Set(untagged.map(({ digest }) => digest))
  const roots = new Set(wish.images.map(({ digest }) => digest))
  const subjects = missingEvidence(source.tags, readable).map(subjectOfTag)
  // The evidence of a platform does not say which index lists it.
  if (subjects.some((subject) => subject && !roots.has(subject))) return roots
  for (const subject of subjects) if (subject) unsettled.add(subject)
  return unsettled
}

const missingEvidence = (tags: ReadonlySet<Tag>, destinations: readonly ObservedDestination[]): Tag[] =>
  [...tags].filter((tag) => subjectOfTag(tag) && destinations.some(({ listed }) => !listed.has(tag)))
