import { execFileSync, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { tool, toolsPath } from '../tools.ts'
import type { LocalActions } from './mirrors.ts'

export interface WorkflowRun {
  /** The repository, with the tag or branch checked out that was pushed. */
  readonly project: string
  /** Path of the workflow. */
  readonly workflow: string
  readonly event: object
  readonly actions: LocalActions
  /** What the runner sets for every job. */
  readonly environment: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
  /** An empty folder for act's own files. */
  readonly folder: string
}

/** Runs a workflow of a push by act, on this machine without containers; answers its exit code and log. */
export async function runWorkflow(run: WorkflowRun): Promise<{ exitCode: number; log: string }> {
  const home = join(run.folder, 'home')
  await mkdir(home, { recursive: true })
  const event = join(run.folder, 'event.json')
  await writeFile(event, JSON.stringify(run.event))
  // A file keeps the tokens out of the process list.
  const environmentFile = join(run.folder, 'job.env')
  const lines = Object.entries(run.environment).map(([name, value]) => `${name}=${value}`)
  await writeFile(environmentFile, `${lines.join('\n')}\n`, { mode: 0o600 })
  const args = [
    'push',
    `--workflows=${run.workflow}`,
    '--platform=ubuntu-24.04=-self-hosted',
    `--eventpath=${event}`,
    `--env-file=${environmentFile}`,
    '--no-cache-server',
    ...Object.keys(run.secrets).map((name) => `--secret=${name}`), // act takes the value from its environment
    `--action-cache-path=${join(run.folder, 'actions')}`,
    ...Object.entries(run.actions).map(([use, path]) => `--local-repository=https://github.com/${use}=${path}`),
  ]
  const node = join(import.meta.dirname, '../../node_modules/.bin')
  const child = spawn(tool('act'), args, {
    cwd: run.project,
    env: {
      ...process.env,
      ...run.secrets,
      ...goFolders(),
      HOME: home,
      XDG_CACHE_HOME: join(home, 'cache'),
      XDG_CONFIG_HOME: join(home, 'configuration'),
      PATH: [node, toolsPath].join(delimiter),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
  const [exitCode, stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)])
  return { exitCode, log: stdout + stderr }
}

/** Where Go keeps its caches and settings now, since a job's home is empty. */
function goFolders(): Record<string, string> {
  const names = ['GOCACHE', 'GOENV', 'GOMODCACHE', 'GOPATH']
  return JSON.parse(execFileSync('go', ['env', '-json', ...names], { encoding: 'utf8' })) as Record<string, string>
}
