import { type Digest, isDigest, parseTag, type Tag } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'

/** What one listing of a repository tells, so that its reader need not ask for each tag. */
export interface Listing {
  readonly tags: ReadonlySet<Tag>
  /** What tags hold, as far as the listing tells it; a tag that is missing here must be asked for. */
  readonly digests?: ReadonlyMap<Tag, Digest>
  /** Every manifest of the repository, also those without a tag; only where the registry tells them. */
  readonly manifests?: ReadonlySet<Digest>
}

/** A page of `tags/list` as it came, but for what is no tag or no digest. */
interface Page {
  readonly tags: readonly string[]
  /** Google's extension: the tags of each manifest. */
  readonly manifests: ReadonlyMap<Digest, readonly string[]> | undefined
}

/**
 * The pages of `tags/list` as one listing. One tag that is malformed does not hide the others.
 * Source: distribution specification 1.1, "Listing Tags"; Artifact Registry and Container Registry add `manifest`, a map of
 * every digest in the repository: `{"sha256:…": {"tag": ["v1"], "mediaType": …}}`.
 * @throws UserError when a page is no list of tags
 */
export function parseListing(
  pages: readonly Uint8Array[],
  address: string,
): { readonly listing: Listing; readonly malformed: readonly string[] } {
  const parsed = pages.map((page) => parsePage(page, address))
  const listed = parsed.flatMap(({ tags }) => tags)
  const held = parsed.flatMap(({ manifests }) => [...(manifests ?? [])])
  const tags = new Set<Tag>()
  const malformed = new Set<string>()
  for (const text of [...listed, ...held.flatMap(([, names]) => names)]) {
    const tag = tagOf(text)
    if (tag === undefined) malformed.add(text)
    else tags.add(tag)
  }
  const complete = parsed.length > 0 && parsed.every(({ manifests }) => manifests !== undefined)
  const listing = complete
    ? { tags, digests: digestsOf(held), manifests: new Set(held.map(([digest]) => digest)) }
    : { tags }
  return { listing, malformed: [...malformed] }
}

/** The tag that a text is, in a list that others wrote. */
export function tagOf(text: string): Tag | undefined {
  try {
    return parseTag(text)
  } catch {
    return undefined
  }
}

/** A tag that two manifests claim was moved while the pages were read; then none of them counts. */
function digestsOf(held: readonly (readonly [Digest, readonly string[]])[]): Map<Tag, Digest> {
  const digests = new Map<Tag, Digest>()
  const moved = new Set<Tag>()
  for (const [digest, names] of held) {
    for (const tag of names.map(tagOf)) {
      if (tag === undefined) continue
      if (digests.has(tag) && digests.get(tag) !== digest) moved.add(tag)
      digests.set(tag, digest)
    }
  }
  for (const tag of moved) digests.delete(tag)
  return digests
}

function parsePage(bytes: Uint8Array, address: string): Page {
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    // Reported below, as any other content.
  }
  // A repository without tags has `null` in some registries.
  const tags = isRecord(json) && 'tags' in json ? (json.tags ?? []) : undefined
  if (!(isRecord(json) && Array.isArray(tags))) throw new UserError(`${address}: the list of tags is malformed`)
  return { tags: tags.filter(isText), manifests: isRecord(json.manifest) ? manifestsIn(json.manifest) : undefined }
}

function manifestsIn(map: Record<string, unknown>): Map<Digest, readonly string[]> {
  const manifests = new Map<Digest, readonly string[]>()
  for (const [digest, told] of Object.entries(map)) {
    if (!(isDigest(digest) && isRecord(told))) continue
    manifests.set(digest, Array.isArray(told.tag) ? told.tag.filter(isText) : [])
  }
  return manifests
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
