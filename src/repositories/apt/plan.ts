import { nextDate } from '../clock.ts'
import { compress } from '../documents.ts'
import { missingDocuments, type RepositoryPlan, staleDocuments } from '../plan.ts'
import { planPool } from '../pool.ts'
import { type Candidate, type Document, listed } from '../repository.ts'
import { type AptObservation, byHash } from './observe.ts'
import { type AptEntry, formatPackages } from './packages.ts'
import { formatReleaseFile, type ReleaseFile } from './release-file.ts'

/** How a repository is to describe itself. */
export interface AptWish {
  readonly candidates: readonly Candidate<AptEntry>[]
  readonly origin: string
  readonly label: string
  /** Milliseconds after which clients refuse the index; undefined for no limit. */
  readonly validFor: number | undefined
  readonly publicKey: string
  readonly now: Date
}

/** @throws UserError when a package cannot be published beside those that are there */
export function planApt(wish: AptWish, observation: AptObservation): RepositoryPlan {
  const { entries, added, copies } = planPool(wish.candidates, observation)
  const packages = Buffer.from(formatPackages(entries))
  const indices: Document[] = [
    { path: 'Packages', bytes: packages },
    { path: 'Packages.gz', bytes: compress(packages) },
  ]
  const description = {
    origin: wish.origin,
    label: wish.label,
    architectures: [...new Set(entries.map((entry) => entry.architecture))].sort(),
    files: indices.map(listed),
  }
  const seal = planSeal(wish, description, observation)
  const documents = [
    { path: 'Release.key', bytes: Buffer.from(wish.publicKey) },
    ...indices.map((index) => ({ path: byHashPath(listed(index).sha256), bytes: index.bytes })),
    ...indices,
  ]
  const needed = new Set(
    [...description.files, ...(observation.current?.index.files ?? [])].map((file) => byHashPath(file.sha256)),
  )
  return {
    kind: 'deb',
    folder: observation.folder,
    packages: entries.length,
    added,
    copies,
    documents: missingDocuments(documents, observation),
    seal,
    removals: seal ? staleDocuments(/^by-hash\/SHA256\/[0-9a-f]{64}$/, needed, observation, wish.now) : [],
  }
}

function planSeal(
  { validFor, now }: AptWish,
  description: Omit<ReleaseFile, 'date' | 'validUntil'>,
  { current, documents }: AptObservation,
): RepositoryPlan['seal'] {
  if (current?.complete && isFresh(current.index, validFor, now)) {
    const { date, validUntil } = current.index
    if (formatReleaseFile({ ...description, date, validUntil }) === current.text) return undefined
  }
  const date = nextDate(now, current?.index.date)
  const validUntil = validFor === undefined ? undefined : new Date(date.getTime() + validFor)
  return {
    text: formatReleaseFile({ ...description, date, validUntil }),
    date,
    replaces: documents.get('InRelease')?.sha256,
  }
}

// A limit is renewed when half of it is over, so that a run now and then keeps the repository alive.
function isFresh({ validUntil }: ReleaseFile, validFor: number | undefined, now: Date): boolean {
  if (validUntil === undefined || validFor === undefined) return validUntil === undefined && validFor === undefined
  const rest = validUntil.getTime() - now.getTime()
  return rest > validFor / 2 && rest <= validFor
}

const byHashPath = (sha256: string): string => `${byHash}/${sha256}`
