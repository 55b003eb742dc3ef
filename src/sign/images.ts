import {
  type Descriptor,
  type Digest,
  formatReference,
  type ImageReference,
  mediaTypes,
  parseIndex,
} from '../oci/index.ts'
import { openRepository, type Repository, type RepositoryOptions, resolveReference } from '../registry/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import type { Target } from './target.ts'

/**
 * Images by reference. A tag is resolved once; `recursive` adds every manifest that an index lists.
 * @throws UserError when a reference is none, or nothing is there
 */
export async function imageTargets(
  references: readonly string[],
  options: RepositoryOptions & { readonly recursive: boolean },
  step: Step,
): Promise<Target[]> {
  const targets = new Map<string, Target>()
  for (const text of references) {
    const reference = resolveReference(text, step)
    const repository = openRepository(reference.location, reference.name, step, options)
    for (const manifest of await manifestsOf(repository, reference, text, options.recursive)) {
      const { tag: _, ...untagged } = reference
      const name = formatReference({ ...untagged, digest: manifest.digest })
      const place = { kind: 'referrer', location: reference.location, repository: reference.name, manifest } as const
      targets.set(name, { name, content: { kind: 'image', digest: manifest.digest }, place })
    }
  }
  return [...targets.values()]
}

async function manifestsOf(
  repository: Repository,
  { tag, digest }: ImageReference,
  text: string,
  recursive: boolean,
): Promise<Descriptor[]> {
  const wanted = digest ?? tag
  if (wanted === undefined)
    throw new UserError(`'${text}' names neither a tag nor a digest`, { hint: 'Add :TAG or @sha256:….' })
  const root = await repository.headManifest(wanted)
  if (!root) throw new UserError(`There is no image ${text}`)
  const found = new Map<Digest, Descriptor>()
  const waiting = [root]
  for (let descriptor = waiting.pop(); descriptor; descriptor = waiting.pop()) {
    const { mediaType, digest: key, size } = descriptor
    if (found.has(key)) continue
    found.set(key, { mediaType, digest: key, size })
    if (recursive && isIndex(mediaType)) waiting.push(...(await childrenOf(repository, key)))
  }
  return [...found.values()]
}

async function childrenOf(repository: Repository, digest: Digest): Promise<readonly Descriptor[]> {
  const stored = await repository.readManifest(digest)
  if (!stored) throw new UserError(`${repository.address}@${digest} is not whole: a manifest that it lists is missing`)
  return parseIndex(stored.bytes, `${repository.address}@${digest}`).manifests
}

const isIndex = (mediaType: string): boolean =>
  mediaType === mediaTypes.index || mediaType === mediaTypes.dockerManifestList
