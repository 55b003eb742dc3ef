import type { PackageEntry, PackageMetadata, RelationKind, ScriptName } from '../package.ts'
import type { Relation } from '../relation.ts'

/** An RPM package before it is written: plain data. */
export interface RpmPackage {
  readonly metadata: PackageMetadata
  /** RPM's word: `x86_64`, `noarch`. */
  readonly architecture: string
  readonly relations: Readonly<Record<RelationKind, readonly Relation[]>>
  /** Sorted by path. */
  readonly entries: readonly PackageEntry[]
  /** Complete scriptlets, run by /bin/sh. */
  readonly scripts: Readonly<Partial<Record<ScriptName, string>>>
}
