import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { SigningKey } from '../openpgp/index.ts'
import { FailedItems, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import { openStore } from '../storage/index.ts'
import { byHash, observeApt } from './apt/observe.ts'
import { readListed } from './documents.ts'
import type { ListedFile, RepositoryKind, SignedIndex } from './repository.ts'
import { observeRpm } from './rpm/observe.ts'

/**
 * Reads a repository as its clients do: signatures, indices, then every package that is listed.
 * @throws UserError when its index is not whole; FailedItems that names each package that is missing or differs
 */
export async function verifyRepository(
  kind: RepositoryKind,
  folder: string,
  key: SigningKey,
  step: Step,
): Promise<void> {
  const entries = await (kind === 'deb' ? verifyAptIndex : verifyRpmIndex)(folder, key, step.now())
  const progress = step.progress(
    `Reading back ${folder}`,
    entries.reduce((sum, { size }) => sum + size, 0),
    'bytes',
  )
  const failures: Error[] = []
  await mapConcurrently(entries, availableParallelism(), async (entry) => {
    step.signal.throwIfAborted()
    if (!(await isThere(folder, entry))) {
      failures.push(new UserError(`${join(folder, entry.path)} is missing or differs from what the signed index lists`))
    }
    progress.advance(entry.size)
  })
  progress.done()
  if (failures.length > 0) throw new FailedItems(`Packages of ${folder}`, failures)
}

async function verifyAptIndex(folder: string, key: SigningKey, now: Date): Promise<readonly ListedFile[]> {
  const { index, entries } = requireComplete((await observeApt(folder, [], key, now)).current, folder)
  for (const file of index.files) {
    for (const path of [file.path, `${byHash}/${file.sha256}`]) await readListed(folder, [path], file)
  }
  return entries
}

async function verifyRpmIndex(folder: string, key: SigningKey, now: Date): Promise<readonly ListedFile[]> {
  return requireComplete((await observeRpm(folder, [], key, now)).current, folder).entries
}

function requireComplete<Index extends SignedIndex<ListedFile, unknown>>(
  index: Index | undefined,
  folder: string,
): Index {
  if (index?.complete) return index
  throw new UserError(`The index of ${folder} or one of its signatures is missing`, { hint: 'Run the step again.' })
}

async function isThere(folder: string, { path, size, sha256 }: ListedFile): Promise<boolean> {
  const found = await stat(join(folder, path)).catch(() => undefined)
  return found?.size === size && (await openStore(`file:${folder}`).digestOf(path)) === sha256
}
