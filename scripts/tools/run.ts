import { spawnSync } from 'node:child_process'

/** A program that failed or is missing, told without a stack. */
export class InstallError extends Error {}

/**
 * Runs a program quietly and answers what it printed.
 * @throws InstallError with its output when it fails, and with `missing` when it is not there
 */
export function run(command: readonly [string, ...string[]], missing: string, environment = process.env): string {
  const [program, ...args] = command
  const result = spawnSync(program, args, { encoding: 'utf8', env: environment, maxBuffer: 2 ** 26 })
  if (result.error) throw new InstallError(`${program} can't be run (${result.error.message}). ${missing}`)
  if (result.status !== 0) throw new InstallError(`${command.join(' ')} failed:\n${result.stdout}${result.stderr}`)
  return result.stdout
}
