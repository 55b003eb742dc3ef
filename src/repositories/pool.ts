import { UserError } from '../runner/index.ts'
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

/** SHA-256 of those of the packages that lie in the folder, by path. */
export async function observePackages(
  folder: string,
  packages: readonly ListedFile[],
): Promise<ReadonlyMap<string, string>> {
  const store = openStore(`file:${folder}`)
  const found = new Map<string, string>()
  for (const { path } of packages) {
    const sha256 = await store.digestOf(path)
    if (sha256) found.set(path, sha256)
  }
  return found
}

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
  const lost = observation.unsigned.filter((path) => !entries.has(path))
  if (lost.length > 0) {
    throw new UserError(
      `The index in ${observation.folder} is not signed, and lists packages that this release has not: ${lost[0]}`,
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

const sameVersion = (entry: ListedFile, there: string, folder: string): UserError =>
  new UserError(
    `${entry.path} was published with other bytes: ${folder} has sha256:${there}, the release has sha256:${entry.sha256}`,
    { hint: "Raise the packages' revision and build them again: clients do not fetch a version that they have." },
  )
