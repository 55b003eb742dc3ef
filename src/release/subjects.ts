import { basename, relative, sep } from 'node:path'
import type { Platform } from '../oci/index.ts'
import { type Digest, digestFromHex } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'
import { hashFile } from './hash.ts'
import type { Evidence, FileRole, FileSubject, ImageSubject, ReleaseRecord, Subject } from './record.ts'

export const fileSubjects = (record: ReleaseRecord, role?: FileRole): FileSubject[] =>
  record.subjects.filter((subject) => subject.kind === 'file').filter((subject) => !role || subject.role === role)

export const imageSubjects = (record: ReleaseRecord): ImageSubject[] =>
  record.subjects.filter((subject) => subject.kind === 'image')

/** Every digest that evidence can speak of: of a file, or of an image's index and each of its platform manifests. */
export function digestsOf(subject: Subject): Digest[] {
  return subject.kind === 'file'
    ? [digestFromHex(subject.sha256)]
    : [subject.digest, ...subject.manifests.map((manifest) => manifest.digest)]
}

/** Hashes a file that lies in the release directory and describes it. */
export async function fileSubject(
  directory: string,
  path: string,
  options: { role: FileRole; mediaType: string; platform?: Platform; signal?: AbortSignal },
): Promise<FileSubject> {
  return {
    kind: 'file',
    name: basename(path),
    path: relative(directory, path).split(sep).join('/'),
    role: options.role,
    ...(options.platform ? { platform: options.platform } : {}),
    mediaType: options.mediaType,
    ...(await hashFile(path, options.signal)),
  }
}

/**
 * The record with these subjects; one of the same kind and name is replaced.
 * @throws UserError when a file subject would have the path of another
 */
export function withSubjects(record: ReleaseRecord, added: readonly Subject[]): ReleaseRecord {
  const byName = new Map([...record.subjects, ...added].map((subject) => [`${subject.kind} ${subject.name}`, subject]))
  const subjects = [...byName.values()]
  const paths = new Set<string>()
  for (const subject of subjects) {
    if (subject.kind !== 'file') continue
    if (paths.has(subject.path)) throw new UserError(`Two subjects have the path ${subject.path}`)
    paths.add(subject.path)
  }
  return { ...record, subjects }
}

/** The record with this evidence; evidence at the same path is replaced. */
export function withEvidence(record: ReleaseRecord, added: readonly Evidence[]): ReleaseRecord {
  const byPath = new Map([...record.evidence, ...added].map((evidence) => [evidence.path, evidence]))
  return { ...record, evidence: [...byPath.values()] }
}

/** The record without evidence that speaks of something which is no longer in it. */
export function withoutStaleEvidence(record: ReleaseRecord): ReleaseRecord {
  const digests = new Set(record.subjects.flatMap(digestsOf))
  const holds = (evidence: Evidence): boolean => evidence.subjects.every((digest) => digests.has(digest))
  return { ...record, evidence: record.evidence.filter(holds) }
}
