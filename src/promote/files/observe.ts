import { describeError, mapConcurrently, type Step, UserError } from '../../runner/index.ts'
import type { StoredFile } from '../../storage/index.ts'
import type { FileStores } from './stores.ts'
import { type FileWish, fileKey, sourceKey } from './wish.ts'

/** What is in the stores, as far as the wishes ask for it. */
export interface FileObservation {
  /** SHA-256 by `fileKey`; nothing is there for a key that is missing. */
  readonly destinations: ReadonlyMap<string, string>
  /** By `sourceKey`, of what some destination lacks; nothing is there for a key that is missing. */
  readonly sources: ReadonlyMap<string, StoredFile>
  /** Why a file could not be looked at, by `fileKey` or `sourceKey`. */
  readonly unreadable: ReadonlyMap<string, string>
}

const requestsAtOnce = 16

/** Looks at each destination, and at the source of what is missing there. What cannot be read does not stop the others. */
export async function observeFiles(
  wishes: readonly FileWish[],
  stores: FileStores,
  step: Step,
): Promise<FileObservation> {
  const destinations = new Map<string, string>()
  const sources = new Map<string, StoredFile>()
  const unreadable = new Map<string, string>()
  const note = async <T>(key: string, found: Map<string, T>, look: () => Promise<T | undefined>): Promise<void> => {
    try {
      step.signal.throwIfAborted()
      const value = await look()
      if (value !== undefined) found.set(key, value)
    } catch (error) {
      step.signal.throwIfAborted()
      if (!(error instanceof UserError)) throw error
      unreadable.set(key, describeError(error))
    }
  }

  const progress = step.progress('Looking at files', wishes.length)
  await mapConcurrently(wishes, requestsAtOnce, async (file) => {
    await note(fileKey(file), destinations, () => stores.destination(file.destination).digestOf(file.name))
    progress.advance()
  })
  progress.done()
  const missing = new Map(
    wishes.filter((file) => !destinations.has(fileKey(file))).map(({ source }) => [sourceKey(source), source]),
  )
  await mapConcurrently([...missing], requestsAtOnce, ([key, { address, name }]) =>
    note(key, sources, () => stores.source(address).stat(name)),
  )
  return { destinations, sources, unreadable }
}
