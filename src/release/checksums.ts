import { join } from 'node:path'
import type { ReleaseRecord } from './record.ts'
import { fileSubject, fileSubjects, withSubjects } from './subjects.ts'
import { atomicWrite } from './write.ts'

/**
 * Writes `files/SHA256SUMS` and `files/SHA512SUMS` over every file subject but themselves, in the format of
 * `sha256sum` (two spaces, name), sorted by name, and returns the record with both as subjects.
 * Every step that adds a file subject calls this, so that the sums are complete both ways.
 */
export async function writeChecksums(directory: string, record: ReleaseRecord): Promise<ReleaseRecord> {
  const listed = fileSubjects(record)
    .filter((subject) => subject.role !== 'checksums')
    .sort((left, right) => (left.name < right.name ? -1 : 1))
  const sums = await Promise.all(
    (['sha256', 'sha512'] as const).map(async (algorithm) => {
      const path = join(directory, 'files', `${algorithm.toUpperCase()}SUMS`)
      await atomicWrite(path, listed.map((subject) => `${subject[algorithm]}  ${subject.name}\n`).join(''))
      return fileSubject(directory, path, { role: 'checksums', mediaType: 'text/plain' })
    }),
  )
  return withSubjects(record, sums)
}
