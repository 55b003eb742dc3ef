/**
 * Debian and RPM packages: written from a short spec and the commands of a release, and read again for their metadata.
 */
export { readDeb } from './deb/read.ts'
export type { RpmChangelogEntry, RpmDependency, RpmDependencyKind, RpmFile, RpmMetadata } from './rpm/metadata.ts'
export { readRpm } from './rpm/read.ts'
