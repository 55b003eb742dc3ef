import { UserError } from '../errors/index.ts'
import {
  type PackageFormat,
  type PerFormat,
  packageFormats,
  type RelationKind,
  relationKinds,
  type ScriptName,
  scriptNames,
} from './package.ts'
import { formatDebianRelation, parseDebianRelation, parseRelation, type Relation } from './relation.ts'
import { booleanAt, listAt, mappingAt, matchAt, textAt, textsAt } from './value.ts'

/** A package as the project describes it. What is absent follows from the release. */
export interface PackageSpec {
  readonly name: string
  /** Where it stands, for messages: `packages.hello`. */
  readonly place: string
  readonly summary?: string
  readonly description?: string
  readonly maintainer?: string
  readonly homepage?: string
  readonly license?: string
  readonly section?: string
  readonly revision: string
  readonly relations: PackageRelations
  /** Names of commands, installed in /usr/bin. */
  readonly binaries?: readonly string[]
  readonly files: readonly FileSpec[]
  /** Paths of unit files below the project. */
  readonly systemdUnits: readonly string[]
  /** Paths of scripts below the project. */
  readonly scripts: PerFormat<Readonly<Partial<Record<ScriptName, string>>>>
}

/** Debian's in its own syntax, which has alternatives; RPM's in parts. */
export interface PackageRelations {
  readonly deb: Readonly<Record<RelationKind, readonly string[]>>
  readonly rpm: Readonly<Record<RelationKind, readonly Relation[]>>
}

export interface FileSpec {
  readonly place: string
  /** Glob pattern below the project. */
  readonly source: string
  /** Absolute; a folder when it ends with `/`. */
  readonly destination: string
  /** Permission bits; those of a file or a program where absent. */
  readonly mode?: number
  /** Whether a changed file survives an upgrade; files in /etc do where absent. */
  readonly config?: boolean
}

const keys = [
  'summary',
  'description',
  'maintainer',
  'homepage',
  'license',
  'section',
  'revision',
  'binaries',
  'files',
  'systemd-units',
  'scripts',
  ...relationKinds,
]

/**
 * The packages that a project describes: a list with names, or a map by name. Nothing given is no package.
 * @throws UserError that names the place: an unknown key ("did you mean"), or a value of a wrong shape
 */
export function parsePackageSpecs(input: unknown, place = 'packages'): PackageSpec[] {
  if (input === undefined || input === null) return []
  const specs = Array.isArray(input)
    ? input.map((item, index) => listedSpec(item, `${place}[${index}]`))
    : [...mappingAt(input, place)].map(([name, item]) => mappedSpec(name, item, `${place}.${name}`))
  const names = new Set<string>()
  for (const spec of specs) {
    if (names.has(spec.name)) throw new UserError(`${spec.place}: two packages have the name '${spec.name}'`)
    names.add(spec.name)
  }
  return specs
}

/** The spec of a package of which nothing is said but its name. */
export const plainSpec = (name: string): PackageSpec => parseSpec(name, new Map(), 'packages')

function listedSpec(item: unknown, place: string): PackageSpec {
  const members = mappingAt(item, place, ['name', ...keys])
  return parseSpec(members.get('name'), members, place)
}

function mappedSpec(name: string, item: unknown, place: string): PackageSpec {
  return parseSpec(name, item === null ? new Map() : mappingAt(item, place, keys), place)
}

function parseSpec(name: unknown, members: ReadonlyMap<string, unknown>, place: string): PackageSpec {
  const optional = <Value>(key: string, read: (value: unknown, place: string) => Value): Record<string, Value> =>
    members.has(key) ? { [key]: read(members.get(key), `${place}.${key}`) } : {}
  const list = <Value>(key: string, read: (value: unknown, place: string) => Value): Value[] =>
    listAt(members.get(key) ?? [], `${place}.${key}`).map((item, index) => read(item, `${place}.${key}[${index}]`))
  return {
    name: matchAt(
      name,
      `${place}.name`,
      /^[a-z0-9][a-z0-9+.-]+$/,
      "a package's name: two or more lower-case letters, digits and + . -, a letter or digit first",
    ),
    place,
    ...optional('summary', textAt),
    ...optional('description', (value, at) => textAt(value, at, { lines: true })),
    ...optional('maintainer', (value, at) =>
      matchAt(value, at, /^[^<>,@]+ <[^<>\s@]+@[^<>\s@]+>$/, "'Name <address>'"),
    ),
    ...optional('homepage', (value, at) => matchAt(value, at, /^https?:\/\/[^\s]+$/, 'an http(s) address')),
    ...optional('license', textAt),
    ...optional('section', (value, at) =>
      matchAt(value, at, /^[a-z][a-z-]*(\/[a-z-]+)?$/, 'a section of the Debian archive'),
    ),
    revision: revisionAt(members.get('revision') ?? 1, `${place}.revision`),
    relations: relationsOf(members, place),
    ...optional('binaries', (value, at) => textsAt(value, at).map((text) => commandAt(text, at))),
    files: list('files', fileSpec),
    systemdUnits: list('systemd-units', unitAt),
    scripts: scriptsOf(members.get('scripts') ?? {}, `${place}.scripts`),
  }
}

