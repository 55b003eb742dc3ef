import type { FileObservation } from './observe.ts'
import { type FileWish, fileKey } from './wish.ts'

export interface FileConflict {
  readonly kind: 'file differs'
  readonly item: string
  readonly destination?: string
  readonly message: string
}

export interface FilePlan {
  readonly files: readonly FileWish[]
  readonly conflicts: readonly FileConflict[]
}

export function planFiles(wishes: readonly FileWish[], observation: FileObservation): FilePlan {
  const conflicts = wishes.flatMap((file) => fileConflicts(file, observation))
  const blocked = new Set(conflicts.map(({ item }) => item))
  return {
    files: wishes.filter((file) => observation.get(fileKey(file)) === undefined && !isBlocked(file, blocked)),
    conflicts,
  }
}

/** A file is not published without the evidence that belongs to it. */
const isBlocked = (file: FileWish, blocked: ReadonlySet<string>): boolean =>
  [file.name, ...file.evidence].some((name) => blocked.has(fileKey({ destination: file.destination, name })))

function fileConflicts(file: FileWish, observation: FileObservation): FileConflict[] {
  const there = observation.get(fileKey(file))
  if (there === undefined || there === file.sha256) return []
  const { destination, name } = file
  const message = `${destination}: '${name}' is there with sha256:${there}, and is never overwritten by sha256:${file.sha256}`
  return [{ kind: 'file differs', item: fileKey(file), destination, message }]
}
