import { basename } from 'node:path/posix'
import type { BuildInfo } from './build-info.ts'
import { annotation, type Composition, spdxDocument } from './document.ts'
import { elementId } from './element-id.ts'
import { modulePackage, standardLibraryPackage } from './module-package.ts'
import { formatPackageUrl } from './package-url.ts'
import { type Project, projectParties, sourceId, sourcePackage } from './source-package.ts'
import { type ElementId, purlReference, relationship, type SpdxDocument, spdxPackage } from './spdx.ts'

/** An executable and what its build info says. */
export interface Binary {
  /** File name; in an image, the path from its root. */
  readonly path: string
  /** 64 hexadecimal digits. */
  readonly sha256: string
  readonly sha512?: string
  /** Absent when it is not a Go binary: its components are then not known. */
  readonly buildInfo?: BuildInfo
  /** The project that it was built from; absent when it came from elsewhere. */
  readonly project?: Project
}

/** The SPDX document of one binary: its modules, Go's standard library, and the source it was made from. */
export function binaryDocument(binary: Binary, name: string, created: string): SpdxDocument {
  return spdxDocument({
    name,
    created,
    comment:
      'Modules are those of the Go build info in the binary. Licenses were not looked for: NOASSERTION says nothing of them.',
    describes: binaryId(binary),
    parts: [binaryComposition(binary, created)],
  })
}

export const binaryId = ({ path }: Binary): ElementId => elementId('Binary', path)

/** A binary's package, those of its modules, and how they relate. */
export function binaryComposition(binary: Binary, created: string): Composition {
  const { buildInfo, project } = binary
  const id = binaryId(binary)
  const source: Composition = project
    ? { packages: [sourcePackage(project)], relationships: [relationship(id, 'GENERATED_FROM', sourceId(project))] }
    : { packages: [], relationships: [] }
  const main = buildInfo?.main && modulePackage(buildInfo.main, created, project?.version)
  const dependencies = buildInfo
    ? [standardLibraryPackage(buildInfo), ...buildInfo.dependencies.map((module) => modulePackage(module, created))]
    : []
  return {
    packages: [
      binaryPackage(binary, main?.versionInfo, created),
      ...source.packages,
      ...(main ? [main] : []),
      ...dependencies,
    ],
    relationships: [
      ...source.relationships,
      ...(main ? [relationship(id, 'CONTAINS', main.SPDXID)] : []),
      ...dependencies.map((each) => relationship(id, 'DEPENDS_ON', each.SPDXID)),
      // Said outright, or an empty list would read as a binary without dependencies.
      ...(main || buildInfo?.dependencies.length ? [] : [relationship(id, 'DEPENDS_ON', 'NOASSERTION')]),
    ],
  }
}

function binaryPackage(binary: Binary, mainVersion: string | undefined, created: string) {
  const { path, sha256, sha512, buildInfo, project } = binary
  const name = basename(path)
  const version = project?.version ?? mainVersion
  const settings = Object.entries(buildInfo?.settings ?? {}).map(([key, value]) => `${key}=${value}`)
  return spdxPackage({
    SPDXID: binaryId(binary),
    name,
    ...(version ? { versionInfo: version } : {}),
    packageFileName: path,
    ...(project ? projectParties(project) : {}),
    checksums: [
      { algorithm: 'SHA256', checksumValue: sha256 },
      ...(sha512 ? [{ algorithm: 'SHA512', checksumValue: sha512 } as const] : []),
    ],
    ...(buildInfo ? {} : { comment: 'It has no Go build info: what it is made of is not known' }),
    externalRefs: [purlReference(artifactPurl(name, version, sha256))],
    ...(settings.length > 0
      ? { annotations: [annotation(created, ['Go build settings:', ...settings].join('\n'))] }
      : {}),
    primaryPackagePurpose: 'APPLICATION',
  })
}

/** The package URL of a file, which belongs to no package manager. */
export const artifactPurl = (name: string, version: string | undefined, sha256: string): string =>
  formatPackageUrl({ type: 'generic', path: name, version, qualifiers: { checksum: `sha256:${sha256}` } })
