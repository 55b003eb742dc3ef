import { UserError } from '../errors/index.ts'
import { formatPlatform, type Platform } from '../oci/index.ts'
import type { PerFormat } from './package.ts'

/** A package that runs anywhere: it holds no command. */
export const anyArchitecture: PerFormat<string> = { deb: 'all', rpm: 'noarch' }

/** What each format calls a platform of Linux: GOARCH, and GOARM as the variant (7 where absent, as Go has it). */
const architectures: Readonly<Record<string, PerFormat<string>>> = {
  '386': { deb: 'i386', rpm: 'i386' },
  amd64: { deb: 'amd64', rpm: 'x86_64' },
  arm: { deb: 'armhf', rpm: 'armv7hl' },
  'arm/v5': { deb: 'armel', rpm: 'armv5tel' },
  'arm/v6': { deb: 'armhf', rpm: 'armv6hl' },
  'arm/v7': { deb: 'armhf', rpm: 'armv7hl' },
  arm64: { deb: 'arm64', rpm: 'aarch64' },
  loong64: { deb: 'loong64', rpm: 'loongarch64' },
  mips64le: { deb: 'mips64el', rpm: 'mips64el' },
  ppc64le: { deb: 'ppc64el', rpm: 'ppc64le' },
  riscv64: { deb: 'riscv64', rpm: 'riscv64' },
  s390x: { deb: 's390x', rpm: 's390x' },
}

/** @throws UserError when the formats have no name for it */
export function architectureOf(platform: Platform): PerFormat<string> {
  const { architecture, variant } = platform
  // Variants other than arm's (amd64/v3) are finer than the formats' names.
  const name = architecture === 'arm' && variant ? `arm/${variant}` : architecture
  const known = architectures[name]
  if (!known) {
    throw new UserError(`No package can be made for ${formatPlatform(platform)}`, {
      hint: `Packages are made for linux/${Object.keys(architectures).join(', linux/')}; build the others in a release of their own.`,
    })
  }
  return known
}
