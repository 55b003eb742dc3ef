import { describeError, formatLocation, type Location, UserError } from '../errors/index.ts'
import { createHttpClient } from '../http/index.ts'
import type { Action } from './action.ts'
import { cancellation } from './cancellation.ts'
import { type ActionDefinition, camelCase } from './definition.ts'
import { requestIdentityToken } from './identity-token.ts'
import { parseInputs } from './inputs.ts'
import { pathResolver } from './path.ts'
import { progressDisplay } from './progress.ts'
import type { Step } from './step.ts'
import { type Block, renderText } from './summary.ts'

export interface TerminalOptions {
  /** Summary blocks collected here are printed by the caller. */
  readonly summary: Block[]
  readonly workspace: string
  readonly signal: AbortSignal
}

/** A step in a terminal: messages and progress on stderr, so that stdout holds only results. */
export function terminalStep({ summary, workspace, signal }: TerminalOptions): Step {
  const environment = Object.freeze({ ...process.env })
  const secrets = new Set<string>()
  const hidden = (message: string): string =>
    [...secrets].reduce((shown, value) => shown.replaceAll(value, '***'), message)
  const display = progressDisplay(process.stderr)
  const print = (message: string): void => display.print(hidden(message))
  const placed = (kind: string) => (message: string, location?: Location) =>
    print(`${location ? `${formatLocation(location)}: ` : ''}${kind}: ${message}`)
  const http = createHttpClient({ signal })
  const secret = (value: string): string => {
    if (value !== '') secrets.add(value)
    return value
  }
  return {
    workspace,
    resolvePath: pathResolver({ workspace, allowedRoots: undefined }),
    environment,
    onGitHub: false,
    signal,
    now: () => new Date(),
    http,
    log: {
      debug: (message) => environment.RUNNER_DEBUG === '1' && print(message),
      info: print,
      notice: placed('notice'),
      warning: placed('warning'),
      error: placed('error'),
    },
    group: (title, body) => {
      print(`▸ ${title}`)
      return body()
    },
    progress: display.start,
    summary: (...blocks) => void summary.push(...blocks),
    secret,
    identityToken: async (audience) => {
      const token = await requestIdentityToken(environment, http, audience)
      return token === undefined ? undefined : secret(token)
    },
  }
}

/**
 * Runs an action in a terminal with its inputs as text; results go to stdout, as text or as one JSON object.
 * Answers the exit code.
 */
export async function runInTerminal(
  action: Action,
  given: Readonly<Record<string, string | undefined>>,
  options: { readonly json: boolean },
): Promise<number> {
  const workspace = process.cwd()
  const summary: Block[] = []
  const step = terminalStep({ summary, workspace, signal: cancellation() })
  const print = (outputs: Readonly<Record<string, unknown>>): void =>
    void process.stdout.write(`${JSON.stringify(namedOutputs(action.definition, outputs), null, 2)}\n`)
  try {
    for (const [name, input] of Object.entries(action.definition.inputs))
      if (input.secret) step.secret(given[name] ?? '')
    const inputs = await parseInputs(action.definition, given, {
      workspace,
      allowedRoots: undefined,
      spell: (name) => `--${name}`,
    })
    const outputs = await action.run(inputs, step)
    if (options.json) print(outputs)
    else process.stdout.write(renderText(summary))
    return 0
  } catch (error) {
    if (!options.json && summary.length > 0) process.stdout.write(renderText(summary))
    if (options.json && error instanceof UserError && error.outputs) print(error.outputs)
    step.log.error(describeError(error))
    if (!(error instanceof UserError) && error instanceof Error) step.log.debug(error.stack ?? '')
    return typeof process.exitCode === 'number' ? process.exitCode : 1
  }
}

/** Outputs under the names that action.yml gives them. */
function namedOutputs(
  definition: ActionDefinition,
  outputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.keys(definition.outputs).map((name) => [name, outputs[camelCase(name)]]))
}
