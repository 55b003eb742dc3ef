import { isDeepStrictEqual } from 'node:util'
import {
  type FileSubject,
  fileSubjects,
  newRecord,
  type ReleaseRecord,
  type Subject,
  withoutStaleEvidence,
  withSubjects,
} from '../release/index.ts'

/** What becomes of the record of an earlier run, and of the files it names. */
export interface Convergence {
  /** The new record; its evidence and the subjects that later steps added are those of the earlier run where it is kept. */
  readonly record: ReleaseRecord
  /** False when the release is another one: then the earlier one is removed first. */
  readonly isSame: boolean
  /** Paths of the earlier release that the new one lacks. */
  readonly stale: readonly string[]
}

type Described = Omit<ReleaseRecord, 'schemaVersion' | 'evidence' | 'subjects'>

/**
 * The same source, parameters, dependencies and files as before make the same release: what later steps added to it still
 * holds. Anything else makes a new release, of which nothing is known but what was just built.
 */
export function converge(
  described: Described,
  files: readonly FileSubject[],
  previous: ReleaseRecord | undefined,
): Convergence {
  const isSame =
    previous !== undefined &&
    isSameBuild(described, previous) &&
    files.every((file) => previous.subjects.some((known) => isDeepStrictEqual(known, file)))
  if (isSame) return { isSame, record: previous, stale: [] }
  const record = newRecord({ ...described, subjects: files })
  const kept = new Set(files.map(({ path }) => path))
  const known = previous ? [...fileSubjects(previous), ...previous.evidence] : []
  return { isSame, record, stale: known.map(({ path }) => path).filter((path) => !kept.has(path)) }
}

/** The record with what was built, and without evidence of what is no longer there. */
export const withBuilt = (record: ReleaseRecord, built: readonly Subject[]): ReleaseRecord =>
  withoutStaleEvidence(withSubjects(record, built))

// Both as JSON has them: without members that are undefined. What other actions did is theirs to compare.
function isSameBuild(described: Described, { project, version, source, build }: ReleaseRecord): boolean {
  const own = { parameters: { build: build.parameters.build }, dependencies: { build: build.dependencies.build } }
  return isDeepStrictEqual(JSON.parse(JSON.stringify(described)), { project, version, source, build: own })
}
