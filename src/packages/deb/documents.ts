import { gzipBytes } from '../compression.ts'
import type { License } from '../license.ts'
import { formatVersion, type PackageEntry, type PackageMetadata } from '../package.ts'

/** Where a package's programs lie. */
const programFolders = ['/usr/bin/', '/usr/sbin/', '/usr/libexec/', '/opt/']

/**
 * What Debian Policy 12 wants in every package: its license and its changelog; and the word to lintian that a program
 * of Go is linked statically on purpose.
 */
export function debDocuments(
  metadata: PackageMetadata,
  license: License | undefined,
  repository: string,
  entries: readonly PackageEntry[],
): PackageEntry[] {
  const folder = `/usr/share/doc/${metadata.name}`
  const document = (path: string, bytes: Uint8Array): PackageEntry => ({
    path,
    mode: 0o644,
    kind: 'documentation',
    content: { bytes },
  })
  const programs = entries.filter((entry) => programFolders.some((start) => entry.path.startsWith(start)))
  return [
    document(`${folder}/copyright`, Buffer.from(copyright(metadata, license, repository))),
    document(`${folder}/changelog.Debian.gz`, gzipBytes(Buffer.from(changelog(metadata)), 9)),
    ...(programs.length > 0
      ? [document(`/usr/share/lintian/overrides/${metadata.name}`, Buffer.from(overrides(metadata, programs)))]
      : []),
  ]
}

function copyright(metadata: PackageMetadata, license: License | undefined, repository: string): string {
  // The path of a checkout without a remote would make a difference between two machines.
  const source = repository.startsWith('https://') ? repository : 'its sources'
  const head = [
    `This package was made from ${source}, release ${metadata.release}.`,
    '',
    `Copyright: ${new Date(metadata.time * 1000).getUTCFullYear()} the authors of ${metadata.name}`,
    `License: ${metadata.license}`,
    '',
  ]
  // The text that every Debian system has is not repeated (Policy 12.5).
  if (license?.identifier === 'Apache-2.0') {
    return [
      ...head,
      'On Debian systems, the complete text of the Apache License, Version 2.0, is in the file',
      '/usr/share/common-licenses/Apache-2.0.',
      '',
    ].join('\n')
  }
  return [...head, ...(license ? [license.text.trimEnd(), ''] : [])].join('\n')
}

function changelog(metadata: PackageMetadata): string {
  // RFC 5322, as dpkg-parsechangelog reads it; toUTCString differs in the zone only.
  const date = new Date(metadata.time * 1000).toUTCString().replace('GMT', '+0000')
  return [
    `${metadata.name} (${formatVersion(metadata.version)}) stable; urgency=medium`,
    '',
    `  * Release ${metadata.release}.`,
    '',
    ` -- ${metadata.maintainer}  ${date}`,
    '',
  ].join('\n')
}

function overrides(metadata: PackageMetadata, programs: readonly PackageEntry[]): string {
  const lines = programs.flatMap(({ path }) =>
    ['statically-linked-binary', 'unstripped-binary-or-object'].map(
      (tag) => `${metadata.name}: ${tag} [${path.slice(1)}]\n`,
    ),
  )
  return lines.join('')
}
