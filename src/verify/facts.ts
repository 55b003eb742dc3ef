import type { Statement } from '../attest/index.ts'
import type { Descriptor, Digest } from '../oci/index.ts'
import type { Evidence, FileHashes, ReleaseRecord } from '../release/index.ts'
import type { VerifiedSigner } from '../sigstore/index.ts'

/** A path in `files/` or `evidence/`, recorded or found there. */
export interface FileFact {
  /** Relative to the release directory, with forward slashes. */
  readonly path: string
  /** Undefined when there is no regular file to hash. */
  readonly hashes: FileHashes | undefined
  /** Why there are no hashes. */
  readonly problem: string | undefined
}

/** What the verifier found a recorded bundle to be. */
export type EvidenceContent =
  | { readonly kind: 'statement'; readonly statement: Statement; readonly signer: VerifiedSigner }
  /** A signature over bytes, with the digests of the files that it holds for. */
  | { readonly kind: 'signature'; readonly digests: readonly Digest[]; readonly signer: VerifiedSigner }
  | { readonly kind: 'invalid'; readonly reason: string }

export interface EvidenceFact {
  readonly evidence: Evidence
  /** False when the record says that another signer made it than the one that is believed here. */
  readonly expected: boolean
  readonly content: EvidenceContent
}

/** A manifest or index that can be reached in the layout, its bytes proven. */
export interface ManifestFact {
  readonly digest: Digest
  readonly mediaType: string
  /** Bytes. */
  readonly size: number
  /** Manifests of an index. */
  readonly children: readonly Descriptor[]
  /** Config and layers of a manifest. */
  readonly blobs: readonly Descriptor[]
  readonly subject: Descriptor | undefined
}

/** An entry of the layout's index.json. */
export interface LayoutEntry {
  /** `hello:v1.2.3`; undefined for what is only there by digest, as referrers are. */
  readonly name: string | undefined
  readonly descriptor: Descriptor
}

export interface LayoutFacts {
  /** Why the layout cannot be read at all. */
  readonly problem: string | undefined
  readonly entries: readonly LayoutEntry[]
  readonly manifests: readonly ManifestFact[]
  /** Manifests and blobs that are missing, damaged, or of another size than said. */
  readonly damaged: readonly { readonly digest: Digest; readonly reason: string }[]
}

/** All that was found in a release directory. Plain data: whoever judges it reads nothing else. */
export interface ReleaseFacts {
  readonly record: ReleaseRecord
  readonly files: readonly FileFact[]
  /** Text of SHA256SUMS and SHA512SUMS; undefined when the file is not there. */
  readonly checksums: Readonly<Record<ChecksumAlgorithm, string | undefined>>
  readonly evidence: readonly EvidenceFact[]
  readonly layout: LayoutFacts
}

export type ChecksumAlgorithm = 'sha256' | 'sha512'
