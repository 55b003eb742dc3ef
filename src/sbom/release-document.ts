import { hexOf } from '../oci/index.ts'
import {
  type FileSubject,
  fileSubjects,
  type ImageSubject,
  imageSubjects,
  type ReleaseRecord,
} from '../release/index.ts'
import { artifactPurl } from './binary-document.ts'
import { type Composition, spdxDocument } from './document.ts'
import { elementId, identifier } from './element-id.ts'
import { imageComposition, imageId, indexId } from './image-document.ts'
import { projectParties, sourceId, sourcePackage } from './source-package.ts'
import {
  type ElementId,
  type ExternalDocument,
  purlReference,
  type Relationship,
  relationship,
  type SpdxDocument,
  type SpdxPackage,
  spdxPackage,
} from './spdx.ts'

/** A document about one subject, as the document about the release refers to it. */
export interface SubjectDocument {
  /** Hexadecimal SHA-256 of the file or platform manifest that it describes. */
  readonly subject: string
  /** File name. */
  readonly name: string
  readonly namespace: string
  /** Of its own bytes, hexadecimal. */
  readonly sha256: string
}

/** The SPDX document of a whole release: every file and image by digest, and the documents that tell more of each. */
export function releaseDocument(
  record: ReleaseRecord,
  documents: readonly SubjectDocument[],
  name: string,
): SpdxDocument {
  const release = elementId('Release', record.project)
  const root: Composition = {
    packages: [
      spdxPackage({
        SPDXID: release,
        name: record.project,
        versionInfo: record.version,
        ...projectParties(record),
        comment: 'Everything that was released',
      }),
      sourcePackage(record),
    ],
    relationships: [relationship(release, 'GENERATED_FROM', sourceId(record))],
  }
  const described = (element: ElementId, subject: string): Relationship[] =>
    documents
      .filter((document) => document.subject === subject)
      .map((document) => relationship(element, 'DESCRIBED_BY', `${referenceId(document)}:SPDXRef-DOCUMENT`))
  return spdxDocument({
    name,
    created: record.source.commitTime,
    comment:
      'Lists what was released; the documents it refers to list what that is made of. ' +
      'Licenses were not looked for: NOASSERTION says nothing of them.',
    describes: release,
    parts: [
      root,
      ...describedFiles(record).map((file) => fileComposition(file, release, record, described)),
      ...imageSubjects(record).map((image) => imagesComposition(image, release, record, described)),
    ],
    externalDocuments: documents.map(externalDocument),
  })
}

type Described = (element: ElementId, subject: string) => Relationship[]

// Sums and SBOMs hold digests of the rest, and this document's own would be among them.
const describedFiles = (record: ReleaseRecord): FileSubject[] =>
  fileSubjects(record).filter(({ role }) => role !== 'checksums' && role !== 'sbom')

const purposes: Readonly<Record<FileSubject['role'], NonNullable<SpdxPackage['primaryPackagePurpose']>>> = {
  binary: 'APPLICATION',
  archive: 'ARCHIVE',
  package: 'INSTALL',
  chart: 'INSTALL',
  checksums: 'FILE',
  sbom: 'FILE',
  other: 'FILE',
}

// A package, not a file of SPDX: that one must have a SHA-1 (clause 8.4), which nothing should rely on.
function fileComposition(
  file: FileSubject,
  release: ElementId,
  record: ReleaseRecord,
  described: Described,
): Composition {
  const { name, role, sha256, sha512 } = file
  const id = elementId('Artifact', name)
  return {
    packages: [
      spdxPackage({
        SPDXID: id,
        name,
        versionInfo: record.version,
        packageFileName: name,
        ...projectParties(record),
        checksums: [
          { algorithm: 'SHA256', checksumValue: sha256 },
          { algorithm: 'SHA512', checksumValue: sha512 },
        ],
        externalRefs: [purlReference(artifactPurl(name, record.version, sha256))],
        primaryPackagePurpose: purposes[role],
      }),
    ],
    relationships: [
      relationship(release, 'CONTAINS', id),
      relationship(id, 'GENERATED_FROM', sourceId(record)),
      ...described(id, sha256),
    ],
  }
}

function imagesComposition(
  image: ImageSubject,
  release: ElementId,
  record: ReleaseRecord,
  described: Described,
): Composition {
  const platforms = image.manifests.map(({ platform, digest }) =>
    imageComposition({ image: image.name, index: image.digest, digest, platform }, record),
  )
  return {
    packages: platforms.flatMap((platform) => platform.packages),
    relationships: [
      relationship(release, 'CONTAINS', indexId(image.digest)),
      relationship(indexId(image.digest), 'GENERATED_FROM', sourceId(record)),
      ...platforms.flatMap((platform) => platform.relationships),
      ...image.manifests.flatMap(({ digest }) => described(imageId(digest), hexOf(digest))),
    ],
  }
}

const referenceId = ({ name }: SubjectDocument): `DocumentRef-${string}` => `DocumentRef-${identifier(name)}`

// Clause 6.6 takes any checksum of clause 8.4; SHA-256 is what the record has.
const externalDocument = (document: SubjectDocument): ExternalDocument => ({
  externalDocumentId: referenceId(document),
  spdxDocument: document.namespace,
  checksum: { algorithm: 'SHA256', checksumValue: document.sha256 },
})
