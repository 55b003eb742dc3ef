/** One file that shall be in a store, wherever it was read from. Plain data. */
export interface FileWish {
  readonly kind: FileKind
  /** Below the destination, with `/`. */
  readonly name: string
  readonly source: FileSource
  readonly sha256: string
  /** Bytes, where it is known before the source is looked at. */
  readonly size?: number
  /** Address of the store. */
  readonly destination: string
  /** Names of the evidence that must be there before it. */
  readonly evidence: readonly string[]
}

/** What is published when: evidence before the files that it speaks of, and checksums when all that they list is there. */
export type FileKind = 'evidence' | 'file' | 'checksums'

/** A file by its name in a store, or among the assets of a release on GitHub. */
export interface FileSource {
  /** `file:FOLDER`, `s3://BUCKET/PREFIX`, `gs://BUCKET/PREFIX` or `github:OWNER/REPOSITORY/TAG`. */
  readonly address: string
  readonly name: string
}

export const fileKey = (file: { readonly destination: string; readonly name: string }): string =>
  `${file.destination} ${file.name}`

export const sourceKey = ({ address, name }: FileSource): string => `${address} ${name}`
