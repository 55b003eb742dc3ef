import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { type ActionDefinition, suggest, UserError } from '../runner/index.ts'

export interface Flags {
  /** Text by input name; a repeated flag of a list is one item a line. */
  readonly given: Readonly<Record<string, string>>
  readonly help: boolean
  readonly json: boolean
}

/**
 * Reads `--input value` by an action's definition. `--flag`, `--no-flag` and `--flag=true` set a boolean.
 * @throws UserError for an unknown flag ("did you mean"), a missing value or a stray argument
 */
export function parseFlags(definition: ActionDefinition, argv: readonly string[]): Flags {
  const options: ParseArgsOptionsConfig = {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    ...Object.fromEntries(
      Object.entries(definition.inputs).map(([name, input]) => [
        name,
        { type: input.type === 'boolean' ? 'boolean' : 'string', multiple: input.type === 'list' } as const,
      ]),
    ),
  }
  const { values } = read(definition, options, argv)
  const given: Record<string, string> = {}
  for (const name of Object.keys(definition.inputs)) {
    const value = values[name]
    if (value !== undefined) given[name] = Array.isArray(value) ? value.join('\n') : String(value)
  }
  return { given, help: values.help === true, json: values.json === true }
}

function read(definition: ActionDefinition, options: ParseArgsOptionsConfig, argv: readonly string[]) {
  const args = argv.map((argument) => {
    const [, name = '', value] = /^--([^=]+)=(true|false)$/.exec(argument) ?? []
    return options[name]?.type !== 'boolean' ? argument : value === 'true' ? `--${name}` : `--no-${name}`
  })
  try {
    return parseArgs({ args, options, strict: true, allowNegative: true, allowPositionals: false })
  } catch (error) {
    throw explain(definition, options, error)
  }
}

function explain(definition: ActionDefinition, options: ParseArgsOptionsConfig, error: unknown): UserError {
  const message = error instanceof Error ? error.message : String(error)
  const unknown = /Unknown option '--?([^' =]+)/.exec(message)?.[1]
  if (unknown !== undefined) {
    const near = suggest(unknown, Object.keys(options))
    return new UserError(`Unknown flag: --${unknown}`, {
      hint: near ? `Did you mean --${near}?` : `See k8s-release ${definition.name} --help.`,
    })
  }
  return new UserError(message.split('. ')[0] ?? message, { hint: `See k8s-release ${definition.name} --help.` })
}
