/**
 * Signatures: over files, and over images by their digests; in a release, beside files, or in a registry.
 * How a bundle becomes evidence of a release is here for `attest`, too.
 */
export { type EvidenceBundle, evidenceOf, isEvidenceKept, keepEvidence } from './evidence.ts'
