import { createHash } from 'node:crypto'
import type { Parameters, ReleaseRecord } from '../release/index.ts'
import { linuxCommands } from './commands.ts'
import type { PackageContents, ProjectContents } from './observe.ts'
import {
  type PackageFormat,
  type PackageMetadata,
  packageFormats,
  relationKinds,
  type ScriptName,
  scriptNames,
} from './package.ts'
import { type PlannedPackage, wantedCommands } from './plan.ts'
import { formatRelation } from './relation.ts'
import type { PackageSpec } from './spec.ts'

/**
 * Every input that has an effect on the packages, with defaults resolved and globs expanded: SLSA's external parameters.
 * Files of the project are told by their SHA-256, since nothing else says that they are the commit's.
 * @param signer fingerprint of the OpenPGP key that signs the rpm packages
 */
export function packageParameters(
  record: ReleaseRecord,
  specs: readonly PackageSpec[],
  project: ProjectContents,
  plan: readonly PlannedPackage[],
  signer: string | undefined,
): Parameters {
  const formats = packageFormats.filter((format) => plan.some((planned) => planned.format === format))
  const platforms = linuxCommands(record)
  return {
    packages: specs.flatMap((spec) => {
      const contents = project.packages.get(spec.name)
      const metadata = plan.find((planned) => planned.package.metadata.name === spec.name)?.package.metadata
      if (!contents || !metadata) return []
      return [specParameters(spec, contents, metadata, [...wantedCommands(spec, platforms)].sort(), formats)]
    }),
    ...(project.license ? { license: { source: project.license.source, sha256: sha256Of(project.license.text) } } : {}),
    formats,
    compression: Object.fromEntries(plan.map(({ format, compression }) => [format, compression])),
    ...(signer === undefined ? {} : { 'openpgp-key': signer }),
  }
}

function specParameters(
  spec: PackageSpec,
  contents: PackageContents,
  metadata: PackageMetadata,
  commands: readonly string[],
  formats: readonly PackageFormat[],
): Parameters {
  const { name, summary, description, maintainer, homepage, license, section, version } = metadata
  const relations = relationKinds.flatMap((kind) => {
    const perFormat = { deb: spec.relations.deb[kind], rpm: spec.relations.rpm[kind].map(formatRelation) }
    const given = formats.filter((format) => perFormat[format].length > 0)
    return given.length === 0 ? [] : [[kind, pick(perFormat, given)] as const]
  })
  const scripts = {
    deb: scriptParameters(spec.scripts.deb, contents.scripts.deb),
    rpm: scriptParameters(spec.scripts.rpm, contents.scripts.rpm),
  }
  return {
    name,
    summary,
    description,
    maintainer,
    ...(homepage ? { homepage } : {}),
    license,
    section,
    revision: version.revision,
    ...Object.fromEntries(relations),
    binaries: commands,
    files: contents.entries.map(({ source, sha256, path, mode, kind }) => ({
      source,
      sha256,
      destination: path,
      mode: mode.toString(8).padStart(4, '0'),
      config: kind === 'config',
    })),
    'systemd-units': contents.units.map(({ source, text }) => ({ source, sha256: sha256Of(text) })),
    scripts: pick(
      scripts,
      formats.filter((format) => Object.keys(scripts[format]).length > 0),
    ),
  }
}

const scriptParameters = (
  paths: Readonly<Partial<Record<ScriptName, string>>>,
  texts: Readonly<Partial<Record<ScriptName, string>>>,
): Parameters =>
  Object.fromEntries(
    scriptNames.flatMap((name) => {
      const [source, text] = [paths[name], texts[name]]
      return source === undefined || text === undefined ? [] : [[name, { source, sha256: sha256Of(text) }]]
    }),
  )

const pick = (values: Readonly<Record<PackageFormat, unknown>>, formats: readonly PackageFormat[]): Parameters =>
  Object.fromEntries(formats.map((format) => [format, values[format]]))

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')
