/** One file of a release and the bundles that speak of it, to be published in a store. */
export interface FileWish {
  readonly kind: 'evidence' | 'file' | 'checksums'
  readonly name: string
  /** Absolute path. */
  readonly source: string
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** Address of the store. */
  readonly destination: string
  /** Names of the evidence that must be there before it. */
  readonly evidence: readonly string[]
}

export const fileKey = (file: { readonly destination: string; readonly name: string }): string =>
  `${file.destination} ${file.name}`
