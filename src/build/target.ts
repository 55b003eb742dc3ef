import { formatPlatform, type Platform, parsePlatform } from '../oci/index.ts'
import { suggest, UserError } from '../runner/index.ts'

/** A platform to compile for. */
export interface Target {
  readonly platform: Platform
  /** End of file names: `linux-amd64`, `linux-armv7`. */
  readonly suffix: string
  /** `.exe` on Windows. */
  readonly extension: string
  /** GOOS, GOARCH and the variable that its variant is. */
  readonly environment: Readonly<Record<string, string>>
}

/** Platforms whose binaries are known to `requireExecutable`; nothing is released that it cannot check. */
const known: readonly string[] = [
  ...['386', 'amd64', 'arm', 'arm64', 'loong64', 'ppc64le', 'riscv64', 's390x'].map(
    (architecture) => `linux/${architecture}`,
  ),
  ...['amd64', 'arm64'].flatMap((architecture) =>
    ['darwin', 'freebsd', 'windows'].map((os) => `${os}/${architecture}`),
  ),
]

/** Variants by architecture, each with the variable of the Go compiler that makes it; the first is the default. */
const variants: Readonly<
  Record<string, { readonly variable: string; readonly values: Readonly<Record<string, string>> }>
> = {
  arm: { variable: 'GOARM', values: { v7: '7', v6: '6', v5: '5' } },
  amd64: { variable: 'GOAMD64', values: { v1: 'v1', v2: 'v2', v3: 'v3', v4: 'v4' } },
}

/**
 * `linux/arm` → linux/arm/v7 with GOARM=7. A variant that the OCI specification takes for granted (amd64/v1, arm64/v8) is left out.
 * @throws UserError for a platform that Go does not know, or whose binaries could not be checked
 */
export function parseTarget(text: string): Target {
  const { os, architecture, variant: written } = parsePlatform(text)
  const name = `${os}/${architecture}`
  if (!known.includes(name)) {
    const near = suggest(name, known)
    throw new UserError(`'${text}' is not a platform to build for`, {
      hint: near ? `Did you mean '${near}'?` : `Known: ${known.join(', ')}.`,
    })
  }
  const choice = variants[architecture]
  const [usual] = Object.keys(choice?.values ?? { v8: '' })
  const variant = written ?? usual
  const value = choice?.values[variant ?? '']
  if (choice ? value === undefined : written !== undefined && !(architecture === 'arm64' && written === 'v8')) {
    throw new UserError(`'${text}' has a variant that Go does not know`, {
      hint: choice ? `Known for ${architecture}: ${Object.keys(choice.values).sort().join(', ')}.` : `Write ${name}.`,
    })
  }
  const shown = architecture === 'arm' || (architecture === 'amd64' && variant !== 'v1') ? variant : undefined
  return {
    platform: { os, architecture, ...(shown ? { variant: shown } : {}) },
    suffix: `${os}-${architecture}${shown ?? ''}`,
    extension: os === 'windows' ? '.exe' : '',
    environment: { GOOS: os, GOARCH: architecture, ...(choice && value ? { [choice.variable]: value } : {}) },
  }
}

/** @throws UserError when the list is empty or a platform is in it twice */
export function parseTargets(texts: readonly string[]): Target[] {
  const targets = texts.map(parseTarget)
  if (targets.length === 0)
    throw new UserError('No platform to build for', { hint: "Give at least one in 'platforms'." })
  const names = targets.map((target) => formatPlatform(target.platform))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice) throw new UserError(`The platform ${twice} is given twice`)
  return targets.sort((left, right) => (left.suffix < right.suffix ? -1 : 1))
}
