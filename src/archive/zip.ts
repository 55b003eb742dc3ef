import { PassThrough, Readable } from 'node:stream'
import { type ArchiveEntry, sortEntries } from './entry.ts'
import { compressionLevel } from './gzip.ts'

/** A zip archive: sorted, deflated, every entry of the one time. Source: APPNOTE.TXT 6.3.10. */
export async function* zip(entries: readonly ArchiveEntry[], time: Date): AsyncGenerator<Uint8Array> {
  const { ZipFile } = await import('yazl')
  const archive = new ZipFile()
  const output = new PassThrough()
  // yazl passes on neither its own errors nor those of a source.
  const fail = (error: Error): void => void output.destroy(error)
  archive.on('error', fail)
  const mtime = inLocalTime(time)
  for (const entry of sortEntries(entries)) {
    const { path, mode } = entry
    if (entry.kind === 'directory')
      archive.addEmptyDirectory(path, { mtime, mode: directoryType | mode, forceDosTimestamp: true })
    else {
      const options = { mtime, mode: fileType | mode, size: entry.size, compressionLevel, forceDosTimestamp: true }
      archive.addReadStreamLazy(path, options, (take) => {
        take(null, Readable.from(entry.open(), { objectMode: false }).on('error', fail))
      })
    }
  }
  archive.end()
  archive.outputStream.pipe(output)
  yield* output
}

/** File types in a mode of POSIX. */
const fileType = 0o100000
const directoryType = 0o040000

/** The date whose local members are those of `time` in UTC: zip has no time zone and yazl writes the local time. */
function inLocalTime(time: Date): Date {
  return Object.assign(new Date(time), {
    getFullYear: () => time.getUTCFullYear(),
    getMonth: () => time.getUTCMonth(),
    getDate: () => time.getUTCDate(),
    getHours: () => time.getUTCHours(),
    getMinutes: () => time.getUTCMinutes(),
    getSeconds: () => time.getUTCSeconds(),
  })
}
