import { posix } from 'node:path'
import { byBytes, parentDirectories } from '../directories.ts'
import { contentSize, type PackageContent, type PackageEntry } from '../package.ts'
import type { HeaderValue } from './header.ts'
import { fileFlags, sha256Algorithm, tags } from './tags.ts'

/** A file or folder as the payload and the header list it. */
export interface RpmFileEntry {
  readonly path: string
  /** Type and permission bits. */
  readonly mode: number
  readonly flags: number
  /** Absent from a folder. */
  readonly content?: PackageContent
}

export const sizeOf = (file: RpmFileEntry): number => (file.content ? contentSize(file.content) : 0)

/** Folders that the distributions' own packages bring; a package owns every other one that its files lie in. */
const systemFolders = new Set(
  [
    '/etc /etc/cron.d /etc/default /etc/logrotate.d /etc/modprobe.d /etc/modules-load.d /etc/opt /etc/profile.d /etc/sudoers.d',
    '/etc/sysconfig /etc/sysctl.d /etc/systemd /etc/systemd/system /etc/xdg',
    '/lib /opt /run /srv /usr /usr/bin /usr/include /usr/lib /usr/lib64 /usr/libexec /usr/local /usr/local/bin /usr/sbin',
    '/usr/lib/modules-load.d /usr/lib/sysctl.d /usr/lib/systemd /usr/lib/systemd/system /usr/lib/systemd/system-preset',
    '/usr/lib/systemd/user /usr/lib/sysusers.d /usr/lib/tmpfiles.d /usr/lib/udev /usr/lib/udev/rules.d',
    '/usr/share /usr/share/applications /usr/share/bash-completion /usr/share/bash-completion/completions /usr/share/doc',
    '/usr/share/fish /usr/share/fish/vendor_completions.d /usr/share/icons /usr/share/info /usr/share/licenses /usr/share/locale',
    '/usr/share/man /usr/share/man/man1 /usr/share/man/man5 /usr/share/man/man7 /usr/share/man/man8 /usr/share/zsh',
    '/usr/share/zsh/site-functions /var /var/cache /var/lib /var/log /var/opt /var/spool',
  ]
    .join(' ')
    .split(' '),
)

const directoryType = 0o040000
const regularType = 0o100000

const kindFlags: Readonly<Record<PackageEntry['kind'], number>> = {
  plain: 0,
  config: fileFlags.config | fileFlags.noReplace,
  documentation: fileFlags.documentation,
  license: fileFlags.license,
}

/** The files and the folders that the package owns, in the order of the payload. */
export function rpmFiles(entries: readonly PackageEntry[]): RpmFileEntry[] {
  const folders = parentDirectories(entries)
    .filter((path) => !systemFolders.has(path))
    .map((path): RpmFileEntry => ({ path, mode: directoryType | 0o755, flags: 0 }))
  const files = entries.map(
    (entry): RpmFileEntry => ({
      path: entry.path,
      mode: regularType | entry.mode,
      flags: kindFlags[entry.kind],
      content: entry.content,
    }),
  )
  return [...folders, ...files].sort((left, right) => byBytes(left.path, right.path))
}

/** The entries of the main header about the files; `digests` holds the SHA-256 of each by path. */
export function fileEntries(
  files: readonly RpmFileEntry[],
  digests: ReadonlyMap<string, string>,
  time: number,
): [number, HeaderValue][] {
  if (files.length === 0) return []
  const folders = [...new Set(files.map(folderOf))]
  const int16 = (read: (file: RpmFileEntry, index: number) => number): HeaderValue => ({
    type: 'int16',
    numbers: files.map(read),
  })
  const int32 = (read: (file: RpmFileEntry, index: number) => number): HeaderValue => ({
    type: 'int32',
    numbers: files.map(read),
  })
  const strings = (read: (file: RpmFileEntry) => string): HeaderValue => ({ type: 'strings', texts: files.map(read) })
  return [
    [tags.fileSizes, int32(sizeOf)],
    [tags.fileModes, int16((file) => file.mode)],
    [tags.fileRdevs, int16(() => 0)],
    [tags.fileMtimes, int32(() => time)],
    [tags.fileDigests, strings((file) => digests.get(file.path) ?? '')],
    [tags.fileLinkTos, strings(() => '')],
    [tags.fileFlags, int32((file) => file.flags)],
    [tags.fileUserName, strings(() => 'root')],
    [tags.fileGroupName, strings(() => 'root')],
    [tags.fileVerifyFlags, int32(() => 0xffffffff)],
    [tags.fileDevices, int32(() => 1)],
    [tags.fileInodes, int32((_, index) => index + 1)],
    [tags.fileLangs, strings(() => '')],
    [tags.dirIndexes, int32((file) => folders.indexOf(folderOf(file)))],
    [tags.baseNames, strings((file) => posix.basename(file.path))],
    [tags.dirNames, { type: 'strings', texts: folders }],
    [tags.fileDigestAlgorithm, { type: 'int32', numbers: [sha256Algorithm] }],
  ]
}

const folderOf = (file: RpmFileEntry): string => posix.join(posix.dirname(file.path), '/')
