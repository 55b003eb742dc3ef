import { type Digest, isDigest } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'
import { isObject } from './statement.ts'

type Json = Readonly<Record<string, unknown>>

/** The part of an SPDX 2.x document that says what it is about. */
export interface SpdxDocument {
  /** SHA-256 of the packages and files that the document DESCRIBES. */
  readonly described: readonly Digest[]
  /** SHA-256 of every package and file in the document. */
  readonly listed: readonly Digest[]
}

/**
 * Reads whom an SPDX JSON document speaks of. Source: SPDX 2.3, clauses 7.10 and 8.4 (checksums), 11 (relationships).
 * @throws UserError when the JSON is not an SPDX 2.x document
 */
export function parseSpdx(json: unknown, what: string): SpdxDocument {
  if (!isObject(json) || !/^SPDX-2\.\d+$/.test(String(json.spdxVersion))) {
    throw new UserError(`${what} is not an SPDX 2 document in JSON`)
  }
  const elements = [...objects(json.packages), ...objects(json.files)]
  const ids = describedIds(json)
  return {
    described: sha256Of(elements.filter((element) => ids.has(element.SPDXID))),
    listed: sha256Of(elements),
  }
}

/**
 * Which of the known artifacts a document is about: those it describes; where it describes none of them by digest, as
 * a document about a whole release or a Go module does, those it lists.
 */
export function spdxSubjects(document: SpdxDocument, known: ReadonlySet<Digest>): Digest[] {
  const described = document.described.filter((digest) => known.has(digest))
  return described.length > 0 ? described : document.listed.filter((digest) => known.has(digest))
}

// `documentDescribes` is the older way of saying DESCRIBES; tools write the one, the other or both.
function describedIds(document: Json): ReadonlySet<unknown> {
  const own = document.SPDXID
  const relationships = objects(document.relationships)
  return new Set([
    ...(Array.isArray(document.documentDescribes) ? document.documentDescribes : []),
    ...relationships
      .filter((one) => one.relationshipType === 'DESCRIBES' && one.spdxElementId === own)
      .map((one) => one.relatedSpdxElement),
    ...relationships
      .filter((one) => one.relationshipType === 'DESCRIBED_BY' && one.relatedSpdxElement === own)
      .map((one) => one.spdxElementId),
  ])
}

function sha256Of(elements: readonly Json[]): Digest[] {
  const digests = elements
    .flatMap((element) => objects(element.checksums))
    .filter((checksum) => checksum.algorithm === 'SHA256')
    .map((checksum) => `sha256:${String(checksum.checksumValue).toLowerCase()}`)
  return [...new Set(digests.filter(isDigest))].sort()
}

const objects = (json: unknown): Json[] => (Array.isArray(json) ? json.filter(isObject) : [])
