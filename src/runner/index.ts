/**
 * Where a step runs. Everything that touches the surroundings of a step goes through here: inputs, outputs,
 * messages, progress, summary, secrets, environment, child processes. Nothing else reads `process.env` or
 * imports `@actions/core`.
 */
export { type Action, action, type Main } from './action.ts'
export { findFiles } from './files.ts'
export { type ActionDefinition, camelCase, type InputDefinition, type InputsOf, type OutputsOf } from './definition.ts'
export { describeError, FailedItems, formatLocation, type Location, UserError } from './errors.ts'
export { runOnGitHub } from './github.ts'
export { type Configuration, readConfiguration } from './configuration.ts'
export { parseInputs } from './inputs.ts'
export { type CommandOptions, type CommandResult, runCommand } from './process.ts'
export { mapConcurrently } from './concurrency.ts'
export type { Log, Progress, Step } from './step.ts'
export { type Block, code, heading, renderMarkdown, renderText, table, text } from './summary.ts'
export { suggest } from './suggest.ts'
export { cancellation } from './cancellation.ts'
export { runInTerminal, terminalStep } from './terminal.ts'
