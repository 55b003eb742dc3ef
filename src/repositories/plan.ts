import type { Copy } from './pool.ts'
import { type Document, type ListedFile, listed, type Observation, type RepositoryKind } from './repository.ts'

/** What it takes to publish packages in one repository, in the order in which it is done. */
export interface RepositoryPlan {
  readonly kind: RepositoryKind
  /** Absolute path. */
  readonly folder: string
  /** Number of packages that the index lists afterwards. */
  readonly packages: number
  /** Paths of the packages that it did not list before. */
  readonly added: readonly string[]
  readonly copies: readonly Copy[]
  readonly documents: readonly Document[]
  /** The index to sign, and the one that it takes the place of; undefined when the signed one says all. */
  readonly seal: { readonly text: string; readonly date: Date; readonly replaces: string | undefined } | undefined
  /** Documents that no client needs any more. */
  readonly removals: readonly string[]
}

/** True when the repository holds all that it should. */
export const isEmptyPlan = ({ copies, documents, seal, removals }: RepositoryPlan): boolean =>
  copies.length + documents.length + removals.length === 0 && seal === undefined

/** Those of the documents that are not there with the same bytes. */
export const missingDocuments = (
  documents: readonly Document[],
  observation: Observation<ListedFile, unknown>,
): Document[] =>
  documents.filter((document) => observation.documents.get(document.path)?.sha256 !== listed(document).sha256)

const day = 24 * 60 * 60 * 1000

/**
 * Documents named by digest that neither the next index nor the one before it lists, and that are a day old:
 * a client that has just read an older index still finds what it lists.
 */
export const staleDocuments = (
  named: RegExp,
  needed: ReadonlySet<string>,
  observation: Observation<ListedFile, unknown>,
  now: Date,
): string[] =>
  [...observation.documents]
    .filter(([path, { modified }]) => named.test(path) && !needed.has(path) && now.getTime() - modified.getTime() > day)
    .map(([path]) => path)
    .sort()
