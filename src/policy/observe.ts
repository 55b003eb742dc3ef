import type { Repository } from '../registry/index.ts'
import { mapConcurrently } from '../runner/index.ts'
import { imageSignatureType } from '../sign/index.ts'
import type { BundleVerifier } from '../sigstore/index.ts'
import type { ByteGate } from './byte-gate.ts'
import type { EvidenceFact, Outcome } from './facts.ts'
import { acceptedTypes } from './judge.ts'
import { type SignedDocument, signedDocuments } from './signed-document.ts'
import type { ImageWithEvidence } from './verdict.ts'
import { verifyDocument } from './verify-document.ts'

const documentsAtOnce = 4

/** Finds out what is proven of an image. */
export type EvidenceObserver = (image: ImageWithEvidence, repository: Repository) => Promise<EvidenceFact[]>

/**
 * Reads and verifies what lies beside images; a document that lies beside several is read once.
 * What claims to attest something that nobody asked for, such as an SBOM of many megabytes, is left unread.
 * @param predicates that are demanded beside signatures
 */
export function evidenceObserver(
  verifiers: readonly BundleVerifier[],
  predicates: readonly string[],
  gate: ByteGate,
): EvidenceObserver {
  const wanted = new Set([imageSignatureType, ...predicates.flatMap(acceptedTypes)])
  const outcomes = new Map<string, Promise<Outcome>>()

  const outcomeOf = (document: SignedDocument, repository: Repository): Promise<Outcome> => {
    const { mediaType, digest, annotations } = document.layer
    // In the legacy formats the annotations are part of the signature.
    const key = JSON.stringify([mediaType, digest, annotations])
    const known = outcomes.get(key)
    if (known !== undefined) return known
    const outcome = gate(document.layer.size, () => verifyDocument(document, repository, verifiers))
    outcomes.set(key, outcome)
    // What could not be read now may be readable in another repository.
    outcome.catch(() => outcomes.delete(key))
    return outcome
  }

  return (image, repository) => {
    const documents = signedDocuments(image).filter(({ claimed }) => claimed === undefined || wanted.has(claimed))
    return mapConcurrently(documents, documentsAtOnce, async (document): Promise<EvidenceFact> => {
      const { subject, digest, tag, claimed } = document
      const outcome = 'outcome' in document ? document.outcome : await outcomeOf(document, repository)
      return { subject, digest, ...(tag === undefined ? {} : { tag }), claimed, outcome }
    })
  }
}
