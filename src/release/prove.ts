import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { FailedItems, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import { type FileHashes, hashFile } from './hash.ts'
import type { FileSubject, Release } from './record.ts'
import { fileSubjects } from './subjects.ts'

// What this process has hashed, by all that changes with a file's bytes: a chain of steps hashes each file once. `verify`
// does not ask here: it reads every byte again.
const hashed = new Map<string, FileHashes>()

// A change so soon after another may leave the time as it was.
const timestampTick = 100

/**
 * Re-hashes file subjects by streaming; images are proven by their layout, which is addressed by digest.
 * @throws FailedItems that names every subject that is missing or differs from the record
 */
export async function proveSubjects(
  release: Release,
  step: Step,
  subjects: readonly FileSubject[] = fileSubjects(release.record),
): Promise<void> {
  const progress = step.progress(
    'Proving digests',
    subjects.reduce((total, subject) => total + subject.size, 0),
    'bytes',
  )
  const failures: Error[] = []
  await mapConcurrently(subjects, availableParallelism(), async (subject) => {
    const failure = await differenceOf(release.directory, subject, step.signal)
    if (failure) failures.push(failure)
    progress.advance(subject.size)
  })
  progress.done()
  if (failures.length > 0) throw new FailedItems('Files that differ from release.json', failures)
}

async function differenceOf(directory: string, subject: FileSubject, signal: AbortSignal): Promise<Error | undefined> {
  try {
    const actual = await hashesOf(join(directory, subject.path), signal)
    if (actual.sha256 === subject.sha256 && actual.sha512 === subject.sha512 && actual.size === subject.size)
      return undefined
    return new UserError(
      `${subject.path}: digest mismatch: recorded sha256:${subject.sha256}, found sha256:${actual.sha256}`,
    )
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

async function hashesOf(path: string, signal: AbortSignal): Promise<FileHashes> {
  const found = await stat(path, { bigint: true }).catch(() => undefined)
  if (!found) return hashFile(path, signal)
  const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = found
  const key = [dev, ino, size, mtimeNs, ctimeNs].join()
  const known = hashed.get(key)
  if (known) return known
  const hashes = await hashFile(path, signal)
  if (Date.now() - Number(ctimeMs) > timestampTick) hashed.set(key, hashes)
  return hashes
}
