/**
 * The release record: what is in a release directory, by digest. Actions hand it on; nothing else passes between them.
 */

export { writeChecksums } from './checksums.ts'
export { newRecord, openRelease, saveRelease } from './directory.ts'
export { type FileHashes, hashFile } from './hash.ts'
export { proveSubjects } from './prove.ts'
export type {
  BuildDependency,
  Evidence,
  EvidenceSigner,
  FileRole,
  FileSubject,
  ImageSubject,
  Parameters,
  PlatformManifest,
  Release,
  ReleaseRecord,
  Source,
  Subject,
} from './record.ts'
export {
  digestsOf,
  fileSubject,
  fileSubjects,
  imageSubjects,
  withEvidence,
  withoutStaleEvidence,
  withSubjects,
} from './subjects.ts'
export { atomicWrite } from './write.ts'
