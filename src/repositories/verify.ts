import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SigningKey } from '../openpgp/index.ts'
import { FailedItems, type Step, UserError } from '../runner/index.ts'
import { byHash, readAptIndex } from './apt/observe.ts'
import { readListed } from './documents.ts'
import { observePackages } from './pool.ts'
import type { ListedFile, RepositoryKind, SignedIndex } from './repository.ts'
import { readRpmIndex } from './rpm/observe.ts'

/**
 * Reads a repository as its clients do: signatures, indices, then every package that is listed.
 * Packages whose SHA-256 is known already, by path, are not hashed again.
 * @throws UserError when its index is not whole; FailedItems that names each package that is missing or differs
 */
export async function verifyRepository(
  kind: RepositoryKind,
  folder: string,
  known: ReadonlyMap<string, string>,
  key: SigningKey,
  step: Step,
): Promise<void> {
  const entries = await (kind === 'deb' ? verifyAptIndex : verifyRpmIndex)(folder, key, step.now())
  const fresh = entries.filter(({ path }) => !known.has(path))
  const digests = new Map([...known, ...(await observePackages(folder, fresh, step))])
  const failures: Error[] = []
  for (const { path, size, sha256 } of entries) {
    const found = await stat(join(folder, path)).catch(() => undefined)
    if (found?.size === size && digests.get(path) === sha256) continue
    failures.push(new UserError(`${join(folder, path)} is missing or differs from what the signed index lists`))
  }
  if (failures.length > 0) throw new FailedItems(`Packages of ${folder}`, failures)
}

async function verifyAptIndex(folder: string, key: SigningKey, now: Date): Promise<readonly ListedFile[]> {
  const { index, entries } = requireComplete(await readAptIndex(folder, key, now), folder)
  for (const file of index.files) {
    for (const path of [file.path, `${byHash}/${file.sha256}`]) await readListed(folder, [path], file)
  }
  return entries
}

const verifyRpmIndex = async (folder: string, key: SigningKey, now: Date): Promise<readonly ListedFile[]> =>
  requireComplete(await readRpmIndex(folder, key, now), folder).entries

function requireComplete<Index extends SignedIndex<ListedFile, unknown>>(
  index: Index | undefined,
  folder: string,
): Index {
  if (index?.complete) return index
  throw new UserError(`The index of ${folder} or one of its signatures is missing`, { hint: 'Run the step again.' })
}
