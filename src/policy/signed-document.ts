import { type Descriptor, type Digest, parseManifest, type Tag } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'
import { imageSignatureType } from '../sign/index.ts'
import { legacyMediaTypes } from '../sigstore/index.ts'
import type { Outcome } from './facts.ts'
import type { ImageWithEvidence } from './verdict.ts'

/** A layer of a piece of evidence that somebody signed; not read yet. */
export interface SignedDocument {
  readonly subject: Digest
  readonly digest: Digest
  readonly tag?: Tag
  readonly claimed: string | undefined
  readonly format: Format
  readonly layer: Descriptor
}

export type Format = 'bundle' | 'legacy signature' | 'legacy attestation'

/** A piece of evidence that cannot be looked into. */
export interface UnreadableEvidence extends Omit<SignedDocument, 'format' | 'layer'> {
  readonly outcome: Outcome
}

/** Of a legacy tag, to which every promotion may have added one. */
const mostLayers = 200

/** What is signed beside the manifests of an image. Other artifacts, such as plain SBOMs, are not. */
export function signedDocuments({ manifests, evidence }: ImageWithEvidence): (SignedDocument | UnreadableEvidence)[] {
  const subjects = new Set(manifests.map(({ descriptor }) => descriptor.digest))
  return evidence.flatMap(({ subject, tag, manifests: tree }): (SignedDocument | UnreadableEvidence)[] => {
    const root = tree.at(-1)
    // An index is no signature, and what lies beside evidence says nothing of the image.
    if (!root || tree.length > 1 || !subjects.has(subject)) return []
    const place = { subject, digest: root.descriptor.digest, ...(tag === undefined ? {} : { tag }) }
    try {
      return documentsOf(root.bytes, place)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return [{ ...place, claimed: undefined, outcome: { kind: 'invalid', reason: error.message } }]
    }
  })
}

function documentsOf(bytes: Uint8Array, place: Pick<SignedDocument, 'subject' | 'digest' | 'tag'>): SignedDocument[] {
  const { layers, annotations } = parseManifest(bytes, place.digest)
  if (layers.length > mostLayers) throw new UserError(`it has ${layers.length} layers; ${mostLayers} are read at most`)
  return layers.flatMap((layer) => {
    const format = formatOf(layer)
    if (!format) return []
    return [{ ...place, format, layer, claimed: claimOf(format, { ...annotations, ...layer.annotations }) }]
  })
}

// The media type of the layer decides: registries give referrers other artifact types than they have.
function formatOf({ mediaType }: Descriptor): Format | undefined {
  switch (mediaType) {
    case legacyMediaTypes.simpleSigning:
      return 'legacy signature'
    case legacyMediaTypes.envelope:
      return 'legacy attestation'
    default:
      return /^application\/vnd\.dev\.sigstore\.bundle[.+]/.test(mediaType) ? 'bundle' : undefined
  }
}

function claimOf(format: Format, annotations: Readonly<Record<string, string>>): string | undefined {
  switch (format) {
    case 'bundle':
      return annotations['dev.sigstore.bundle.predicateType']
    case 'legacy attestation':
      return annotations.predicateType
    case 'legacy signature':
      return imageSignatureType
  }
}
