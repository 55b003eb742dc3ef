/**
 * Signatures: over files, and over images by their digests; in a release, beside files, or in a registry.
 * How a bundle becomes evidence of a release is here for `attest`, too.
 */
export { type Attachment, attach, attachmentOf, isAttached } from './attachment.ts'
export { imageSignatureType } from './content.ts'
export { type EvidenceBundle, evidenceOf, isEvidenceKept, keepEvidence } from './evidence.ts'
export type { SignedSubject } from './report.ts'
export { type SignInput, type SignResult, sign } from './sign.ts'
