import { UserError } from '../errors/index.ts'

/** An OCI platform; `os` and `architecture` are GOOS and GOARCH, as the OCI image specification has them. */
export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
}

/**
 * `linux/amd64` or `linux/arm/v7` → Platform.
 * @throws UserError
 */
export function parsePlatform(text: string): Platform {
  const match = /^([a-z0-9]+)\/([a-z0-9]+)(?:\/(v[0-9]+))?$/.exec(text)
  if (!match?.[1] || !match[2]) {
    throw new UserError(`'${text}' is not a platform`, {
      hint: 'Write os/architecture or os/architecture/variant, such as linux/arm64.',
    })
  }
  return { os: match[1], architecture: match[2], ...(match[3] ? { variant: match[3] } : {}) }
}

export const formatPlatform = (platform: Platform): string =>
  [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/')

/** `linux-amd64` or `linux-armv7`, for file names. */
export const platformSuffix = ({ os, architecture, variant = '' }: Platform): string =>
  `${os}-${architecture}${variant}`
