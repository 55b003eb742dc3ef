import { describeError, UserError } from '../errors/index.ts'
import { type ActionDefinition, camelCase, type InputDefinition } from './definition.ts'
import { containedPath, type PathContext } from './path.ts'

export interface InputContext extends PathContext {
  /** How the user would write an input: `release` in a workflow, `--release` in a terminal. */
  readonly spell: (name: string) => string
}

/**
 * Parses the text of each input by its type. Text that is absent or empty takes the default.
 * @throws UserError for a missing input, a value of the wrong type, or a path outside the allowed roots
 */
export async function parseInputs(
  definition: ActionDefinition,
  given: Readonly<Record<string, string | undefined>>,
  context: InputContext,
): Promise<Readonly<Record<string, unknown>>> {
  const parsed: Record<string, unknown> = {}
  for (const [name, input] of Object.entries(definition.inputs)) {
    const text = given[name]?.trim() || input.default
    if (text === undefined && input.required) {
      throw new UserError(`Input '${context.spell(name)}' is required`, { hint: input.description })
    }
    const value = text === undefined ? absentValue(input) : await parseValue(name, input, text, context)
    if (value !== undefined) parsed[camelCase(name)] = value
  }
  return parsed
}

const absentValue = (input: InputDefinition): unknown => (input.type === 'list' ? [] : undefined)

function parseValue(name: string, input: InputDefinition, text: string, context: InputContext): unknown {
  const wrong = (what: string, hint?: string): UserError =>
    new UserError(`Input '${context.spell(name)}' ${what}`, hint === undefined ? {} : { hint })
  const parsePath = (path: string): string => containedPath(path, context, `Input '${context.spell(name)}'`)
  switch (input.type) {
    case 'string':
      return text
    case 'key':
      return /^[a-z][a-z0-9-]*:\/\//.test(text) ? text : parsePath(text)
    case 'path':
      return parsePath(text)
    case 'list':
      return text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
    case 'boolean':
      if (/^(true|True|TRUE)$/.test(text)) return true
      if (/^(false|False|FALSE)$/.test(text)) return false
      throw wrong(`is neither true nor false: '${text}'`)
    case 'number': {
      const value = Number(text)
      if (!Number.isFinite(value)) throw wrong(`is not a number: '${text}'`)
      return value
    }
    case 'choice':
      if (!input.options?.includes(text)) throw wrong(`is '${text}'`, `Choose one of: ${input.options?.join(', ')}.`)
      return text
    case 'yaml':
      return parseYaml(text, wrong)
  }
}

async function parseYaml(text: string, wrong: (what: string) => UserError): Promise<unknown> {
  const { parse } = await import('yaml')
  try {
    return parse(text, { schema: 'core' })
  } catch (error) {
    throw wrong(`is not YAML: ${describeError(error)}`)
  }
}
