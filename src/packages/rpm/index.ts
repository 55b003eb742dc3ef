/** RPM packages, version 4 of the format. */
export { rpmDocuments } from './documents.ts'
export type { RpmChangelogEntry, RpmDependency, RpmDependencyKind, RpmFile, RpmMetadata } from './metadata.ts'
export type { RpmPackage } from './package.ts'
export { readRpm } from './read.ts'
export { rpmScripts } from './scripts.ts'
export { type HeaderSigner, writeRpm } from './write.ts'
