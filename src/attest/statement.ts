import { type Digest, hexOf, isDigest } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'

/** in-toto ResourceDescriptor of a subject; `name` tells it from its siblings, the digest alone counts. */
export interface StatementSubject {
  readonly name?: string
  readonly digest: Readonly<Record<string, string>>
}

/** in-toto Statement. Source: in-toto attestation framework 1.0, spec/v1/statement.md. */
export interface Statement {
  readonly _type: string
  readonly subject: readonly StatementSubject[]
  readonly predicateType: string
  readonly predicate: unknown
}

/** The most subjects that one statement may have for GitHub's attestation tools to read it. */
export const largestSubjectCount = 1024

const statementType = 'https://in-toto.io/Statement/v1'
// cosign attests with the older type; both have the same members.
const readableTypes: readonly string[] = [statementType, 'https://in-toto.io/Statement/v0.1']

/** A Statement v1 over subjects that are known by their SHA-256. */
export function createStatement(
  subjects: readonly { readonly name: string; readonly digest: Digest }[],
  predicateType: string,
  predicate: unknown,
): Statement {
  return {
    _type: statementType,
    subject: subjects.map(({ name, digest }) => ({ name, digest: { sha256: hexOf(digest) } })),
    predicateType,
    predicate,
  }
}

export const serializeStatement = (statement: Statement): Uint8Array => Buffer.from(JSON.stringify(statement))

/** @throws UserError when the JSON is not an in-toto statement with at least one subject */
export function parseStatement(json: unknown): Statement {
  if (!isObject(json)) throw new UserError('The attestation holds no in-toto statement')
  const { _type, subject, predicateType, predicate } = json
  if (typeof _type !== 'string' || !readableTypes.includes(_type)) {
    throw new UserError(`The attestation is not an in-toto statement: its _type is ${JSON.stringify(_type)}`)
  }
  if (typeof predicateType !== 'string' || predicateType === '') {
    throw new UserError('The in-toto statement has no predicateType')
  }
  if (!Array.isArray(subject) || subject.length === 0 || !subject.every(isSubject)) {
    throw new UserError('The in-toto statement has no subjects with digests')
  }
  return { _type, subject, predicateType, predicate }
}

/** What a statement speaks of: the SHA-256 digests of its subjects, sorted. */
export function subjectDigests(statement: Statement): Digest[] {
  const digests = statement.subject.map(({ digest }) => `sha256:${digest.sha256 ?? ''}`)
  return [...new Set(digests.filter(isDigest))].sort()
}

export const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

function isSubject(json: unknown): json is StatementSubject {
  if (!isObject(json) || !isObject(json.digest)) return false
  const digests = Object.values(json.digest)
  const named = json.name === undefined || typeof json.name === 'string'
  return named && digests.length > 0 && digests.every((digest) => typeof digest === 'string')
}
