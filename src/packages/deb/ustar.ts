import { UserError } from '../../errors/index.ts'
import { parentDirectories } from '../directories.ts'
import type { PackageEntry } from '../package.ts'

/**
 * dpkg refuses pax headers, which a tar archive needs for a path that ustar cannot hold (POSIX.1, pax): one that does not
 * split at a slash into a prefix of 155 bytes and a name of 100.
 * @throws UserError that names the path
 */
export function requireUstarPaths(entries: readonly PackageEntry[]): void {
  const names = [...parentDirectories(entries).map((path) => `.${path}/`), ...entries.map((entry) => `.${entry.path}`)]
  const tooLong = names.find((name) => !fits(name))
  if (tooLong) {
    throw new UserError(`The path ${tooLong.slice(1)} is too long for a Debian package`, {
      hint: 'A name may have about 100 letters, and the folders above it 155.',
    })
  }
}

function fits(name: string): boolean {
  let rest = name
  while (rest.length > 100) {
    const slash = rest.indexOf('/')
    if (slash === -1 || slash === rest.length - 1) return false
    rest = rest.slice(slash + 1)
  }
  return name.length - rest.length <= 156
}
