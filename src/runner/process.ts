import { spawn } from 'node:child_process'
import { UserError } from '../errors/index.ts'

export interface CommandOptions {
  readonly cwd?: string
  /** The whole environment of the child; secrets go here, never into arguments. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly input?: string | Uint8Array
  readonly signal?: AbortSignal
  /** A failing exit is returned instead of thrown. */
  readonly allowFailure?: boolean
}

export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a program without a shell and collects what it prints.
 * @throws UserError when it is not installed or exits non-zero; the message ends with the last lines of stderr
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      ...(options.environment ? { env: { ...options.environment } } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'ENOENT'
          ? new UserError(`${command} was not found`, { hint: `Install ${command} or put it on PATH.` })
          : error,
      )
    })
    child.on('close', (code) => {
      const result = {
        exitCode: code ?? 1,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      }
      if (result.exitCode === 0 || options.allowFailure) resolve(result)
      else {
        const tail = result.stderr.trim().split('\n').slice(-20).join('\n')
        reject(new UserError(`${command} ${args[0] ?? ''} exited with ${result.exitCode}${tail ? `:\n${tail}` : ''}`))
      }
    })
    // A child that exits before it has read its input breaks the pipe; its exit code tells more than EPIPE.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(options.input)
  })
}
