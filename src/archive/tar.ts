import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pack } from 'tar-stream'
import { type ArchiveEntry, sortEntries } from './entry.ts'

/**
 * A tar archive (POSIX ustar; pax where a path is long): sorted, owned by root, every entry of the one time.
 * Source: POSIX.1-2024, pax, "ustar Interchange Format".
 */
export async function* tar(entries: readonly ArchiveEntry[], time: Date): AsyncGenerator<Uint8Array> {
  const { pack } = await import('tar-stream')
  const archive = pack()
  fill(archive, sortEntries(entries), time).catch((error: Error) => archive.destroy(error))
  yield* Readable.from(archive, { objectMode: false })
}

async function fill(archive: Pack, entries: readonly ArchiveEntry[], time: Date): Promise<void> {
  for (const entry of entries) {
    const header = {
      name: entry.kind === 'directory' ? entry.path.replace(/\/?$/, '/') : entry.path,
      type: entry.kind,
      mode: entry.mode,
      size: entry.kind === 'file' ? entry.size : 0,
      mtime: time,
      uid: 0,
      gid: 0,
      uname: 'root',
      gname: 'root',
    }
    // tar-stream itself fails when the content is longer or shorter than the header says.
    await pipeline(entry.kind === 'file' ? entry.open() : [], archive.entry(header))
  }
  archive.finalize()
}
