import { availableParallelism } from 'node:os'
import { mapConcurrently, type Step, UserError } from '../runner/index.ts'
import { openStore } from '../storage/index.ts'
import type { Candidate, ListedFile, Observation } from './repository.ts'

/** A package file to bring into the repository. */
export interface Copy extends ListedFile {
  /** Absolute path in the release. */
  readonly source: string
}

export interface Pool<Entry extends ListedFile> {
  /** Every package that the index is to list, sorted by path: those it lists now and those of the release. */
  readonly entries: readonly Entry[]
  /** Paths of those it did not list before. */
  readonly added: readonly string[]
  readonly copies: readonly Copy[]
}

/** SHA-256 of those of the packages that lie in the folder, by path; each is hashed once. */
export async function observePackages(
  folder: string,
  packages: readonly ListedFile[],
  step: Step,
): Promise<ReadonlyMap<string, string>> {
  const store = openStore(`file:${folder}`, step)
  const files = [...new Map(packages.map((file) => [file.path, file])).values()]
  const found = new Map<string, string>()
  if (files.length === 0) return found
  const progress = step.progress(`Hashing packages of ${folder}`, totalSize(files), 'bytes')
  await mapConcurrently(files, availableParallelism(), async ({ path, size }) => {
    step.signal.throwIfAborted()
    const sha256 = await store.digestOf(path)
    if (sha256) found.set(path, sha256)
    progress.advance(size)
  })
  progress.done()
  return found
}

export const totalSize = (files: readonly ListedFile[]): number => files.reduce((total, { size }) => total + size, 0)

/**
 * Adds the packages of a release to those that are listed; a published package is never replaced or dropped.
 * @throws UserError when another package has the same name, version and architecture, or an unsigned index lists others
 */
export function planPool<Entry extends ListedFile>(
  candidates: readonly Candidate<Entry>[],
  observation: Observation<Entry, unknown>,
): Pool<Entry> {
  const published = new Map((observation.current?.entries ?? []).map((entry) => [entry.path, entry]))
  const entries = new Map(published)
  for (const { entry } of candidates) {
    const there = entries.get(entry.path)?.sha256 ?? observation.packages.get(entry.path)
    if (there !== undefined && there !== entry.sha256) throw sameVersion(entry, there, observation.folder)
    if (!entries.has(entry.path)) entries.set(entry.path, entry)
  }
  requirePublished(observation, new Set(candidates.map(({ entry }) => entry.path)))
  const unlisted = observation.unsigned.filter((path) => !entries.has(path))
  if (unlisted.length > 0) {
    throw new UserError(
      `The index in ${observation.folder} is not signed, and lists packages that this release has not: ${unlisted[0]}`,
      {
        hint: 'Publish to an empty folder; its packages can be published there as well.',
      },
    )
  }
  return {
    entries: [...entries.values()].sort((left, right) => (left.path < right.path ? -1 : 1)),
    added: [...entries.keys()].filter((path) => !published.has(path)).sort(),
    copies: candidates
      .filter(({ entry }) => !observation.packages.has(entry.path))
      .map(({ entry: { path, size, sha256 }, source }) => ({ path, size, sha256, source })),
  }
}

// An index must not be signed anew over a package that clients could not get.
function requirePublished(
  { folder, current, packages }: Observation<ListedFile, unknown>,
  restorable: ReadonlySet<string>,
): void {
  const broken = (current?.entries ?? []).filter(({ path, sha256 }) => {
    const there = packages.get(path)
    return there === undefined ? !restorable.has(path) : there !== sha256
  })
  if (broken.length === 0) return
  const paths = broken.map(({ path }) => path).join(', ')
  throw new UserError(`Packages of ${folder} are missing or differ from what the signed index lists: ${paths}`, {
    hint: 'The folder was changed by hand or copied in part; restore it from its last good copy.',
  })
}

const sameVersion = (entry: ListedFile, there: string, folder: string): UserError =>
  new UserError(
    `${entry.path} was published with other bytes: ${folder} has sha256:${there}, the release has sha256:${entry.sha256}`,
    { hint: "Raise the packages' revision and build them again: clients do not fetch a version that they have." },
  )
