import { type Addition, formatLocationOf } from '../manifests/index.ts'
import {
  type Digest,
  formatReference,
  type ImageLocation,
  type ImageReference,
  parseTag,
  type Tag,
} from '../oci/index.ts'
import { openRepository, resolveLocation, resolveReference } from '../registry/index.ts'
import { imageSubjects, openRelease } from '../release/index.ts'
import { FailedItems, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import type { EditOptions } from './options.ts'

/** What is to be added, as far as it is known without the manifest. */
export type Wish =
  | { readonly kind: 'additions'; readonly additions: readonly Addition[]; readonly version: string }
  /** References that need the manifest's source. */
  | { readonly kind: 'references'; readonly references: readonly string[]; readonly tags: readonly Tag[] }

/** @throws UserError when there is nothing to add */
export async function readWish({ images, release, tags }: EditOptions, step: Step): Promise<Wish> {
  const extra = tags.map(parseTag)
  if (images.length > 0) return { kind: 'references', references: images, tags: extra }
  const { record, directory } = await openRelease(release ?? step.resolvePath('release'))
  const additions = imageSubjects(record).map(({ name, digest, tags: own }) => ({
    name,
    digest,
    tags: unique([...own.map(parseTag), ...extra]),
  }))
  if (additions.length === 0) throw new UserError(`The release in ${directory} has no images`)
  return { kind: 'additions', additions, version: record.version }
}

export interface ResolveContext {
  /** Where the manifest takes images from. */
  readonly source: ImageLocation
  readonly plainHttp: readonly string[]
}

/**
 * The wish by digests. Each tag is resolved once, here, in the source of the manifest.
 * @throws FailedItems that names every image that is not there
 */
export async function resolveWish(wish: Wish, context: ResolveContext, step: Step): Promise<readonly Addition[]> {
  if (wish.kind === 'additions') return wish.additions
  const source = resolveLocation(context.source, step)
  const failures: Error[] = []
  const found = await mapConcurrently(wish.references, 8, async (text): Promise<Addition | undefined> => {
    const { reference, name } = referenceBelow(source, text, step)
    const { tag } = reference
    const digest = await digestOf(reference, { ...context, source }, name, step)
    if (digest) return { name, digest, tags: unique([...(tag ? [tag] : []), ...wish.tags]) }
    failures.push(
      new UserError(`${formatReference(reference)} is not there`, { hint: 'Check the repository and the tag.' }),
    )
    return undefined
  })
  if (failures.length > 0) throw new FailedItems('Images that cannot be added', failures)
  return found.filter((addition) => addition !== undefined)
}

/** An image below the source, with the name that it has there. */
function referenceBelow(
  source: ImageLocation,
  text: string,
  step: Step,
): { readonly reference: ImageReference; readonly name: string } {
  const prefix = formatReference({ location: source, name: '' })
  // A first part with a dot or a port is a host, as docker has it.
  const isWhole = /^(?:oci:|localhost\/|[^/]*[.:][^/]*\/)/.test(text)
  const reference = resolveReference(isWhole ? text : `${prefix}${text}`, step)
  const { location, name, tag, digest } = reference
  const address = formatReference({ location, name })
  if (!address.startsWith(prefix)) {
    throw new UserError(`${text} is not in the source of the manifest, ${formatLocationOf(source)}`, {
      hint: 'Bring it there first, or edit the manifest of another project.',
    })
  }
  if (!(tag || digest)) {
    throw new UserError(`'${text}' names neither a tag nor a digest`, { hint: 'Write NAME:TAG or NAME@sha256:….' })
  }
  return { reference, name: address.slice(prefix.length) }
}

async function digestOf(
  { digest, tag }: ImageReference,
  { source, plainHttp }: ResolveContext,
  name: string,
  step: Step,
): Promise<Digest | undefined> {
  if (digest || !tag) return digest
  return (await openRepository(source, name, step, { plainHttp }).headManifest(tag))?.digest
}

const unique = (tags: readonly Tag[]): Tag[] => [...new Set(tags)]

/** What a pull request with these calls itself after: the release's version, the first tag, or else a digest. */
export function versionOf(wish: Wish, additions: readonly Addition[]): string {
  if (wish.kind === 'additions') return wish.version
  const [first] = additions
  return additions.flatMap(({ tags }) => tags)[0] ?? first?.digest.slice('sha256:'.length, 'sha256:'.length + 12) ?? ''
}
