/** Elements of an SPDX 2.3 document, in JSON; the members that this project writes. Source: SPDX 2.3, clauses 6 to 11. */
export interface SpdxDocument {
  readonly spdxVersion: 'SPDX-2.3'
  readonly dataLicense: 'CC0-1.0'
  readonly SPDXID: 'SPDXRef-DOCUMENT'
  readonly name: string
  /** Unique URI of the document: follows from its content. */
  readonly documentNamespace: string
  readonly creationInfo: { readonly created: string; readonly creators: readonly string[]; readonly comment?: string }
  readonly externalDocumentRefs?: readonly ExternalDocument[]
  readonly documentDescribes: readonly ElementId[]
  readonly packages: readonly SpdxPackage[]
  readonly relationships: readonly Relationship[]
}

export type ElementId = `SPDXRef-${string}`

/** `Organization: NAME`, or that nobody says who. */
export type Party = `Organization: ${string}` | 'NOASSERTION'

export interface Checksum {
  readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512'
  /** Lower-case hexadecimal. */
  readonly checksumValue: string
}

export interface ExternalReference {
  readonly referenceCategory: 'PACKAGE-MANAGER' | 'PERSISTENT-ID'
  readonly referenceType: 'purl' | 'swh'
  readonly referenceLocator: string
}

export interface Annotation {
  readonly annotationDate: string
  readonly annotationType: 'OTHER'
  readonly annotator: string
  readonly comment: string
}

export interface SpdxPackage {
  readonly SPDXID: ElementId
  readonly name: string
  readonly versionInfo?: string
  readonly packageFileName?: string
  readonly supplier: Party
  readonly originator: Party
  readonly downloadLocation: string
  /** No file of a package is listed one by one. */
  readonly filesAnalyzed: false
  readonly checksums?: readonly Checksum[]
  readonly sourceInfo?: string
  readonly licenseConcluded: 'NOASSERTION'
  readonly licenseDeclared: 'NOASSERTION'
  readonly copyrightText: 'NOASSERTION'
  readonly comment?: string
  readonly externalRefs?: readonly ExternalReference[]
  readonly annotations?: readonly Annotation[]
  readonly primaryPackagePurpose?: 'APPLICATION' | 'ARCHIVE' | 'CONTAINER' | 'FILE' | 'INSTALL' | 'LIBRARY' | 'SOURCE'
}

export interface Relationship {
  readonly spdxElementId: ElementId
  readonly relationshipType:
    | 'CONTAINS'
    | 'DEPENDS_ON'
    | 'DESCENDANT_OF'
    | 'DESCRIBED_BY'
    | 'DESCRIBES'
    | 'GENERATED_FROM'
    | 'VARIANT_OF'
  readonly relatedSpdxElement: ElementId | `DocumentRef-${string}:${ElementId}` | 'NOASSERTION'
}

export interface ExternalDocument {
  readonly externalDocumentId: `DocumentRef-${string}`
  /** Namespace of that document. */
  readonly spdxDocument: string
  readonly checksum: Checksum
}

export const relationship = (
  spdxElementId: ElementId,
  relationshipType: Relationship['relationshipType'],
  relatedSpdxElement: Relationship['relatedSpdxElement'],
): Relationship => ({ spdxElementId, relationshipType, relatedSpdxElement })

/** A package with what is the same for most: nobody is known to supply it, no license was looked for. */
export function spdxPackage(
  members: Partial<SpdxPackage> & { readonly SPDXID: ElementId; readonly name: string },
): SpdxPackage {
  const { SPDXID, name, ...others } = members
  return {
    SPDXID,
    name,
    supplier: 'NOASSERTION',
    originator: 'NOASSERTION',
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    copyrightText: 'NOASSERTION',
    ...others,
  }
}

export const purlReference = (purl: string): ExternalReference => ({
  referenceCategory: 'PACKAGE-MANAGER',
  referenceType: 'purl',
  referenceLocator: purl,
})
