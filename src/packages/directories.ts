import { posix } from 'node:path'
import { UserError } from '../errors/index.ts'
import type { PackageEntry } from './package.ts'

/**
 * The folders above the files, each once, sorted, without the root.
 * @throws UserError when a file lies where a folder has to be
 */
export function parentDirectories(entries: readonly PackageEntry[]): string[] {
  const directories = new Set<string>()
  for (const { path } of entries) {
    for (let folder = posix.dirname(path); folder !== '/'; folder = posix.dirname(folder)) directories.add(folder)
  }
  for (const { path } of entries) {
    if (directories.has(path)) throw new UserError(`${path} is a file and a folder of the same package`)
  }
  return [...directories].sort(byBytes)
}

/** Names are ordered by their bytes, not by a language's rules, as both formats' tools do it. */
export const byBytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))
