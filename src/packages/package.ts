/** The formats a package is made in. */
export const packageFormats = ['deb', 'rpm'] as const

export type PackageFormat = (typeof packageFormats)[number]

/** A value that differs from format to format. */
export type PerFormat<Value> = Readonly<Record<PackageFormat, Value>>

/** How data is compressed, by the words of the tools that pack it. */
export const compressions = ['gzip', 'zstd', 'xz'] as const

export type Compression = (typeof compressions)[number]

/** When a script runs, by the words of both formats' users; each format has its own name for it. */
export const scriptNames = ['preinstall', 'postinstall', 'preremove', 'postremove'] as const

export type ScriptName = (typeof scriptNames)[number]

/** How a package relates to others. `replaces` is Replaces of Debian and Obsoletes of RPM. */
export const relationKinds = ['depends', 'recommends', 'suggests', 'conflicts', 'provides', 'replaces'] as const

export type RelationKind = (typeof relationKinds)[number]

/** One file of a package. Folders follow from the paths of the files. */
export interface PackageEntry {
  /** Absolute, where it is installed. */
  readonly path: string
  /** Permission bits. */
  readonly mode: number
  /** What it is for; a changed `config` file survives an upgrade. */
  readonly kind: 'plain' | 'config' | 'documentation' | 'license'
  readonly content: PackageContent
}

/** Bytes, or a file read as a stream. `sha256` is demanded of it where the release record knows it. */
export type PackageContent =
  | { readonly bytes: Uint8Array }
  | { readonly file: string; readonly size: number; readonly sha256?: string }

export const contentSize = (content: PackageContent): number =>
  'bytes' in content ? content.bytes.length : content.size

/** What both formats say of a package. */
export interface PackageMetadata {
  readonly name: string
  readonly version: PackageVersion
  /** One line. */
  readonly summary: string
  /** Lines of text. */
  readonly description: string
  /** `Name <address>`. */
  readonly maintainer: string
  readonly homepage?: string
  /** SPDX license expression. */
  readonly license: string
  /** Section of the Debian archive. */
  readonly section: string
  /** The release it was made from, as its tag: `v1.2.3`. */
  readonly release: string
  /** Seconds since 1970: of every file and of the package itself. */
  readonly time: number
}

/** Both formats' version: `upstream-revision`. */
export interface PackageVersion {
  readonly upstream: string
  /** Counts the packages made of the same upstream version. */
  readonly revision: string
}

export const formatVersion = ({ upstream, revision }: PackageVersion): string => `${upstream}-${revision}`
