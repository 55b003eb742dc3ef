import type { Digest, Tag } from '../oci/index.ts'
import type { StoredManifest } from '../registry/index.ts'
import type { PolicyMode } from './policy.ts'

/** An image and what lies beside it at its source. */
export interface ImageWithEvidence {
  /** Children before the index that lists them; the root last. */
  readonly manifests: readonly StoredManifest[]
  readonly evidence: readonly {
    readonly subject: Digest
    /** `sha256-<hex>.sig` or `.att`; undefined for a referrer. */
    readonly tag?: Tag
    /** The root last. */
    readonly manifests: readonly StoredManifest[]
  }[]
}

export interface EvidenceVerdict {
  readonly mode: PolicyMode
  /** Empty when all that is demanded is there. */
  readonly findings: readonly EvidenceFinding[]
  /** What fulfils the demands: to be found at a destination before the image's tag is. */
  readonly needed: readonly NeededEvidence[]
}

/** One demand that is not met. */
export interface EvidenceFinding {
  /** What is wrong: nothing is there, it is by somebody else, or what is there does not hold. */
  readonly kind: 'missing-signature' | 'missing-predicate' | 'wrong-signer' | 'invalid'
  /** The manifest that lacks it. */
  readonly manifest: Digest
  /** One line, without the name of the image. */
  readonly message: string
}

/** A piece of verified evidence. Its digest covers all that was verified: whoever has the same digest has the same proof. */
export interface NeededEvidence {
  readonly subject: Digest
  readonly digest: Digest
  readonly tag?: Tag
}
