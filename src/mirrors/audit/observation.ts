import type { Digest, Tag } from '../../oci/index.ts'
import type { EvidenceVerdict } from '../../policy/index.ts'
import type { ExpectedImage, Place } from './expected.ts'

/** What all mirrors have of one repository. Plain data. */
export interface RepositoryObservation {
  readonly images: readonly ObservedImage[]
  readonly places: readonly ObservedPlace[]
}

export interface ObservedImage {
  readonly image: ExpectedImage
  /** All manifests of the image, the root last; only the root where no mirror could tell the others. */
  readonly manifests: readonly Digest[]
  /** Why they could not be read. */
  readonly failure?: string
}

export type ObservedPlace =
  | { readonly place: Place; readonly found: FoundRepository }
  | { readonly place: Place; readonly failure: string }

export interface FoundRepository {
  /** Every tag; undefined where nobody needs to know what it holds. */
  readonly tags: ReadonlyMap<Tag, Digest | undefined>
  /** Of the manifests that are expected, those that are there. */
  readonly manifests: ReadonlySet<Digest>
  /** By the manifest that it is about. */
  readonly evidence: ReadonlyMap<Digest, readonly Evidence[]>
  /** By root; only with an evidence policy. */
  readonly verdicts: ReadonlyMap<Digest, EvidenceVerdict>
}

/** A signature, attestation or SBOM. */
export interface Evidence {
  readonly digest: Digest
  /** `sha256-<hex>.sig`, `.att` or `.sbom`; undefined for a referrer. */
  readonly tag?: Tag
  /** By what it says of itself; nobody has verified it. */
  readonly isSignature: boolean
}
