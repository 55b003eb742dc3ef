/** What an archive holds at a path, relative and with forward slashes. */
export type ArchiveEntry = ArchiveFile | ArchiveDirectory

export interface ArchiveFile {
  readonly kind: 'file'
  readonly path: string
  /** Permission bits, such as 0o755. */
  readonly mode: number
  /** Bytes that `open` gives. */
  readonly size: number
  readonly open: () => AsyncIterable<Uint8Array>
}

export interface ArchiveDirectory {
  readonly kind: 'directory'
  readonly path: string
  readonly mode: number
}

/**
 * Entries by path in byte order, so that the order they were found in leaves no trace.
 * @throws Error when a path leaves the archive or is there twice: a mistake of the caller
 */
export function sortEntries(entries: readonly ArchiveEntry[]): ArchiveEntry[] {
  const sorted = [...entries].sort((left, right) => Buffer.compare(Buffer.from(left.path), Buffer.from(right.path)))
  for (const [index, { path }] of sorted.entries()) {
    if (path === '' || path.startsWith('/') || path.split(/[/\\]/).includes('..')) {
      throw new Error(`a path leaves the archive: '${path}'`)
    }
    if (sorted[index + 1]?.path === path) throw new Error(`a path is in the archive twice: '${path}'`)
  }
  return sorted
}