const revisionAt = (value: unknown, place: string): string =>
  matchAt(String(value), place, /^[0-9][0-9A-Za-z.]*$/, 'a revision: a number, such as 1')

const commandAt = (value: string, place: string): string =>
  matchAt(value, place, /^[A-Za-z0-9_][A-Za-z0-9._+-]*$/, 'the name of a command')

const unitAt = (value: unknown, place: string): string =>
  matchAt(
    value,
    place,
    /(^|\/)[A-Za-z0-9_:][A-Za-z0-9:_.@-]*\.(service|socket|timer|path|target|mount|slice)$/,
    'the path of a systemd unit, such as hello.service',
  )

function fileSpec(item: unknown, place: string): FileSpec {
  const members = mappingAt(item, place, ['source', 'destination', 'mode', 'config'])
  const destination = matchAt(
    members.get('destination'),
    `${place}.destination`,
    /^(\/[A-Za-z0-9_.+@:~,=%-]+)+\/?$/,
    'an absolute path, without spaces',
  )
  if (destination.split('/').some((part) => part === '.' || part === '..')) {
    throw new UserError(`${place}.destination: '${destination}' has a part '.' or '..'`)
  }
  return {
    place,
    source: textAt(members.get('source'), `${place}.source`),
    destination,
    ...(members.has('mode') ? { mode: modeAt(members.get('mode'), `${place}.mode`) } : {}),
    ...(members.has('config') ? { config: booleanAt(members.get('config'), `${place}.config`) } : {}),
  }
}

function modeAt(value: unknown, place: string): number {
  // YAML reads 0644 as the decimal number 644 and 0o644 as 420: only text leaves no doubt.
  if (typeof value === 'number') throw new UserError(`${place}: write the mode in quotes`, { hint: "Such as '0644'." })
  return Number.parseInt(matchAt(value, place, /^0?[0-7]{3,4}$/, "a mode, such as '0644'"), 8)
}

function relationsOf(members: ReadonlyMap<string, unknown>, place: string): PackageRelations {
  const read = (kind: RelationKind) => relationsAt(members.get(kind), `${place}.${kind}`)
  const byKind = relationKinds.map((kind) => [kind, read(kind)] as const)
  // Every kind is there, which fromEntries cannot tell.
  return {
    deb: Object.fromEntries(byKind.map(([kind, { deb }]) => [kind, deb])) as PackageRelations['deb'],
    rpm: Object.fromEntries(byKind.map(([kind, { rpm }]) => [kind, rpm])) as PackageRelations['rpm'],
  }
}

function relationsAt(value: unknown, place: string): { deb: readonly string[]; rpm: readonly Relation[] } {
  if (value === undefined) return { deb: [], rpm: [] }
  if (Array.isArray(value)) {
    const common = textsAt(value, place).map((text, index) => parseRelation(text, `${place}[${index}]`))
    return {
      deb: common.map((relation, index) => parseDebianRelation(formatDebianRelation(relation), `${place}[${index}]`)),
      rpm: common,
    }
  }
  const members = mappingAt(value, place, packageFormats)
  const each = <Value>(format: PackageFormat, parse: (text: string, place: string) => Value): Value[] =>
    textsAt(members.get(format) ?? [], `${place}.${format}`).map((text, index) =>
      parse(text, `${place}.${format}[${index}]`),
    )
  return { deb: each('deb', parseDebianRelation), rpm: each('rpm', parseRelation) }
}

function scriptsOf(value: unknown, place: string): PackageSpec['scripts'] {
  const deb: Partial<Record<ScriptName, string>> = {}
  const rpm: Partial<Record<ScriptName, string>> = {}
  const members = mappingAt(value, place, scriptNames)
  for (const name of scriptNames) {
    if (!members.has(name)) continue
    const script = members.get(name)
    if (typeof script === 'string') {
      deb[name] = rpm[name] = textAt(script, `${place}.${name}`)
      continue
    }
    const perFormat = mappingAt(script, `${place}.${name}`, packageFormats)
    if (perFormat.has('deb')) deb[name] = textAt(perFormat.get('deb'), `${place}.${name}.deb`)
    if (perFormat.has('rpm')) rpm[name] = textAt(perFormat.get('rpm'), `${place}.${name}.rpm`)
  }
  return { deb, rpm }
}
