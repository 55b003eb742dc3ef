import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type ArchiveEntry, arMagic, arMemberHeader, tar } from '../../archive/index.ts'
import { gzipBytes, writeCompressed } from '../compression.ts'
import { readContent } from '../content.ts'
import { parentDirectories } from '../directories.ts'
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
  const control = gzipBytes(await buffer(controlArchive(deb, digests)))
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

/** Folders before what is in them. Fills in the MD5 of each file. */
function dataArchive(deb: DebPackage, digests: Map<string, string>): AsyncGenerator<Uint8Array> {
  const folders = ['', ...parentDirectories(deb.entries)].map((path) => folderEntry(`.${path}/`))
  const files = deb.entries.map(({ path, mode, content }): ArchiveEntry => {
    async function* open(): AsyncGenerator<Uint8Array> {
      const md5 = createHash('md5')
      yield* readContent(content, [md5])
      digests.set(path, md5.digest('hex'))
    }
    return { kind: 'file', path: `.${path}`, mode, size: contentSize(content), open }
  })
  return tar([...folders, ...files], timeOf(deb))
}

function controlArchive(deb: DebPackage, digests: ReadonlyMap<string, string>): AsyncGenerator<Uint8Array> {
  const conffiles = conffilesFile(deb)
  const scripts = scriptNames.flatMap((script) => {
    const text = deb.scripts[script]
    return text === undefined ? [] : [textEntry(maintainerScripts[script], text, 0o755)]
  })
  const files = [
    ...(conffiles ? [textEntry('conffiles', conffiles, 0o644)] : []),
    textEntry('control', controlFile(deb), 0o644),
    textEntry('md5sums', md5sumsFile(deb, digests), 0o644),
    ...scripts,
  ]
  return tar([folderEntry('./'), ...files], timeOf(deb))
}

const folderEntry = (path: string): ArchiveEntry => ({ kind: 'directory', path, mode: 0o755 })

function textEntry(name: string, text: string, mode: number): ArchiveEntry {
  const bytes = Buffer.from(text)
  return { kind: 'file', path: `./${name}`, mode, size: bytes.length, open: () => Readable.from([bytes]) }
}

const timeOf = ({ metadata }: DebPackage): Date => new Date(metadata.time * 1000)
