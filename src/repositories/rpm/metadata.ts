/** What the indices of rpm-md say of one package, read from its header. */
export interface RpmMetadata {
  readonly name: string
  /** rpm's word: `x86_64`. */
  readonly architecture: string
  readonly version: PackageVersion
  readonly summary: string
  readonly description: string
  readonly packager: string
  readonly url: string
  readonly license: string
  readonly vendor: string
  readonly group: string
  readonly buildHost: string
  /** File name of the source package; empty when there is none. */
  readonly sourcePackage: string
  /** Seconds since 1970. */
  readonly buildTime: number
  /** Bytes of the installed files. */
  readonly installedSize: number
  /** Bytes of the uncompressed payload. */
  readonly archiveSize: number
  /** Offsets of the main header in the file: dnf reads only this range of a remote package. */
  readonly headerRange: { readonly start: number; readonly end: number }
  readonly dependencies: Readonly<Record<DependencyKind, readonly Dependency[]>>
  readonly files: readonly PackagedFile[]
  /** Oldest first. */
  readonly changelog: readonly ChangelogEntry[]
}

export interface PackageVersion {
  readonly epoch: number
  readonly version: string
  readonly release: string
}

/** In the order of createrepo_c. */
export const dependencyKinds = [
  'provides',
  'requires',
  'conflicts',
  'obsoletes',
  'suggests',
  'enhances',
  'recommends',
  'supplements',
] as const

export type DependencyKind = (typeof dependencyKinds)[number]

export interface Dependency {
  readonly name: string
  readonly comparison?: 'LT' | 'LE' | 'EQ' | 'GE' | 'GT'
  /** `[epoch:]version[-release]`; empty when any version will do. */
  readonly version: string
  /** Needed before the package's scripts run. */
  readonly pre: boolean
}

export interface PackagedFile {
  readonly path: string
  readonly type: 'file' | 'dir' | 'ghost'
}

export interface ChangelogEntry {
  readonly author: string
  /** Seconds since 1970. */
  readonly time: number
  readonly text: string
}
