/**
 * The release record: what is in a release directory, by digest. Actions hand it on; nothing else passes between them.
 */
export { hashFile, type FileHashes } from './hash.ts'
export { createRelease, openRelease, saveRelease } from './directory.ts'
export { proveSubjects } from './prove.ts'
export { digestsOf, fileSubject, fileSubjects, imageSubjects, withEvidence, withSubjects } from './subjects.ts'
export { writeChecksums } from './checksums.ts'
export { atomicWrite } from './write.ts'
export type {
  BuildDependency,
  Evidence,
  EvidenceSigner,
  FileRole,
  FileSubject,
  PlatformManifest,
  ImageSubject,
  Release,
  ReleaseRecord,
  Source,
  Subject,
} from './record.ts'
