import { join } from 'node:path'
import { UserError } from '../errors/index.ts'
import type { Platform } from '../oci/index.ts'
import type { FileSubject, Release } from '../release/index.ts'
import { suggest } from '../runner/index.ts'
import { anyArchitecture, architectureOf } from './architecture.ts'
import { linuxCommands, type PlatformCommands } from './commands.ts'
import { type DebPackage, debDocuments, debScripts, requireUstarPaths } from './deb/index.ts'
import { byBytes, parentDirectories } from './directories.ts'
import type { PackageContents, ProjectContents } from './observe.ts'
import {
  type Compression,
  formatVersion,
  type PackageEntry,
  type PackageFormat,
  type PackageMetadata,
  type PerFormat,
} from './package.ts'
import { type RpmPackage, rpmDocuments, rpmScripts } from './rpm/index.ts'
import type { PackageSpec } from './spec.ts'
import { unitEntries } from './systemd.ts'
import { packageVersion } from './version.ts'

/** One package to be made. */
export type PlannedPackage = {
  /** Its name in `files/`. */
  readonly fileName: string
  /** Absent when it runs anywhere. */
  readonly platform?: Platform
  readonly compression: Compression
} & (
  | { readonly format: 'deb'; readonly package: DebPackage }
  | { readonly format: 'rpm'; readonly package: RpmPackage }
)

export interface PackageOptions {
  readonly formats: readonly PackageFormat[]
  /** For both formats; the default of each where absent. */
  readonly compression: Compression | undefined
}

/**
 * gzip for deb: dpkg before Debian 12 and its lintian know no zstd, and xz takes ten times as long. zstd for rpm: every
 * rpm still maintained reads it, it packs tighter than gzip and takes a quarter of its time.
 */
const defaultCompression: PerFormat<Compression> = { deb: 'gzip', rpm: 'zstd' }

// deb-systemd-helper finds units in /usr/lib only since 2022; systemd reads both.
const unitFolders: PerFormat<string> = { deb: '/lib/systemd/system', rpm: '/usr/lib/systemd/system' }

/**
 * The packages of a release, sorted by name.
 * @throws UserError when a spec asks for a command that the release does not have, or two files would take one place
 */
export function planPackages(
  release: Release,
  specs: readonly PackageSpec[],
  project: ProjectContents,
  options: PackageOptions,
): PlannedPackage[] {
  const platforms = linuxCommands(release.record)
  const planned = specs.flatMap((spec) => {
    const contents = project.packages.get(spec.name)
    if (!contents) throw new Error(`the project's files for ${spec.name} were not observed`)
    return variantsOf(spec, contents, platforms).flatMap((variant) =>
      options.formats.map((format) => planOne(release, spec, project, contents, variant, format, options)),
    )
  })
  const names = new Set<string>()
  for (const { fileName } of planned) {
    if (names.has(fileName)) {
      throw new UserError(`Two packages have the name ${fileName}`, {
        hint: 'Two platforms of the release have one architecture in packages; make them in two releases.',
      })
    }
    names.add(fileName)
  }
  return planned.sort((left, right) => byBytes(left.fileName, right.fileName))
}

/** A package for one platform, or for any. */
interface Variant {
  readonly platform?: Platform
  readonly commands: ReadonlyMap<string, FileSubject>
}

function variantsOf(
  spec: PackageSpec,
  contents: PackageContents,
  platforms: readonly PlatformCommands[],
): readonly Variant[] {
  const wanted = wantedCommands(spec, platforms)
  if (wanted.length === 0) {
    if (contents.entries.length + contents.units.length > 0) return [{ commands: new Map() }]
    throw new UserError(`${spec.place}: the package '${spec.name}' would be empty`, {
      hint: 'The release has no command for Linux: build one for linux/amd64, or name files.',
    })
  }
  return platforms.flatMap(({ platform, commands }) => {
    const chosen = new Map([...commands].filter(([name]) => wanted.includes(name)))
    if (chosen.size === 0) return []
    const missing = wanted.find((name) => !chosen.has(name))
    if (missing) {
      throw new UserError(
        `${spec.place}.binaries: the release has '${missing}' for some platforms, but not for ${platform.architecture}`,
        { hint: 'Build all commands of a package for the same platforms, or put them into two packages.' },
      )
    }
    return [{ platform, commands: chosen }]
  })
}

