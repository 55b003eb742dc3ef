/**
 * Signatures: over files, and over images by their digests; in a release, beside files, or in a registry.
 * How a bundle becomes evidence of a release, or a referrer of an image, is here for `attest`, too.
 */

export { type Attachment, attach, attachmentOf } from './attachment.ts'
export { imageSignatureType, signContent } from './content.ts'
export { type EvidenceBundle, isEvidenceKept, keepEvidence } from './evidence.ts'
export { type SignInput, type SignResult, sign } from './sign.ts'
