import { join, resolve } from 'node:path'
import { atomicWrite, type Release, saveRelease, withSubjects, writeChecksums } from '../release/index.ts'
import { mapConcurrently } from '../runner/index.ts'
import type { PlannedDocument, SbomPlan } from './plan.ts'

/** Each write waits for the disk, so that several at a time take little longer than one. */
const writesAtOnce = 8

/** Writes what is not there yet. */
export async function writeDocuments(folder: string, documents: readonly PlannedDocument[]): Promise<void> {
  const missing = documents.filter(({ state }) => state !== 'unchanged')
  await mapConcurrently(missing, writesAtOnce, ({ name, text }) => atomicWrite(resolve(folder, name), text))
}

/** Writes the documents, the sums over them, and last the record that names them. */
export async function applySboms(release: Release, plan: SbomPlan): Promise<Release & { readonly changed: boolean }> {
  await writeDocuments(join(release.directory, 'files'), plan.documents)
  return saveRelease(
    release.directory,
    await writeChecksums(release.directory, withSubjects(release.record, plan.subjects)),
  )
}
