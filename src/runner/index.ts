/**
 * Where a step runs. Everything that touches the surroundings of a step goes through here: inputs, outputs,
 * messages, progress, summary, secrets, environment, child processes. Nothing else reads `process.env` or
 * imports `@actions/core`.
 */

export { describeError, FailedItems, formatLocation, type Location, UserError } from '../errors/index.ts'
export { type Action, action, type Main } from './action.ts'
export { cancellation } from './cancellation.ts'
export { mapConcurrently } from './concurrency.ts'
export { type Configuration, readConfiguration } from './configuration.ts'
export { type ActionDefinition, camelCase, type InputDefinition, type InputsOf, type OutputsOf } from './definition.ts'
export { findFiles } from './files.ts'
export { runOnGitHub } from './github.ts'
export { parseInputs } from './inputs.ts'
export { fitsOutput } from './output.ts'
export { type PathContext, pathResolver } from './path.ts'
export { type CommandOptions, type CommandResult, runCommand } from './process.ts'
export { keepOnce, readKept, stateFolder } from './state.ts'
export type { Log, Progress, Step } from './step.ts'
export { suggest } from './suggest.ts'
export { type Block, code, heading, renderMarkdown, renderText, table, text } from './summary.ts'
export { runInTerminal, terminalStep } from './terminal.ts'
