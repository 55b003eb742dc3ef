import type { PackageEntry, PackageMetadata, RelationKind, ScriptName } from '../package.ts'

/** A Debian package before it is written: plain data. */
export interface DebPackage {
  readonly metadata: PackageMetadata
  /** Debian's word: `amd64`, `all`. */
  readonly architecture: string
  /** In Debian's syntax. */
  readonly relations: Readonly<Record<RelationKind, readonly string[]>>
  /** Sorted by path. */
  readonly entries: readonly PackageEntry[]
  /** Complete maintainer scripts. */
  readonly scripts: Readonly<Partial<Record<ScriptName, string>>>
}
