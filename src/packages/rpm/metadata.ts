/** What a package says of itself in its headers: all that an index of packages needs. */
export interface RpmMetadata {
  readonly name: string
  /** rpm's word: `x86_64`. */
  readonly architecture: string
  readonly version: { readonly epoch: number; readonly version: string; readonly release: string }
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
  /** Offsets of the main header in the file; `end` is where the payload begins. */
  readonly headerRange: { readonly start: number; readonly end: number }
  readonly dependencies: Readonly<Record<RpmDependencyKind, readonly RpmDependency[]>>
  readonly files: readonly RpmFile[]
  /** Oldest first. */
  readonly changelog: readonly RpmChangelogEntry[]
  /** OpenPGP signature packet over the bytes of `headerRange`; absent from an unsigned package. */
  readonly signature?: Uint8Array
}

export type RpmDependencyKind =
  | 'provides'
  | 'requires'
  | 'conflicts'
  | 'obsoletes'
  | 'suggests'
  | 'enhances'
  | 'recommends'
  | 'supplements'

export interface RpmDependency {
  readonly name: string
  readonly comparison?: 'LT' | 'LE' | 'EQ' | 'GE' | 'GT'
  /** `[epoch:]version[-release]`; empty when any version will do. */
  readonly version: string
  /** Needed before the package's scripts run. */
  readonly pre: boolean
}

export interface RpmFile {
  readonly path: string
  readonly type: 'file' | 'dir' | 'ghost'
}

export interface RpmChangelogEntry {
  readonly author: string
  /** Seconds since 1970. */
  readonly time: number
  readonly text: string
}
