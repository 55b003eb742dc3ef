import type { BuildInfo, Module } from './build-info.ts'
import { annotation } from './document.ts'
import { elementId } from './element-id.ts'
import { partiesOf } from './organization.ts'
import { formatPackageUrl } from './package-url.ts'
import { purlReference, type SpdxPackage, spdxPackage } from './spdx.ts'

/**
 * The package of a Go module: what was compiled, which is the replacement where there is one. A binary does not tell from
 * where its modules were downloaded; the package URL says which they are.
 * @param fallbackVersion the module's version where the toolchain did not know it
 */
export function modulePackage(module: Module, created: string, fallbackVersion?: string): SpdxPackage {
  const { path, sum, ...compiled } = compiledModule(module)
  const version = knownVersion(compiled.version) ?? fallbackVersion
  const comment = replacementComment(module)
  return spdxPackage({
    SPDXID: elementId('Module', version ? `${path}@${version}` : path, `${sum} ${comment}`),
    name: path,
    ...(version ? { versionInfo: version } : {}),
    ...partiesOf(path),
    ...(comment ? { comment } : {}),
    externalRefs: [purlReference(formatPackageUrl({ type: 'golang', path, version }))],
    ...(sum ? { annotations: [annotation(created, `Go module sum ${sum}`)] } : {}),
    primaryPackagePurpose: 'LIBRARY',
  })
}

/** Go's standard library and runtime, which every Go binary holds; named and versioned as the Go vulnerability database does. */
export function standardLibraryPackage({ goVersion }: BuildInfo): SpdxPackage {
  const released = /^go([0-9]+(?:\.[0-9]+)*(?:(?:beta|rc)[0-9]+)?)(?=\s|-|$)/.exec(goVersion)?.[1]
  const version = released ?? goVersion
  return spdxPackage({
    SPDXID: elementId('Module', `stdlib@${goVersion}`),
    name: 'stdlib',
    versionInfo: version,
    supplier: 'Organization: The Go Authors',
    originator: 'Organization: The Go Authors',
    downloadLocation: goVersion === `go${released}` ? `https://go.dev/dl/${goVersion}.src.tar.gz` : 'NOASSERTION',
    comment: `Standard library of the toolchain ${goVersion}`,
    externalRefs: [purlReference(formatPackageUrl({ type: 'golang', path: 'stdlib', version }))],
    primaryPackagePurpose: 'LIBRARY',
  })
}

/** `(devel)` is what the toolchain says when it does not know. */
const knownVersion = (version: string | undefined): string | undefined =>
  version === '(devel)' || version === '' ? undefined : version

/** A path of go.mod's `replace` that is a folder. Source: Go Modules Reference, "replace directive". */
const isFolderPath = (path: string): boolean => /^(?:\.{1,2}$|\.{1,2}[/\\]|[/\\]|[A-Za-z]:[/\\])/.test(path)

/** A folder's own path may be one of the machine that built it, and its version is unknown. */
function compiledModule({ replacement, ...module }: Module): Module {
  if (!replacement) return module
  return isFolderPath(replacement.path) ? { path: module.path } : replacement
}

function replacementComment({ path, version, replacement }: Module): string | undefined {
  if (!replacement) return undefined
  const replaced = [path, version].filter(Boolean).join('@')
  return isFolderPath(replacement.path) ? `Compiled from a folder that replaces ${replaced}` : `Replaces ${replaced}`
}
