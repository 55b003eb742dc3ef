import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { pack } from 'tar-stream'
import { arMagic, arMemberHeader } from '../../archive/index.ts'
import { gzipBytes, writeCompressed } from '../compression.ts'
import { readContent } from '../content.ts'
import { byBytes, parentDirectories } from '../directories.ts'
import { type Compression, contentSize, scriptNames } from '../package.ts'
import { conffilesFile, controlFile, md5sumsFile } from './control.ts'
import type { DebPackage } from './package.ts'
import { maintainerScripts } from './scripts.ts'

const suffixes: Readonly<Record<Compression, string>> = { gzip: 'gz', zstd: 'zst', xz: 'xz' }

/** Writes a Debian package (deb(5), format 2.0) to `path`; `folder` takes its data archive meanwhile. */
export async function writeDeb(
  deb: DebPackage,
  path: string,
  options: { readonly compression: Compression; readonly folder: string },
): Promise<void> {
  const { time } = deb.metadata
  const dataPath = join(options.folder, 'data.tar')
  const digests = new Map<string, string>()
  await writeCompressed(dataArchive(deb, digests), dataPath, options.compression)
  const control = gzipBytes(await controlArchive(deb, digests))
  const dataSize = (await stat(dataPath)).size

  async function* members(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(arMagic)
    yield arMemberHeader('debian-binary', 4, time)
    yield Buffer.from('2.0\n')
    yield arMemberHeader('control.tar.gz', control.length, time)
    yield Buffer.concat([control, padding(control.length)])
    yield arMemberHeader(`data.tar.${suffixes[options.compression]}`, dataSize, time)
    yield* createReadStream(dataPath)
    yield padding(dataSize)
  }
  await pipeline(members, createWriteStream(path))
}

const padding = (size: number): Buffer => Buffer.alloc(size % 2, '\n')

/** Folders before what is in them; all owned by root. Fills in the MD5 of each file. */
function dataArchive(deb: DebPackage, digests: Map<string, string>): Readable {
  const folders = parentDirectories(deb.entries).map((path) => ({ path: `${path}/`, entry: undefined }))
  const files = deb.entries.map((entry) => ({ path: entry.path, entry }))
  const members = [{ path: '/', entry: undefined }, ...folders, ...files].sort((left, right) =>
    byBytes(left.path, right.path),
  )
  return tar(async function* () {
    for (const { path, entry } of members) {
      if (!entry) {
        yield { name: `.${path}`, mode: 0o755, size: 0, type: 'directory' }
        continue
      }
      const md5 = createHash('md5')
      yield {
        name: `.${path}`,
        mode: entry.mode,
        size: contentSize(entry.content),
        type: 'file',
        content: readContent(entry.content, [md5]),
      }
      digests.set(path, md5.digest('hex'))
    }
  }, deb.metadata.time)
}

async function controlArchive(deb: DebPackage, digests: ReadonlyMap<string, string>): Promise<Buffer> {
  const conffiles = conffilesFile(deb)
  const files: { name: string; text: string; mode: number }[] = [
    ...(conffiles ? [{ name: 'conffiles', text: conffiles, mode: 0o644 }] : []),
    { name: 'control', text: controlFile(deb), mode: 0o644 },
    { name: 'md5sums', text: md5sumsFile(deb, digests), mode: 0o644 },
    ...scriptNames.flatMap((script) => {
      const text = deb.scripts[script]
      return text === undefined ? [] : [{ name: maintainerScripts[script], text, mode: 0o755 }]
    }),
  ]
  return buffer(
    tar(async function* () {
      yield { name: './', mode: 0o755, size: 0, type: 'directory' }
      for (const { name, text, mode } of files.sort((left, right) => byBytes(left.name, right.name))) {
        const bytes = Buffer.from(text)
        yield { name: `./${name}`, mode, size: bytes.length, type: 'file', content: readContent({ bytes }) }
      }
    }, deb.metadata.time),
  )
}

interface TarMember {
  readonly name: string
  readonly mode: number
  readonly size: number
  readonly type: 'file' | 'directory'
  readonly content?: AsyncIterable<Uint8Array>
}

/** The members as a tar archive; the next one is asked for when the one before was read whole. */
function tar(members: () => AsyncIterable<TarMember>, time: number): Readable {
  const archive = pack()
  const owner = { uid: 0, gid: 0, uname: 'root', gname: 'root', mtime: new Date(time * 1000) }
  const fill = async (): Promise<void> => {
    for await (const { content, ...header } of members()) {
      const entry = archive.entry({ ...header, ...owner })
      await pipeline(content ?? [], entry)
    }
    archive.finalize()
  }
  fill().catch((error: unknown) => archive.destroy(error as Error))
  return Readable.from(archive, { objectMode: false })
}
