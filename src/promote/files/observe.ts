import { FailedItems, mapConcurrently, UserError } from '../../runner/index.ts'
import { openStore } from '../../storage/index.ts'
import { type FileWish, fileKey } from './wish.ts'

/** SHA-256 of what is in a store, by `fileKey`; nothing is there for a key that is missing. */
export type FileObservation = ReadonlyMap<string, string>

export async function observeFiles(wishes: readonly FileWish[]): Promise<FileObservation> {
  const found = new Map<string, string>()
  const failures: Error[] = []
  await mapConcurrently(wishes, 4, async (file) => {
    try {
      const sha256 = await openStore(file.destination).digestOf(file.name)
      if (sha256 !== undefined) found.set(fileKey(file), sha256)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(error)
    }
  })
  if (failures.length > 0) throw new FailedItems('Stores that cannot be read', failures)
  return found
}
