import type { Location } from '../errors/index.ts'
import type { HttpClient } from '../http/index.ts'
import type { Block } from './summary.ts'

/** Messages of a step. A warning or error with a place becomes an annotation on GitHub. */
export interface Log {
  debug(message: string): void
  info(message: string): void
  notice(message: string, location?: Location): void
  warning(message: string, location?: Location): void
  error(message: string, location?: Location): void
}

/** Work that takes long: a bar on a terminal, a line now and then elsewhere. */
export interface Progress {
  advance(amount?: number): void
  done(): void
}

/** Where a step runs: on a GitHub runner, in a terminal, or in a test. All effects that are not the work itself. */
export interface Step {
  /** Absolute path. Relative inputs are resolved against it; on GitHub inputs may not leave it. */
  readonly workspace: string
  /**
   * The absolute path of what a user gave in a list or an address (`oci:PATH`, a glob's match), held to the rules of inputs.
   * @throws UserError when it leads out of the workspace on GitHub, also by a link
   */
  resolvePath(text: string): string
  /** Environment variables, frozen when the step began. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Set on a GitHub runner. */
  readonly onGitHub: boolean
  /** Aborted when the step is cancelled. */
  readonly signal: AbortSignal
  readonly now: () => Date
  readonly log: Log
  /** One HTTP client, so that all who talk to a host share its budget. */
  readonly http: HttpClient
  group<T>(title: string, body: () => Promise<T>): Promise<T>
  progress(title: string, total: number, unit?: 'items' | 'bytes'): Progress
  /** What the user would look at: the job summary on GitHub, readable text at the end on a terminal. */
  summary(...blocks: Block[]): void
  /** Masks a value wherever the step prints, and returns it; call it before the first use. */
  secret(value: string): string
  /** OIDC token of the surroundings (GitHub's `id-token: write`); undefined where there is none. */
  identityToken(audience: string): Promise<string | undefined>
}