/** Names of the commands that a package holds: those that it names, else its namesake, else all. */
export function wantedCommands(spec: PackageSpec, platforms: readonly PlatformCommands[]): readonly string[] {
  const all = new Set(platforms.flatMap(({ commands }) => [...commands.keys()]))
  const wanted = spec.binaries ?? (all.has(spec.name) ? [spec.name] : [...all])
  for (const name of wanted) {
    if (all.has(name)) continue
    const near = suggest(name, all)
    throw new UserError(`${spec.place}.binaries: the release has no command '${name}' for Linux`, {
      hint: near ? `Did you mean '${near}'?` : `It has ${[...all].sort().join(', ') || 'none'}.`,
    })
  }
  return wanted
}

function planOne(
  release: Release,
  spec: PackageSpec,
  project: ProjectContents,
  contents: PackageContents,
  variant: Variant,
  format: PackageFormat,
  options: PackageOptions,
): PlannedPackage {
  const { record } = release
  const metadata = metadataOf(release, spec, project, [...variant.commands.keys()])
  const architecture = (variant.platform ? architectureOf(variant.platform) : anyArchitecture)[format]
  const own = [
    ...commandEntries(release.directory, variant.commands),
    ...unitEntries(contents.units, unitFolders[format]),
    ...contents.entries,
  ]
  const documents =
    format === 'deb'
      ? debDocuments(metadata, project.license, record.source.repository, own)
      : rpmDocuments(metadata, project.license)
  const entries = requireDistinct([...own, ...documents], spec)
  if (format === 'deb') requireUstarPaths(entries)
  const common = {
    ...(variant.platform ? { platform: variant.platform } : {}),
    compression: options.compression ?? defaultCompression[format],
  }
  const { name, version } = metadata
  return format === 'deb'
    ? {
        ...common,
        format,
        fileName: `${name}_${formatVersion(version)}_${architecture}.deb`,
        package: {
          metadata,
          architecture,
          relations: spec.relations.deb,
          entries,
          scripts: debScripts(contents.scripts.deb, contents.units),
        },
      }
    : {
        ...common,
        format,
        fileName: `${name}-${formatVersion(version)}.${architecture}.rpm`,
        package: {
          metadata,
          architecture,
          relations: spec.relations.rpm,
          entries,
          scripts: rpmScripts(contents.scripts.rpm, contents.units),
        },
      }
}

function metadataOf(
  { record }: Release,
  spec: PackageSpec,
  project: ProjectContents,
  commands: readonly string[],
): PackageMetadata {
  const { repository } = record.source
  const homepage = spec.homepage ?? (repository.startsWith('https://') ? repository : undefined)
  const held = commands.length > 0 ? `the commands ${commands.join(', ')}` : 'files'
  return {
    name: spec.name,
    version: packageVersion(record.version, spec.revision),
    summary: spec.summary ?? `Release of the project ${record.project}`,
    description: spec.description ?? `It holds ${held} of ${record.project} ${record.version}.`,
    maintainer: spec.maintainer ?? defaultMaintainer(record.project, repository),
    ...(homepage ? { homepage } : {}),
    license: spec.license ?? project.license?.identifier ?? 'LicenseRef-unknown',
    section: spec.section ?? 'utils',
    release: record.version,
    time: Math.floor(Date.parse(record.source.commitTime) / 1000),
  }
}

// An address that reaches nobody by mail, and tells where the project is.
function defaultMaintainer(project: string, repository: string): string {
  const owner = /^https:\/\/github\.com\/([A-Za-z0-9-]+)\//.exec(repository)?.[1]
  return `The ${project} maintainers <${owner ?? project}@users.noreply.github.com>`
}

const commandEntries = (directory: string, commands: ReadonlyMap<string, FileSubject>): PackageEntry[] =>
  [...commands].map(([name, { path, size, sha256 }]) => ({
    path: `/usr/bin/${name}`,
    mode: 0o755,
    kind: 'plain',
    content: { file: join(directory, path), size, sha256 },
  }))

function requireDistinct(entries: readonly PackageEntry[], spec: PackageSpec): PackageEntry[] {
  const paths = new Set<string>()
  for (const { path } of entries) {
    if (paths.has(path)) throw new UserError(`${spec.place}: two files of the package lie at ${path}`)
    paths.add(path)
  }
  parentDirectories(entries)
  return [...entries].sort((left, right) => byBytes(left.path, right.path))
}
