import { formatPlatform, type Platform, type Tag } from '../oci/index.ts'
import type { BuildDependency, Parameters, Source } from '../release/index.ts'
import { UserError } from '../runner/index.ts'
import { pseudoVersion } from './git.ts'
import { projectName } from './go-module.ts'
import { basePackageUrl, type ImageSpec, imageTag } from './image-spec.ts'
import { tagsFlag } from './main-packages.ts'
import type { BuildInput, BuildObservation } from './observe.ts'
import { expandTemplate } from './template.ts'

/** Everything a build will do: plain data. Paths are relative to the release directory. */
export interface BuildPlan {
  readonly project: string
  readonly version: string
  readonly source: Source
  readonly goVersion: string
  /** Arguments of `go build` but the output folder, the same for every platform. */
  readonly arguments: readonly string[]
  readonly platforms: readonly PlatformPlan[]
  readonly images: readonly ImagePlan[]
  readonly parameters: Parameters
  readonly dependencies: readonly BuildDependency[]
}

export interface PlatformPlan {
  readonly platform: Platform
  readonly environment: Readonly<Record<string, string>>
  readonly binaries: readonly BinaryPlan[]
  readonly archive: ArchivePlan
}

export interface BinaryPlan {
  readonly command: string
  /** As the compiler and the archive name it: `hello`, `hello.exe`. */
  readonly name: string
  readonly path: string
}

export interface ArchivePlan {
  readonly path: string
  readonly format: 'tar.gz' | 'zip'
}

export interface ImagePlan {
  readonly spec: ImageSpec
  readonly tag: Tag
}

const versionPattern = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/

/** @throws UserError for a name, version, tag or template that cannot be */
export function planBuild(input: BuildInput, observation: BuildObservation): BuildPlan {
  const { checkout, module, mains, targets, archiveFiles } = observation
  const name = input.name ?? projectName(module.path)
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name))
    throw new UserError(`'${name}' is not a name of a project`, { hint: "Set the input 'name'." })
  const version = input.version ?? defaultVersion(observation)
  if (!versionPattern.test(version))
    throw new UserError(`'${version}' is not a version`, { hint: 'Write it as v1.2.3.' })
  for (const { path } of archiveFiles) {
    if (mains.some(({ command }) => path === command || path === `${command}.exe`)) {
      throw new UserError(`An archive would hold '${path}' twice: as a command and from 'archive-files'`)
    }
  }
  return {
    project: name,
    version,
    source: checkout.source,
    goVersion: observation.go.version,
    arguments: buildArguments(input, name, version, observation),
    platforms: targets.map((target) => ({
      platform: target.platform,
      environment: target.environment,
      binaries: mains.map(({ command }) => ({
        command,
        name: `${command}${target.extension}`,
        path: `files/${command}-${target.suffix}${target.extension}`,
      })),
      archive: archivePlan(
        `files/${name}-${version}-${target.suffix}`,
        target.platform.os === 'windows' ? 'zip' : 'tar.gz',
      ),
    })),
    images: observation.images.map((spec) => ({ spec, tag: imageTag(version) })),
    parameters: parametersOf(input, name, version, observation),
    dependencies: dependenciesOf(observation),
  }
}

const archivePlan = (stem: string, format: ArchivePlan['format']): ArchivePlan => ({
  path: `${stem}.${format}`,
  format,
})

/** Of a modified tree, the version says so, as Go itself does; one that the user gives is taken as it is. */
function defaultVersion({ checkout }: BuildObservation): string {
  const { source, tagVersion } = checkout
  const version = tagVersion ?? (source.commit ? pseudoVersion(source.commitTime, source.commit) : 'v0.0.0')
  return source.modified ? `${version}${version.includes('+') ? '.' : '+'}dirty` : version
}

function buildArguments(
  input: BuildInput,
  name: string,
  version: string,
  { checkout, mains }: BuildObservation,
): string[] {
  const { source } = checkout
  const values = { Version: version, Commit: source.commit ?? '', CommitDate: source.commitTime, Name: name }
  const ldflags = input.ldflags.map((flag) => expandTemplate(flag, values, "Input 'ldflags'")).join(' ')
  const wrong = input.buildTags.find((tag) => !/^[A-Za-z0-9_.]+$/.test(tag))
  if (wrong !== undefined)
    throw new UserError(`'${wrong}' is not a build tag`, { hint: "Give one tag a line in 'build-tags'." })
  // The stamp of -buildvcs depends on tags and untracked files around the commit; ldflags and the record name the version.
  return [
    '-trimpath',
    '-buildvcs=false',
    ...tagsFlag(input.buildTags),
    `-ldflags=${ldflags}`,
    '--',
    ...mains.map(({ importPath }) => importPath),
  ]
}

/** Every input that has an effect on what is built, with defaults resolved: SLSA's external parameters. */
function parametersOf(input: BuildInput, name: string, version: string, observation: BuildObservation): Parameters {
  const { mains, targets, archiveFiles, moduleMode } = observation
  return {
    name,
    version,
    'main-packages': mains.map(({ importPath }) => importPath),
    platforms: targets.map(({ platform }) => formatPlatform(platform)),
    ldflags: input.ldflags,
    'build-tags': input.buildTags,
    'archive-files': archiveFiles.map(({ path }) => path),
    images: observation.images.map((spec) => ({
      name: spec.name,
      'main-package': mains.find(({ command }) => command === spec.command)?.importPath,
      base: baseParameter(spec, observation),
      user: spec.user,
      entrypoint: spec.entrypoint,
      labels: spec.labels,
      platforms: spec.platforms.map(formatPlatform),
    })),
    ...(input.goVersion ? { 'go-version': input.goVersion } : {}),
    ...(moduleMode ? { GOFLAGS: moduleMode } : {}),
    ...(observation.checkout.source.modified ? { 'allow-modified': true } : {}),
  }
}

function baseParameter(spec: ImageSpec, { bases }: BuildObservation): string {
  const base = bases.get(spec.name)
  return base ? basePackageUrl(base.reference, base.digest) : 'scratch'
}

/** What the build consumes beside the source, which the record names itself; the compressor's version too, since the bytes of archives and layers depend on it. */
function dependenciesOf({ go, bases }: BuildObservation): BuildDependency[] {
  const images = [...bases.values()].map(({ reference, digest }) => ({
    name: reference.name,
    uri: basePackageUrl(reference, digest),
    digest: { sha256: digest.slice('sha256:'.length) },
  }))
  const distinct = new Map(images.map((image) => [image.uri, image]))
  return [
    { name: 'go', uri: `pkg:generic/go@${go.version}` },
    { name: 'zlib', uri: `pkg:generic/zlib@${process.versions.zlib}` },
    ...[...distinct.values()].sort((left, right) => (left.uri < right.uri ? -1 : 1)),
  ]
}
