import { UserError } from '../errors/index.ts'
import type { PackageVersion } from './package.ts'

/**
 * A release's version as both dpkg and rpm order it. `v1.2.3-rc.1` becomes `1.2.3~rc.1`, since a tilde sorts before the end
 * of a version and a hyphen does not; other hyphens, which RPM has no place for, become dots. Build metadata stays: `1.2.3+5`
 * is later than `1.2.3`. A pseudo-version of Go (`v0.0.0-20261101120000-0123456789ab`) orders by its time.
 * @throws UserError when the version does not begin with a number
 */
export function packageVersion(version: string, revision: string): PackageVersion {
  const [, core, metadata] = /^v?([0-9][^+]*)(?:\+(.*))?$/.exec(version) ?? []
  if (core === undefined) {
    throw new UserError(`The version '${version}' cannot be a package's: it does not begin with a number`, {
      hint: 'Tag the release as vMAJOR.MINOR.PATCH, or give the build step such a version.',
    })
  }
  const upstream = [core.replace('-', '~'), ...(metadata ? [metadata] : [])].join('+').replaceAll(/[-_]/g, '.')
  return { upstream, revision }
}
