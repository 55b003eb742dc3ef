import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type ArchiveEntry, gzip, tar, zip } from '../archive/index.ts'
import type { FileHashes, FileSubject } from '../release/index.ts'
import type { ArchiveFileSource } from './archive-files.ts'
import { requireExecutable } from './executable.ts'
import type { GoTool } from './go-tool.ts'
import { hashes } from './hashes.ts'
import type { ArchivePlan, BuildPlan, PlatformPlan } from './plan.ts'

/** A file that was made, and where it waits until all of them are. */
export interface MadeFile {
  readonly subject: FileSubject
  readonly staged: string
}

/**
 * Compiles every command for one platform, proves that they are for it, and packs them with the archive files. Each
 * binary is hashed while it is packed.
 * @throws UserError with what the compiler says
 */
export async function compilePlatform(
  plan: BuildPlan,
  target: PlatformPlan,
  go: GoTool,
  archiveFiles: readonly ArchiveFileSource[],
  staging: string,
): Promise<MadeFile[]> {
  const time = new Date(plan.source.commitTime)
  const epoch = String(time.getTime() / 1000)
  const folder = join(staging, target.archive.path.replace(/^files\//, '').replace(/\.(tar\.gz|zip)$/, ''))
  await mkdir(folder, { recursive: true })
  await go.run(['build', '-o', `${folder}/`, ...plan.arguments], { ...target.environment, SOURCE_DATE_EPOCH: epoch })

  const packed = target.binaries.map(({ name, path }) => ({ name, path, staged: join(folder, name), hash: hashes() }))
  // One after the other, so that of several wrong ones the same is always named.
  for (const { staged } of packed) await requireExecutable(staged, target.platform)
  const entries = await Promise.all(
    packed.map(async ({ name, staged, hash }): Promise<ArchiveEntry> => {
      await chmod(staged, 0o755)
      const open = () => hash.through(createReadStream(staged, { highWaterMark: 1 << 18 }))
      return { kind: 'file', path: name, mode: 0o755, size: (await stat(staged)).size, open }
    }),
  )
  const others = archiveFiles.map(
    ({ path, file, size, mode }): ArchiveEntry => ({
      kind: 'file',
      path,
      size,
      mode,
      open: () => createReadStream(file),
    }),
  )
  const archive = { path: target.archive.path, staged: join(staging, target.archive.path) }
  const archiveHashes = await writeArchive(archive.staged, target.archive, [...entries, ...others], time)
  const subject = (path: string, role: 'binary' | 'archive', mediaType: string, found: FileHashes): FileSubject => ({
    kind: 'file',
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    role,
    platform: target.platform,
    mediaType,
    ...found,
  })
  return [
    ...packed.map(({ path, staged, hash }) => ({
      staged,
      subject: subject(path, 'binary', 'application/octet-stream', hash.result()),
    })),
    {
      staged: archive.staged,
      subject: subject(archive.path, 'archive', archiveTypes[target.archive.format], archiveHashes),
    },
  ]
}

const archiveTypes = { 'tar.gz': 'application/gzip', zip: 'application/zip' }

async function writeArchive(
  path: string,
  { format }: ArchivePlan,
  entries: readonly ArchiveEntry[],
  time: Date,
): Promise<FileHashes> {
  const hash = hashes()
  await mkdir(dirname(path), { recursive: true })
  const content = format === 'zip' ? zip(entries, time) : gzip(tar(entries, time))
  await pipeline(content, hash.through, createWriteStream(path))
  return hash.result()
}
