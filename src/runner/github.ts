import type { AnnotationProperties } from '@actions/core'
import { describeError, type Location, UserError } from '../errors/index.ts'
import { createHttpClient } from '../http/index.ts'
import type { Action } from './action.ts'
import { cancellation } from './cancellation.ts'
import { readConfiguration } from './configuration.ts'
import { type ActionDefinition, camelCase } from './definition.ts'
import { requestIdentityToken } from './identity-token.ts'
import { parseInputs } from './inputs.ts'
import { type PathContext, pathResolver } from './path.ts'
import type { Step } from './step.ts'
import { type Block, renderMarkdown } from './summary.ts'

type Core = typeof import('@actions/core')

/** Runs an action on a GitHub runner: `INPUT_*` in, `GITHUB_OUTPUT` and the job summary out; exit code 1 on failure. */
export async function runOnGitHub(action: Action, definitions: readonly ActionDefinition[]): Promise<void> {
  const core = await import('@actions/core')
  const environment = Object.freeze({ ...process.env })
  const workspace = environment.GITHUB_WORKSPACE || process.cwd()
  try {
    const paths = {
      workspace,
      allowedRoots: [workspace, ...(environment.RUNNER_TEMP ? [environment.RUNNER_TEMP] : [])],
    }
    const inputs = await readInputs(action.definition, environment, paths, definitions, core)
    const summary: Block[] = []
    try {
      writeOutputs(core, action.definition, await action.run(inputs, githubStep(core, environment, paths, summary)))
    } catch (error) {
      if (error instanceof UserError && error.outputs) writeOutputs(core, action.definition, error.outputs)
      throw error
    } finally {
      await writeSummary(core, environment, summary)
    }
  } catch (error) {
    reportFailure(core, error)
  }
}

function writeOutputs(core: Core, definition: ActionDefinition, outputs: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(definition.outputs)) core.setOutput(name, outputs[camelCase(name)])
}

async function readInputs(
  definition: ActionDefinition,
  environment: Readonly<Record<string, string | undefined>>,
  paths: PathContext,
  definitions: readonly ActionDefinition[],
  core: Core,
): Promise<Readonly<Record<string, unknown>>> {
  const configured = (await readConfiguration(paths.workspace, definitions))[definition.name] ?? {}
  const given: Record<string, string | undefined> = {}
  for (const [name, input] of Object.entries(definition.inputs)) {
    const text = environment[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`]
    if (input.secret && text) core.setSecret(text)
    // The runner fills in defaults, so what equals the default was most likely not written by the user.
    given[name] = text && text !== input.default ? text : (configured[name] ?? text)
  }
  return parseInputs(definition, given, { ...paths, spell: (name) => name })
}

function githubStep(core: Core, environment: Step['environment'], paths: PathContext, summary: Block[]): Step {
  const signal = cancellation()
  const http = createHttpClient({ signal })
  const secret = (value: string): string => {
    if (value !== '') core.setSecret(value)
    return value
  }
  return {
    workspace: paths.workspace,
    resolvePath: pathResolver(paths),
    environment,
    onGitHub: true,
    signal,
    now: () => new Date(),
    http,
    log: {
      debug: core.debug,
      info: core.info,
      notice: (message, location) => core.notice(message, annotation(location)),
      warning: (message, location) => core.warning(message, annotation(location)),
      error: (message, location) => core.error(message, annotation(location)),
    },
    group: core.group,
    progress: (title, total) => {
      const start = Date.now()
      return {
        advance: () => undefined,
        done: () => total > 0 && core.info(`${title}: ${((Date.now() - start) / 1000).toFixed(1)} s`),
      }
    },
    summary: (...blocks) => void summary.push(...blocks),
    secret,
    identityToken: async (audience) => {
      const token = await requestIdentityToken(environment, http, audience)
      return token === undefined ? undefined : secret(token)
    },
  }
}

async function writeSummary(core: Core, environment: Step['environment'], blocks: readonly Block[]): Promise<void> {
  if (blocks.length === 0 || !environment.GITHUB_STEP_SUMMARY) return
  await core.summary.addRaw(renderMarkdown(blocks)).write()
}

function reportFailure(core: Core, error: unknown): void {
  const location = error instanceof UserError ? error.location : undefined
  core.error(describeError(error), annotation(location))
  process.exitCode = 1
  if (!(error instanceof UserError) && error instanceof Error) core.debug(error.stack ?? '')
}

function annotation(location: Location | undefined): AnnotationProperties {
  if (!location) return {}
  return {
    file: location.file,
    ...(location.line === undefined ? {} : { startLine: location.line }),
    ...(location.column === undefined ? {} : { startColumn: location.column }),
  }
}
