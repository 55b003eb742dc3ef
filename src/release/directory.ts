import { lstat, readFile, realpath } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { digestOfBytes } from '../oci/index.ts'
import { describeError, UserError } from '../runner/index.ts'
import type { Evidence, FileSubject, Release, ReleaseRecord, Subject } from './record.ts'
import { validateRecord } from './schema.ts'
import { atomicWrite } from './write.ts'

const fileName = 'release.json'

/**
 * Reads and validates `release.json`; digests of subjects are proven by `proveSubjects`.
 * @throws UserError when there is none, when it is not valid, or when a path in it leaves the release directory
 */
export async function openRelease(directory: string): Promise<Release> {
  const path = join(directory, fileName)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new UserError(`Cannot read ${path}: ${describeError(error)}`)
    throw new UserError(`No release in ${directory}: release.json is missing`, {
      hint: "Run the 'build' step first, or name its folder with the input 'release'.",
    })
  }
  const record = parseRecord(text, path)
  await requireContained(directory, record)
  return { directory, record, digest: digestOfBytes(text) }
}

/** A record without evidence; nothing is written until `saveRelease`. */
export const newRecord = (content: Omit<ReleaseRecord, 'schemaVersion' | 'evidence'>): ReleaseRecord => ({
  schemaVersion: 1,
  ...content,
  evidence: [],
})

/** Writes `release.json` atomically; the same record gives the same bytes. `changed` is false when they were there. */
export async function saveRelease(
  directory: string,
  record: ReleaseRecord,
): Promise<Release & { readonly changed: boolean }> {
  const text = serializeRecord(record)
  const changed = await atomicWrite(join(directory, fileName), text)
  return { directory, record, digest: digestOfBytes(text), changed }
}

/** Sorted keys and lists, two spaces, a final newline. */
export function serializeRecord(record: ReleaseRecord): string {
  const sorted: ReleaseRecord = {
    ...record,
    subjects: [...record.subjects].sort((left, right) => compare(subjectKey(left), subjectKey(right))),
    evidence: [...record.evidence].sort((left, right) => compare(left.path, right.path)),
  }
  return `${JSON.stringify(sortKeys(sorted), null, 2)}\n`
}

function parseRecord(text: string, path: string): ReleaseRecord {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new UserError(`${path} is not JSON: ${describeError(error)}`, {
      hint: 'It was changed by hand or cut off; make the release again.',
      location: { file: path },
    })
  }
  const problem = validateRecord(json)
  if (problem) {
    throw new UserError(`${path} is not a release record: ${problem}`, {
      hint: 'It was changed by hand or made by another version; make the release again.',
      location: { file: path },
    })
  }
  // validateRecord checked it against the published schema of this very type.
  return json as ReleaseRecord
}

// A record is foreign data to the step that reads it: a path in it must not lead out of the folder, even by a link.
async function requireContained(directory: string, record: ReleaseRecord): Promise<void> {
  const root = await realpath(directory)
  const items: (FileSubject | Evidence)[] = [
    ...record.subjects.filter((subject) => subject.kind === 'file'),
    ...record.evidence,
  ]
  for (const { path } of items) {
    const target = resolve(root, path)
    const found = await lstat(target).then(
      () => realpath(target),
      () => target,
    )
    const inside = relative(root, found)
    if (inside.startsWith('..') || inside.startsWith(sep) || inside === '') {
      throw new UserError(`release.json names a path outside the release directory: ${path}`, {
        hint: 'Do not use this release: its record was tampered with.',
      })
    }
  }
}

const subjectKey = (subject: Subject): string => `${subject.kind} ${subject.name}`
const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => compare(left, right))
      .map(([key, member]) => [key, sortKeys(member)]),
  )
}
