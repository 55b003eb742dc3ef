import { byBytes } from '../directories.ts'
import { type Compression, formatVersion, type ScriptName } from '../package.ts'
import type { Relation, RelationOperator } from '../relation.ts'
import type { HeaderValue } from './header.ts'
import type { RpmPackage } from './package.ts'
import { senses, tags } from './tags.ts'

/** A dependency as a header holds it. */
interface Dependency {
  readonly name: string
  readonly version: string
  readonly flags: number
}

const operatorSenses: Readonly<Record<RelationOperator, number>> = {
  '<': senses.less,
  '<=': senses.less | senses.equal,
  '=': senses.equal,
  '>=': senses.greater | senses.equal,
  '>': senses.greater,
}

const scriptSenses: Readonly<Record<ScriptName, number>> = {
  preinstall: senses.scriptPre,
  postinstall: senses.scriptPost,
  preremove: senses.scriptPreun,
  postremove: senses.scriptPostun,
}

/** The part of `name(x86-64)` in parentheses, by which a package of one architecture is asked for. */
const isaNames: Readonly<Record<string, string>> = {
  aarch64: 'aarch-64',
  armv5tel: 'armv5tel-32',
  armv6hl: 'armv6hl-32',
  armv7hl: 'armv7hl-32',
  i386: 'x86-32',
  loongarch64: 'loongarch64-64',
  mips64el: 'mips-64',
  ppc64le: 'ppc-64',
  riscv64: 'riscv-64',
  s390x: 's390-64',
  x86_64: 'x86-64',
}

/** All entries of the main header that name other packages, or the package to them. */
export function dependencyEntries(rpm: RpmPackage, compression: Compression): [number, HeaderValue][] {
  const { relations } = rpm
  return [
    ...entries(provides(rpm), tags.provideName, tags.provideVersion, tags.provideFlags),
    ...entries(requires(rpm, compression), tags.requireName, tags.requireVersion, tags.requireFlags),
    ...entries(relations.conflicts.map(dependency), tags.conflictName, tags.conflictVersion, tags.conflictFlags),
    ...entries(relations.replaces.map(dependency), tags.obsoleteName, tags.obsoleteVersion, tags.obsoleteFlags),
    ...entries(relations.recommends.map(dependency), tags.recommendName, tags.recommendVersion, tags.recommendFlags),
    ...entries(relations.suggests.map(dependency), tags.suggestName, tags.suggestVersion, tags.suggestFlags),
  ]
}

function provides(rpm: RpmPackage): Dependency[] {
  const { name, version } = rpm.metadata
  const own = { version: formatVersion(version), flags: senses.equal }
  const isa = isaNames[rpm.architecture]
  return [
    { name, ...own },
    ...(isa ? [{ name: `${name}(${isa})`, ...own }] : []),
    ...configuration(rpm),
    ...rpm.relations.provides.map(dependency),
  ]
}

function requires(rpm: RpmPackage, compression: Compression): Dependency[] {
  const scripts = Object.keys(rpm.scripts) as ScriptName[]
  const shell = scripts.reduce((flags, script) => flags | scriptSenses[script], senses.interpreter)
  return [
    ...(scripts.length > 0 ? [{ name: '/bin/sh', version: '', flags: shell }] : []),
    ...configuration(rpm),
    ...rpm.relations.depends.map(dependency),
    ...features(rpm, compression),
  ]
}

// A package with configuration ties it to itself, so that rpm keeps both of one version.
function configuration(rpm: RpmPackage): Dependency[] {
  if (!rpm.entries.some((entry) => entry.kind === 'config')) return []
  const version = formatVersion(rpm.metadata.version)
  return [{ name: `config(${rpm.metadata.name})`, version, flags: senses.equal | senses.config }]
}

/** What of the format an old rpm might not know (rpm's lib/rpmds.c names them and since when). */
function features(rpm: RpmPackage, compression: Compression): Dependency[] {
  const tilde = [rpm.metadata.version.upstream, ...Object.values(rpm.relations).flat().map(versionOf)].some((version) =>
    version.includes('~'),
  )
  const needed: readonly (readonly [name: string, since: string, used: boolean])[] = [
    ['CompressedFileNames', '3.0.4-1', true],
    ['FileDigests', '4.6.0-1', true],
    ['PayloadFilesHavePrefix', '4.0-1', true],
    ['PayloadIsXz', '5.2-1', compression === 'xz'],
    ['PayloadIsZstd', '5.4.18-1', compression === 'zstd'],
    ['TildeInVersions', '4.10.0-1', tilde],
  ]
  const flags = senses.rpmlib | senses.less | senses.equal
  return needed
    .filter(([, , used]) => used)
    .map(([name, since]) => ({ name: `rpmlib(${name})`, version: since, flags }))
}

const versionOf = (relation: Relation): string => relation.comparison?.version ?? ''

const dependency = (relation: Relation): Dependency => ({
  name: relation.name,
  version: versionOf(relation),
  flags: relation.comparison ? operatorSenses[relation.comparison.operator] : 0,
})

// rpm looks dependencies up by halving: they have to be sorted.
function entries(list: readonly Dependency[], name: number, version: number, flags: number): [number, HeaderValue][] {
  if (list.length === 0) return []
  const sorted = [...list].sort(
    (left, right) => byBytes(left.name, right.name) || byBytes(left.version, right.version) || left.flags - right.flags,
  )
  return [
    [name, { type: 'strings', texts: sorted.map((dependency) => dependency.name) }],
    [version, { type: 'strings', texts: sorted.map((dependency) => dependency.version) }],
    [flags, { type: 'int32', numbers: sorted.map((dependency) => dependency.flags) }],
  ]
}
