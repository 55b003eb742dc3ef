/**
 * Debian and RPM packages: written from a short spec and the commands of a release, and read again for their metadata.
 */
export { type BuildPackagesInput, type BuiltPackages, buildPackages } from './build.ts'
export { readDeb } from './deb/index.ts'
export {
  type RpmChangelogEntry,
  type RpmDependency,
  type RpmDependencyKind,
  type RpmFile,
  type RpmMetadata,
  readRpm,
} from './rpm/index.ts'
