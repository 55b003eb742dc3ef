import { existsSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { parse } from 'yaml'
import { describeError, UserError } from '../errors/index.ts'
import { type ActionDefinition, camelCase, type InputDefinition } from './definition.ts'

export interface InputContext {
  /** Relative paths are resolved against it. */
  readonly workspace: string
  /** Folders that an input path must stay in; undefined lets a terminal user name any path. */
  readonly allowedRoots: readonly string[] | undefined
  /** How the user would write an input: `release` in a workflow, `--release` in a terminal. */
  readonly spell: (name: string) => string
}

/**
 * Parses the text of each input by its type. Text that is absent or empty takes the default.
 * @throws UserError for a missing input, a value of the wrong type, or a path outside the allowed roots
 */
export function parseInputs(
  definition: ActionDefinition,
  given: Readonly<Record<string, string | undefined>>,
  context: InputContext,
): Readonly<Record<string, unknown>> {
  const parsed: Record<string, unknown> = {}
  for (const [name, input] of Object.entries(definition.inputs)) {
    const text = given[name]?.trim() || input.default
    if (text === undefined && input.required) {
      throw new UserError(`Input '${context.spell(name)}' is required`, { hint: input.description })
    }
    const value = text === undefined ? absentValue(input) : parseValue(name, input, text, context)
    if (value !== undefined) parsed[camelCase(name)] = value
  }
  return parsed
}

const absentValue = (input: InputDefinition): unknown => (input.type === 'list' ? [] : undefined)

function parseValue(name: string, input: InputDefinition, text: string, context: InputContext): unknown {
  const wrong = (what: string, hint?: string): UserError =>
    new UserError(`Input '${context.spell(name)}' ${what}`, hint === undefined ? {} : { hint })
  switch (input.type) {
    case 'string':
      return text
    case 'path':
      return containedPath(text, context, wrong)
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
      try {
        return parse(text, { schema: 'core' })
      } catch (error) {
        throw wrong(`is not YAML: ${describeError(error)}`)
      }
  }
}

function containedPath(text: string, context: InputContext, wrong: (what: string, hint?: string) => UserError): string {
  const path = isAbsolute(text) ? resolve(text) : join(context.workspace, text)
  if (context.allowedRoots?.every((root) => !isInside(realPath(path), realPath(root)))) {
    throw wrong(`is outside the workspace: '${text}'`, 'Use a path below the workspace of the job.')
  }
  return path
}

// The path may not exist yet: its nearest existing ancestor decides where it really leads.
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const parent = dirname(path)
  return parent === path ? path : join(realPath(parent), relative(parent, path))
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path)
  return way === '' || !(way.startsWith('..') || isAbsolute(way))
}
