import { parentDirectories } from '../directories.ts'
import { contentSize, formatVersion, type RelationKind } from '../package.ts'
import type { DebPackage } from './package.ts'

const relationFields: Readonly<Record<RelationKind, string>> = {
  depends: 'Depends',
  recommends: 'Recommends',
  suggests: 'Suggests',
  conflicts: 'Conflicts',
  replaces: 'Replaces',
  provides: 'Provides',
}

/** The control file of a binary package (Debian Policy 5.3). */
export function controlFile(deb: DebPackage): string {
  const { metadata } = deb
  const relations = Object.entries(relationFields).flatMap(([kind, field]): [string, string][] => {
    const list = deb.relations[kind as RelationKind]
    return list.length > 0 ? [[field, list.join(', ')]] : []
  })
  const fields: [string, string][] = [
    ['Package', metadata.name],
    ['Version', formatVersion(metadata.version)],
    ['Architecture', deb.architecture],
    ['Maintainer', metadata.maintainer],
    ['Installed-Size', String(installedSize(deb))],
    ...relations,
    ['Section', metadata.section],
    ['Priority', 'optional'],
    ...(metadata.homepage ? [['Homepage', metadata.homepage] satisfies [string, string]] : []),
    ['Description', [metadata.summary, ...metadata.description.split('\n').map(continuationLine)].join('\n')],
  ]
  return fields.map(([name, value]) => `${name}: ${value}\n`).join('')
}

// A lone dot stands for an empty line, which would end the paragraph (Policy 5.6.13).
const continuationLine = (line: string): string => (line.trim() === '' ? ' .' : ` ${line.trimEnd()}`)

// In KiB: each file rounded up, each folder one, as dpkg-gencontrol counts.
function installedSize({ entries }: DebPackage): number {
  const files = entries.reduce((total, entry) => total + Math.ceil(contentSize(entry.content) / 1024), 0)
  return files + parentDirectories(entries).length
}

/** Paths of the files whose changes survive an upgrade; absent when there is none. */
export function conffilesFile({ entries }: DebPackage): string | undefined {
  const paths = entries.filter((entry) => entry.kind === 'config').map((entry) => `${entry.path}\n`)
  return paths.length > 0 ? paths.join('') : undefined
}

/** MD5 of every installed file but conffiles, in the format of md5sum(1); `digests` by path. */
export const md5sumsFile = ({ entries }: DebPackage, digests: ReadonlyMap<string, string>): string =>
  entries
    .filter((entry) => entry.kind !== 'config')
    .map(({ path }) => `${digests.get(path) ?? ''}  ${path.slice(1)}\n`)
    .join('')
