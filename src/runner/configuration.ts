import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors/index.ts'
import type { ActionDefinition } from './definition.ts'

/** Inputs by action name, as text, from `release.yaml`. */
export type Configuration = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Reads `release.yaml` at a project's root: action names, each with its inputs. An absent file is an empty configuration.
 * @throws UserError with file, line and column
 */
export async function readConfiguration(
  directory: string,
  definitions: readonly ActionDefinition[],
): Promise<Configuration> {
  const path = join(directory, 'release.yaml')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw new UserError(`Cannot read ${path}: ${error.message}`)
  })
  if (text === undefined) return {}
  // Most actions start without YAML, and sooner for it.
  const { parseConfiguration } = await import('./configuration-document.ts')
  return parseConfiguration(path, text, definitions)
}
