import type { Digest, Tag } from '../oci/index.ts'

/** One signed document beside a manifest, and what its verification found. Plain data: who judges reads nothing else. */
export interface EvidenceFact {
  /** The manifest that it lies beside. */
  readonly subject: Digest
  /** Of the evidence's own manifest. */
  readonly digest: Digest
  readonly tag?: Tag
  /** The predicate type that annotations claim for it, unproven; undefined where they claim none. */
  readonly claimed: string | undefined
  readonly outcome: Outcome
}

export type Outcome =
  /** It holds, and is by one of the signers. A signature is a statement without a predicate, too. */
  | { readonly kind: 'verified'; readonly predicateType: string; readonly subjects: readonly Digest[] }
  | { readonly kind: 'wrong-signer'; readonly reason: string }
  | { readonly kind: 'invalid'; readonly reason: string }
