import { join } from 'node:path'
import { type CommandResult, runCommand, type Step, UserError } from '../runner/index.ts'
import type { GoModule } from './go-module.ts'
import { compareGoVersions, firstRelease, isGoVersion, releaseOf } from './go-version.ts'

/** A Go toolchain, and the environment in which nothing of the machine decides on the bytes it makes. */
export interface GoTool {
  /** Without `go`: `1.26.8`. */
  readonly version: string
  readonly moduleCache: string
  readonly buildCache: string
  run(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<CommandResult>
}

export interface GoToolOptions {
  readonly project: string
  readonly module: GoModule
  /** `1.26.8`, or `1.26` for any of its releases. */
  readonly requested: string | undefined
  /** `go.work` that the build uses, or `off`. */
  readonly workspaceFile: string
  /** `-mod=vendor` or `-mod=readonly`, where the user asks for one by GOFLAGS. */
  readonly moduleMode: string | undefined
}

/** Where modules come from and are kept, and who may see them: settings that do not change what is built. */
const passedOn = [
  'GOAUTH',
  'GOCACHE',
  'GOINSECURE',
  'GOMODCACHE',
  'GONOPROXY',
  'GONOSUMDB',
  'GOPATH',
  'GOPRIVATE',
  'GOPROXY',
  'GOSUMDB',
  'GOVCS',
]

/**
 * Finds the Go toolchain: the one on PATH when it fits, else one of the runner's tool cache, else the one that the go
 * command itself fetches from the module proxy, proven by the checksum database.
 * @throws UserError when there is none that fits
 */
export async function openGoTool(options: GoToolOptions, step: Step): Promise<GoTool> {
  const { requested, module } = options
  if (requested !== undefined && !isGoVersion(requested)) {
    throw new UserError(`'${requested}' is not a version of Go`, {
      hint: 'Write it as 1.26.8, or 1.26 for any of its releases.',
    })
  }
  const fits = (version: string): boolean =>
    requested === undefined
      ? compareGoVersions(version, leastVersion(module)) >= 0
      : version === requested || version.startsWith(`${requested}.`)
  const tried: string[] = []
  const onPath = await probe('go', 'local', options, step).catch(noteFailure(tried))
  if (onPath && fits(onPath.version)) return onPath

  const wanted = firstRelease(requested ?? leastVersion(module))
  const cached = await findInToolCache(requested ?? wanted, step)
  const fromCache = cached && (await probe(cached, 'local', options, step).catch(noteFailure(tried)))
  if (fromCache && fits(fromCache.version)) return fromCache

  if (onPath) {
    step.log.info(`Go ${wanted} is fetched from the module proxy; ${onPath.version} is installed`)
    const fetched = await probe('go', `go${wanted}`, options, step)
    if (fits(fetched.version)) return fetched
  }
  throw new UserError(`Go ${wanted} was not found${tried.map((reason) => `\n${reason}`).join('')}`, {
    hint: `Install Go ${wanted} (https://go.dev/dl), or any Go since 1.21, which fetches it; in a workflow, use actions/setup-go before.`,
  })
}

/** The toolchain line counts over the go line, as for the go command. */
function leastVersion({ go, toolchain }: GoModule): string {
  const versions = [go, toolchain].filter((version) => version !== undefined && isGoVersion(version))
  return versions.sort((left, right) => compareGoVersions(left ?? '', right ?? '')).at(-1) ?? '1.21'
}

const noteFailure =
  (tried: string[]) =>
  (error: unknown): undefined => {
    if (!(error instanceof UserError)) throw error
    tried.push(error.message)
  }

async function probe(command: string, toolchain: string, options: GoToolOptions, step: Step): Promise<GoTool> {
  const inherited = Object.entries(step.environment).filter(([name]) => !/^(GO|CGO_|PWD$|LC_ALL$)/.test(name))
  const surroundings = { ...step.environment, GOTOOLCHAIN: toolchain, PWD: undefined }
  const { stdout } = await runCommand(command, ['env', '-json', 'GOVERSION', ...passedOn], {
    cwd: options.project,
    environment: surroundings,
    signal: step.signal,
  })
  const settings: Record<string, string> = JSON.parse(stdout)
  const version = releaseOf(settings.GOVERSION ?? '')
  if (version === undefined) throw new UserError(`${command} is not a release of Go: ${settings.GOVERSION}`)
  const environment = {
    ...Object.fromEntries(inherited),
    ...Object.fromEntries(passedOn.map((name) => [name, settings[name]])),
    LC_ALL: 'C',
    // GOENV is where 'go env -w' keeps what one user of one machine wants.
    GOENV: 'off',
    GOFLAGS: options.moduleMode ?? '',
    GOTOOLCHAIN: toolchain,
    GOWORK: options.workspaceFile,
    CGO_ENABLED: '0',
  }
  return {
    version,
    moduleCache: settings.GOMODCACHE ?? '',
    buildCache: settings.GOCACHE ?? '',
    run: (args, more = {}) =>
      runCommand(command, args, {
        cwd: options.project,
        environment: { ...environment, ...more },
        signal: step.signal,
      }),
  }
}

async function findInToolCache(version: string, step: Step): Promise<string | undefined> {
  // The library needs a runner's variables, and prints a runner's commands.
  if (!step.onGitHub || !step.environment.RUNNER_TOOL_CACHE) return undefined
  const { find } = await import('@actions/tool-cache')
  const folder = find('go', version)
  return folder ? join(folder, 'bin', 'go') : undefined
}
