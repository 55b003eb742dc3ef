import { nextDate } from '../clock.ts'
import { compress } from '../documents.ts'
import { missingDocuments, type RepositoryPlan, staleDocuments } from '../plan.ts'
import { planPool } from '../pool.ts'
import { type Candidate, type Document, listed } from '../repository.ts'
import { type IndexType, indexTypes, type RpmEntry } from './entry.ts'
import { indexFile } from './index-file.ts'
import { keptSignaturePath, type RpmObservation } from './observe.ts'
import { formatRepomd, indexPath, type Repomd, type RepomdData } from './repomd.ts'

export interface RpmWish {
  readonly candidates: readonly Candidate<RpmEntry>[]
  readonly publicKey: string
  readonly now: Date
}

/** @throws UserError when a package cannot be published beside those that are there */
export function planRpm(wish: RpmWish, observation: RpmObservation): RepositoryPlan {
  const { entries, added, copies } = planPool(wish.candidates, observation)
  const indices = indexTypes.map((type) => compressedIndex(type, entries))
  // indexTypes are all the keys of the record.
  const data = Object.fromEntries(indices.map((index) => [index.type, index.data])) as Repomd['data']
  const seal = planSeal(data, wish.now, observation)
  const documents: Document[] = [
    { path: 'repodata/repomd.xml.key', bytes: Buffer.from(wish.publicKey) },
    ...indices.map((index) => index.document),
  ]
  const { current } = observation
  const needed = new Set([
    ...[data, current?.index.data].flatMap((files) => (files ? indexPaths(files) : [])),
    ...(current ? [keptSignaturePath(current.text)] : []),
  ])
  const named = /^repodata\/[0-9a-f]{64}-(?:(?:primary|filelists|other)\.xml\.gz|repomd\.xml\.asc)$/
  return {
    kind: 'rpm',
    folder: observation.folder,
    packages: entries.length,
    added,
    copies,
    documents: missingDocuments(documents, observation),
    seal,
    removals: seal ? staleDocuments(named, needed, observation, wish.now) : [],
  }
}

function compressedIndex(
  type: IndexType,
  entries: readonly RpmEntry[],
): { type: IndexType; document: Document; data: RepomdData } {
  const open = { path: type, bytes: Buffer.from(indexFile(type, entries)) }
  const bytes = compress(open.bytes)
  const { sha256, size } = listed({ path: type, bytes })
  const data = { sha256, size, openSha256: listed(open).sha256, openSize: open.bytes.length }
  return { type, document: { path: indexPath(type, sha256), bytes }, data }
}

function planSeal(data: Repomd['data'], now: Date, { current, documents }: RpmObservation): RepositoryPlan['seal'] {
  if (current?.complete && formatRepomd({ revision: current.index.revision, data }) === current.text) return undefined
  const date = nextDate(now, current && new Date(current.index.revision * 1000))
  return {
    text: formatRepomd({ revision: date.getTime() / 1000, data }),
    date,
    replaces: documents.get('repodata/repomd.xml')?.sha256,
  }
}

const indexPaths = (data: Repomd['data']): string[] => indexTypes.map((type) => indexPath(type, data[type].sha256))
