import type { RpmChangelogEntry, RpmDependency, RpmDependencyKind, RpmFile, RpmMetadata } from '../../packages/index.ts'
import type { ListedFile } from '../repository.ts'
import { xmlAttributes, xmlText } from './xml.ts'

/** The three index files of rpm-md that every client knows. */
export const indexTypes = ['primary', 'filelists', 'other'] as const

export type IndexType = (typeof indexTypes)[number]

/** In the order of createrepo_c. */
const dependencyKinds = [
  'provides',
  'requires',
  'conflicts',
  'obsoletes',
  'suggests',
  'enhances',
  'recommends',
  'supplements',
] as const satisfies readonly RpmDependencyKind[]

/** A package as it stands in the indices: a `<package>` element in each. */
export interface RpmEntry extends ListedFile {
  readonly elements: Readonly<Record<IndexType, string>>
}

/** The elements of a package; fields and order are those of createrepo_c, so that every client reads them. */
export function rpmEntry(metadata: RpmMetadata, file: ListedFile): RpmEntry {
  return {
    ...file,
    elements: {
      primary: primaryElement(metadata, file),
      filelists: packageElement(
        metadata,
        file,
        metadata.files.map((packaged) => fileElement(packaged, '  ')),
      ),
      other: packageElement(metadata, file, metadata.changelog.slice(-10).map(changelogElement)),
    },
  }
}

function primaryElement(metadata: RpmMetadata, file: ListedFile): string {
  const { headerRange, buildTime, installedSize, archiveSize } = metadata
  return `${[
    '<package type="rpm">',
    `  <name>${xmlText(metadata.name)}</name>`,
    `  <arch>${xmlText(metadata.architecture)}</arch>`,
    `  ${versionElement(metadata.version)}`,
    `  <checksum type="sha256" pkgid="YES">${file.sha256}</checksum>`,
    `  <summary>${xmlText(metadata.summary)}</summary>`,
    `  <description>${xmlText(metadata.description)}</description>`,
    `  <packager>${xmlText(metadata.packager)}</packager>`,
    `  <url>${xmlText(metadata.url)}</url>`,
    // The file's own time differs from copy to copy; the same package must give the same element.
    `  <time${xmlAttributes({ file: buildTime, build: buildTime })}/>`,
    `  <size${xmlAttributes({ package: file.size, installed: installedSize, archive: archiveSize })}/>`,
    `  <location${xmlAttributes({ href: file.path })}/>`,
    '  <format>',
    `    <rpm:license>${xmlText(metadata.license)}</rpm:license>`,
    `    <rpm:vendor>${xmlText(metadata.vendor)}</rpm:vendor>`,
    `    <rpm:group>${xmlText(metadata.group)}</rpm:group>`,
    `    <rpm:buildhost>${xmlText(metadata.buildHost)}</rpm:buildhost>`,
    `    <rpm:sourcerpm>${xmlText(metadata.sourcePackage)}</rpm:sourcerpm>`,
    `    <rpm:header-range${xmlAttributes({ start: headerRange.start, end: headerRange.end })}/>`,
    ...dependencyKinds.flatMap((kind) => dependencyList(kind, listedDependencies(metadata, kind))),
    ...metadata.files.filter(isPrimaryFile).map((packaged) => fileElement(packaged, '    ')),
    '  </format>',
    '</package>',
  ].join('\n')}\n`
}

function packageElement(metadata: RpmMetadata, file: ListedFile, children: readonly string[]): string {
  const attributes = xmlAttributes({ pkgid: file.sha256, name: metadata.name, arch: metadata.architecture })
  return [`<package${attributes}>`, `  ${versionElement(metadata.version)}`, ...children, '</package>', ''].join('\n')
}

const versionElement = ({ epoch, version, release }: RpmMetadata['version']): string =>
  `<version${xmlAttributes({ epoch, ver: version, rel: release })}/>`

const fileElement = ({ path, type }: RpmFile, indent: string): string =>
  `${indent}<file${type === 'file' ? '' : xmlAttributes({ type })}>${xmlText(path)}</file>`

const changelogElement = ({ author, time, text }: RpmChangelogEntry): string =>
  `  <changelog${xmlAttributes({ author, date: time })}>${xmlText(text)}</changelog>`

// Files that others depend on by path stand in the primary index; clients fetch filelists only for the rest.
const isPrimaryFile = ({ path }: RpmFile): boolean =>
  path.startsWith('/etc/') || path.includes('bin/') || path === '/usr/lib/sendmail'

// What a package needs of rpm itself, and what it brings along, is nothing to resolve.
function listedDependencies(metadata: RpmMetadata, kind: RpmDependencyKind): readonly RpmDependency[] {
  const all = metadata.dependencies[kind]
  if (kind !== 'requires') return all
  const own = new Set([
    ...metadata.dependencies.provides.flatMap((provided) => [provided.name, identityOf(provided)]),
    ...metadata.files.filter(isPrimaryFile).map((packaged) => packaged.path),
  ])
  const needed = all.filter(
    (dependency) =>
      !dependency.name.startsWith('rpmlib(') &&
      !own.has(dependency.comparison ? identityOf(dependency) : dependency.name),
  )
  return [...new Map(needed.map((dependency) => [dependencyEntry(dependency), dependency])).values()]
}

const identityOf = ({ name, comparison, version }: RpmDependency): string => `${name} ${comparison} ${version}`

const dependencyList = (kind: RpmDependencyKind, dependencies: readonly RpmDependency[]): string[] =>
  dependencies.length === 0 ? [] : [`    <rpm:${kind}>`, ...dependencies.map(dependencyEntry), `    </rpm:${kind}>`]

function dependencyEntry({ name, comparison, version, pre }: RpmDependency): string {
  const [, epoch = '0', ver, rel] = /^(?:([0-9]+):)?([^-]*)(?:-(.*))?$/s.exec(version) ?? []
  const versioned = comparison ? { flags: comparison, epoch, ver, rel } : {}
  return `      <rpm:entry${xmlAttributes({ name, ...versioned, pre: pre ? 1 : undefined })}/>`
}
