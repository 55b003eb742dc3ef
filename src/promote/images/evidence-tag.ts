import { type Digest, digestFromHex, hexOf, parseTag, type Tag } from '../../oci/index.ts'

const pattern = /^sha256-([0-9a-f]{64})\.(?:sig|att|sbom)$/

/** Where cosign before 3.0 keeps what it makes of an image. */
export const evidenceTags = (subject: Digest): Tag[] =>
  ['sig', 'att', 'sbom'].map((kind) => parseTag(`sha256-${hexOf(subject)}.${kind}`))

/** What an evidence tag speaks of; undefined for any other tag. */
export function subjectOfTag(tag: Tag): Digest | undefined {
  const hex = pattern.exec(tag)?.[1]
  return hex === undefined ? undefined : digestFromHex(hex)
}
