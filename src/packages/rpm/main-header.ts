import { compressionLevels } from '../compression.ts'
import { type Compression, formatVersion, type ScriptName } from '../package.ts'
import { dependencyEntries } from './dependencies.ts'
import { fileEntries, type RpmFileEntry, sizeOf } from './files.ts'
import type { Header, HeaderValue } from './header.ts'
import type { RpmPackage } from './package.ts'
import { sha256Algorithm, tags } from './tags.ts'

/** What is known of the payload once it is written; digests are SHA-256 in hexadecimal. */
export interface Payload {
  readonly compression: Compression
  readonly digest: string
  /** Of the uncompressed bytes. */
  readonly uncompressedDigest: string
  /** SHA-256 of each file by path. */
  readonly fileDigests: ReadonlyMap<string, string>
}

const scriptTags: Readonly<Record<ScriptName, readonly [script: number, program: number]>> = {
  preinstall: [tags.preInstall, tags.preInstallProgram],
  postinstall: [tags.postInstall, tags.postInstallProgram],
  preremove: [tags.preUninstall, tags.preUninstallProgram],
  postremove: [tags.postUninstall, tags.postUninstallProgram],
}

/** The main header (RPM v4): all that rpm knows of a package; it binds the payload by digest. */
export function mainHeader(rpm: RpmPackage, files: readonly RpmFileEntry[], payload: Payload): Header {
  const { metadata } = rpm
  const { name, version, time } = metadata
  const fullVersion = formatVersion(version)
  return new Map<number, HeaderValue>([
    [tags.headerI18nTable, strings('C')],
    [tags.name, text(name)],
    [tags.version, text(version.upstream)],
    [tags.release, text(version.revision)],
    [tags.summary, localized(metadata.summary)],
    [tags.description, localized(metadata.description)],
    [tags.buildTime, int32(time)],
    // The name of the machine would make a difference; this is what distributions write instead.
    [tags.buildHost, text('reproducible')],
    [tags.size, int32(files.reduce((total, file) => total + sizeOf(file), 0))],
    [tags.license, text(metadata.license)],
    [tags.packager, text(metadata.maintainer)],
    [tags.group, localized('Applications/System')],
    ...(metadata.homepage ? [[tags.url, text(metadata.homepage)] satisfies [number, HeaderValue]] : []),
    [tags.os, text('linux')],
    [tags.architecture, text(rpm.architecture)],
    ...scriptEntries(rpm),
    // Without it rpm takes the package for a source package.
    [tags.sourceRpm, text(`${name}-${fullVersion}.src.rpm`)],
    [tags.changelogTime, int32(time)],
    [tags.changelogName, strings(`${metadata.maintainer} - ${fullVersion}`)],
    [tags.changelogText, strings(`- Release ${metadata.release}.`)],
    ...fileEntries(files, payload.fileDigests, time),
    ...dependencyEntries(rpm, payload.compression),
    [tags.payloadFormat, text('cpio')],
    [tags.payloadCompressor, text(payload.compression)],
    [tags.payloadFlags, text(String(compressionLevels[payload.compression]))],
    [tags.platform, text(`${rpm.architecture}-linux`)],
    [tags.encoding, text('utf-8')],
    [tags.payloadDigest, strings(payload.digest)],
    [tags.payloadDigestAlgorithm, int32(sha256Algorithm)],
    [tags.payloadDigestAlternative, strings(payload.uncompressedDigest)],
  ])
}

function scriptEntries({ scripts }: RpmPackage): [number, HeaderValue][] {
  return Object.entries(scriptTags).flatMap(([name, [script, program]]): [number, HeaderValue][] => {
    const content = scripts[name as ScriptName]
    if (content === undefined) return []
    return [
      [script, text(content)],
      [program, text('/bin/sh')],
    ]
  })
}

const text = (value: string): HeaderValue => ({ type: 'string', text: value })
const localized = (value: string): HeaderValue => ({ type: 'localized', text: value })
const strings = (...texts: string[]): HeaderValue => ({ type: 'strings', texts })
const int32 = (...numbers: number[]): HeaderValue => ({ type: 'int32', numbers })
