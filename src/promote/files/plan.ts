import { posix } from 'node:path'
import type { FileObservation } from './observe.ts'
import { type FileWish, fileKey, sourceKey } from './wish.ts'

/** A file that one destination lacks. */
export type FileTransfer = FileWish & {
  /** Bytes. */
  readonly size: number
}

/** Why a file is left as it is. It blocks that file only, and what must not be published without it. */
export interface FileConflict {
  readonly kind: 'file differs' | 'two hashes' | 'source missing' | 'source differs' | 'unreadable'
  /** The file at its destination, or at its source where it concerns all destinations. */
  readonly item: string
  readonly destination?: string
  readonly message: string
}

export interface FilePlan {
  readonly files: readonly FileTransfer[]
  readonly conflicts: readonly FileConflict[]
}

/** Compares what shall be with what is. Pure. */
export function planFiles(wishes: readonly FileWish[], observation: FileObservation): FilePlan {
  const wanted = [...new Map(wishes.map((file) => [`${fileKey(file)} ${file.sha256}`, file])).values()]
  const missing = wanted.filter((file) => !observation.destinations.has(fileKey(file)))
  const conflicts = [
    ...ambiguousNames(wanted),
    ...wanted.flatMap((file) => destinationConflicts(file, observation)),
    ...sourceConflicts(missing, observation),
  ]
  const blocked = blockedFiles(wanted, new Set(conflicts.map(({ item }) => item)))
  const files = missing.flatMap((file): FileTransfer[] => {
    const size = observation.sources.get(sourceKey(file.source))?.size
    return size === undefined || blocked.has(fileKey(file)) ? [] : [{ ...file, size }]
  })
  return { files, conflicts }
}

/** The folder of a destination that the checksums in it speak of. */
export const folderKey = ({ destination, name }: Pick<FileWish, 'destination' | 'name'>): string =>
  `${destination} ${posix.dirname(name)}`

/** Files in conflict, files whose evidence is, and checksums beside any of these: they would list what is not there. */
function blockedFiles(wishes: readonly FileWish[], items: ReadonlySet<string>): ReadonlySet<string> {
  const isOwn = (file: FileWish): boolean => items.has(fileKey(file)) || items.has(sourceKey(file.source))
  const own = new Set(wishes.filter(isOwn).map(fileKey))
  const lacksEvidence = ({ destination, evidence }: FileWish): boolean =>
    evidence.some((name) => own.has(fileKey({ destination, name })))
  const kept = wishes.filter((file) => own.has(fileKey(file)) || lacksEvidence(file))
  const folders = new Set(kept.map(folderKey))
  const checksums = wishes.filter((file) => file.kind === 'checksums' && folders.has(folderKey(file)))
  return new Set([...kept, ...checksums].map(fileKey))
}

function ambiguousNames(wishes: readonly FileWish[]): FileConflict[] {
  const hashes = new Map<string, string[]>()
  for (const file of wishes) hashes.set(fileKey(file), [...(hashes.get(fileKey(file)) ?? []), file.sha256])
  const ambiguous = new Map(wishes.map((file) => [fileKey(file), file]))
  return [...ambiguous].flatMap(([item, { destination, name }]): FileConflict[] => {
    const found = hashes.get(item) ?? []
    if (found.length < 2) return []
    const message = `${destination}: '${name}' is asked to be sha256:${found.sort().join(' and sha256:')}`
    return [{ kind: 'two hashes', item, destination, message }]
  })
}

function destinationConflicts(file: FileWish, observation: FileObservation): FileConflict[] {
  const { destination, name, sha256 } = file
  const item = fileKey(file)
  const failure = observation.unreadable.get(item)
  if (failure !== undefined) return [{ kind: 'unreadable', item, destination, message: failure }]
  const there = observation.destinations.get(item)
  if (there === undefined || there === sha256) return []
  const message = `${destination}: '${name}' is there with sha256:${there}, and is never overwritten by sha256:${sha256}`
  return [{ kind: 'file differs', item, destination, message }]
}

/** One for each source and hash, however many destinations there are. */
function sourceConflicts(missing: readonly FileWish[], observation: FileObservation): FileConflict[] {
  const once = new Map(missing.map((file) => [`${sourceKey(file.source)} ${file.sha256}`, file]))
  return [...once.values()].flatMap((file): FileConflict[] => {
    const { address, name } = file.source
    const item = sourceKey(file.source)
    const failure = observation.unreadable.get(item)
    if (failure !== undefined) return [{ kind: 'unreadable', item, message: failure }]
    const found = observation.sources.get(item)
    if (!found) return [{ kind: 'source missing', item, message: `${address}: there is no '${name}' to promote` }]
    const { sha256 = file.sha256, size } = found
    const sizeFits = file.size === undefined || file.size === size
    if (sha256 === file.sha256 && sizeFits) return []
    const is = sizeFits ? `sha256:${sha256}` : `${size} bytes`
    const wanted = sizeFits ? `sha256:${file.sha256}` : `${file.size} bytes`
    return [
      { kind: 'source differs', item, message: `${address}: '${name}' is ${is}, but ${wanted} is to be promoted` },
    ]
  })
}
