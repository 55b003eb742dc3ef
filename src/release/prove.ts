import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { FailedItems, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import { hashFile } from './hash.ts'
import type { FileSubject, Release } from './record.ts'
import { fileSubjects } from './subjects.ts'

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
    const actual = await hashFile(join(directory, subject.path), signal)
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
