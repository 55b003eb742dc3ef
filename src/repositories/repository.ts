import { createHash } from 'node:crypto'
import { UserError } from '../runner/index.ts'

/** `deb` is an apt repository, `rpm` an rpm-md one; both words are the folders they lie in. */
export type RepositoryKind = 'deb' | 'rpm'

/** A file as an index lists it. */
export interface ListedFile {
  /** Relative to the repository's folder, with forward slashes: `amd64/hello_1.2.3-1_amd64.deb`. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** 64 hexadecimal digits. */
  readonly sha256: string
}

/** A small file of a repository, whole: an index, a signature, a public key. */
export interface Document {
  readonly path: string
  readonly bytes: Buffer
}

/** The document as an index lists it. */
export const listed = ({ path, bytes }: Document): ListedFile => ({
  path,
  size: bytes.length,
  sha256: sha256Of(bytes),
})

export const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** A package of the release, and its entry for the index. */
export interface Candidate<Entry extends ListedFile> {
  readonly entry: Entry
  /** Absolute path of the file in the release. */
  readonly source: string
}

/**
 * What a repository folder holds.
 * `Index` is what the signed file says: Release or repomd.xml.
 */
export interface Observation<Entry extends ListedFile, Index> {
  /** Absolute path. */
  readonly folder: string
  /** The signed index, proven; undefined where none is. */
  readonly current: SignedIndex<Entry, Index> | undefined
  /** Packages that an index lists which nobody signed: what a first publication leaves when it is killed. */
  readonly unsigned: readonly string[]
  /** Every file but the packages, by path. */
  readonly documents: ReadonlyMap<string, { readonly sha256: string; readonly modified: Date }>
  /** SHA-256 of the packages that are there of those that the index lists and those of the release, by path. */
  readonly packages: ReadonlyMap<string, string>
}

export interface SignedIndex<Entry extends ListedFile, Index> {
  readonly text: string
  readonly index: Index
  readonly entries: readonly Entry[]
  /** False when one of its signatures is missing or belongs to another index: clients may refuse it. */
  readonly complete: boolean
}

/**
 * Checks the path of a package before it is used on this machine.
 * @throws UserError when it could lead out of the repository, or is more than letters, digits and `._+~^:-` in each part
 */
export function packagePath(path: string): string {
  if (!path.split('/').every((part) => /^[A-Za-z0-9_][A-Za-z0-9._+~^:-]*$/.test(part))) {
    throw new UserError(`'${path}' cannot be a package of a repository`, {
      hint: 'Its name, version and architecture may hold letters, digits and . _ + ~ ^ -, and start with a letter or digit.',
    })
  }
  return path
}
