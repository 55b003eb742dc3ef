/**
 * Orders versions of Go: `1.26rc1` < `1.26.0` < `1.26.8`. A language version (`1.26`) counts as its first release.
 * Source: go.dev/doc/toolchain, "Version numbers".
 */
export function compareGoVersions(left: string, right: string): number {
  const [ours, theirs] = [parts(left), parts(right)]
  const index = ours.findIndex((part, position) => part !== theirs[position])
  return index < 0 ? 0 : (ours[index] ?? 0) - (theirs[index] ?? 0)
}

const pattern = /^(\d+)\.(\d+)(?:\.(\d+)|(rc|beta)(\d+))?/

/** True for `1.26`, `1.26.8` and `1.27rc1`. */
export const isGoVersion = (text: string): boolean => new RegExp(`${pattern.source}$`).test(text)

/** `go1.26.8 X:loopvar` → `1.26.8`; undefined for a development version, which names no release. */
export const releaseOf = (goVersion: string): string | undefined =>
  goVersion.startsWith('go') ? pattern.exec(goVersion.slice(2))?.[0] : undefined

/** Since Go 1.21 the first release of a language version ends in .0. */
export const firstRelease = (version: string): string =>
  /^\d+\.\d+$/.test(version) && compareGoVersions(version, '1.21') >= 0 ? `${version}.0` : version

function parts(version: string): number[] {
  const [, major, minor, patch, stage, number] = pattern.exec(version) ?? []
  const stageRank = stage === 'beta' ? 0 : stage === 'rc' ? 1 : 2
  return [Number(major), Number(minor), stageRank, Number(number ?? 0), Number(patch ?? 0)]
}
