import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { isAbsolute } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { tool } from '../program.ts'

export interface RunningServer {
  isRunning(): boolean
  stop(): Promise<void>
}

/** A server that ended before it answered. */
export class StartFailure extends Error {}

const patience = 20_000

/** Starts a server and waits until `health` answers 200. */
export async function startServer(
  program: string,
  args: readonly string[],
  options: { readonly folder: string; readonly health: string },
): Promise<RunningServer> {
  const child = spawn(isAbsolute(program) ? program : tool(program), args, {
    cwd: options.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  const keep = (chunk: Buffer): void => void output.push(chunk.toString())
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null
  const killAtExit = (): void => void child.kill('SIGKILL')
  process.once('exit', killAtExit)
  const stop = async (): Promise<void> => {
    process.off('exit', killAtExit)
    if (!isRunning()) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  const end = Date.now() + patience
  while (!(await isHealthy(options.health))) {
    if (isRunning() && Date.now() < end) {
      await sleep(50)
      continue
    }
    await stop()
    throw new StartFailure(`${program} did not start:\n${output.join('')}`)
  }
  return { isRunning, stop }
}

const isHealthy = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  )
