import { createHash } from 'node:crypto'
import manifest from '../../package.json' with { type: 'json' }
import type { Annotation, ElementId, ExternalDocument, Relationship, SpdxDocument, SpdxPackage } from './spdx.ts'
import { relationship } from './spdx.ts'

/** Packages and how they relate: a part of a document. */
export interface Composition {
  readonly packages: readonly SpdxPackage[]
  readonly relationships: readonly Relationship[]
}

export interface DocumentContent {
  readonly name: string
  /** RFC 3339 in UTC, whole seconds. */
  readonly created: string
  readonly comment: string
  readonly describes: ElementId
  readonly parts: readonly Composition[]
  readonly externalDocuments?: readonly ExternalDocument[]
}

const tool = `Tool: ${manifest.name}-${manifest.version}`

/** What no member of SPDX has a place for. */
export const annotation = (created: string, comment: string): Annotation => ({
  annotationDate: created,
  annotationType: 'OTHER',
  annotator: tool,
  comment,
})

/** Sorts the parts into a document; the same parts in any order give the same document. */
export function spdxDocument(content: DocumentContent): SpdxDocument {
  const { name, created, comment, describes, parts, externalDocuments = [] } = content
  const packages = new Map(parts.flatMap((part) => part.packages.map((each) => [each.SPDXID, each])))
  const relationships = new Map(
    [relationship('SPDXRef-DOCUMENT', 'DESCRIBES', describes), ...parts.flatMap((part) => part.relationships)].map(
      (each) => [Object.values(each).join(' '), each],
    ),
  )
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name,
    documentNamespace: '',
    creationInfo: { created, creators: [tool], comment },
    ...(externalDocuments.length > 0
      ? { externalDocumentRefs: sorted(externalDocuments, (each) => each.externalDocumentId) }
      : {}),
    documentDescribes: [describes],
    packages: sorted([...packages.values()], (each) => each.SPDXID),
    relationships: sorted([...relationships.entries()], ([key]) => key).map(([, each]) => each),
  } as const
  return { ...document, documentNamespace: namespaceOf(name, document) }
}

export const serializeDocument = (document: SpdxDocument): string => `${JSON.stringify(document, null, 2)}\n`

/** A version 5 UUID makes the URI unique, as SPDX 2.3, clause 6.5, has it; here it follows from the rest of the document. */
function namespaceOf(name: string, document: SpdxDocument): string {
  const base = `https://spdx.org/spdxdocs/${encodeURIComponent(name)}`
  const content = createHash('sha256').update(JSON.stringify(document)).digest('hex')
  return `${base}-${uuid5(`${base}?sha256=${content}`)}`
}

/** The UUID of a URL. Source: RFC 9562, section 5.5 and appendix A (namespace of URLs). */
function uuid5(url: string): string {
  const namespace = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex')
  const bytes = createHash('sha1').update(namespace).update(url).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function sorted<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return [...items].sort((left, right) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0))
}
