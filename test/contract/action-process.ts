import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const root = join(import.meta.dirname, '../..')
/** Node 24, as the runner has it. */
const node = join(root, 'node_modules/.bin/node')

/** A job's folder, and what the runner lays beside it. */
export interface Job {
  readonly workspace: string
  remove(): Promise<void>
}

export async function createJob(): Promise<Job> {
  const folder = await mkdtemp(join(tmpdir(), 'job-'))
  const workspace = join(folder, 'workspace')
  await mkdir(workspace)
  return { workspace, remove: () => rm(folder, { recursive: true }) }
}

/** What became of one step. */
export interface StepResult {
  readonly exitCode: number
  /** All that it printed. */
  readonly log: string
  /** The messages of its `::error::` commands. */
  readonly errors: readonly string[]
  readonly outputs: Readonly<Record<string, string>>
  /** The bytes in the runner's files: outputs, state, environment, path. */
  readonly written: string
  readonly summary: string
}

const runnerFiles = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'] as const

/** Runs `dist/<name>/index.js` the way a runner does. */
export async function runAction(
  name: string,
  job: Job,
  inputs: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<StepResult> {
  const temp = await mkdtemp(join(job.workspace, '../temp-'))
  const files = Object.fromEntries(runnerFiles.map((file) => [file, join(temp, file)]))
  for (const path of Object.values(files)) await writeFile(path, '')
  const { exitCode, log } = await run(node, [join(root, 'dist', name, 'index.js')], job.workspace, {
    PATH: process.env.PATH,
    HOME: temp, // a developer's keys and credentials are out of its reach
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: job.workspace,
    RUNNER_TEMP: temp,
    ...files,
    ...environment,
    ...Object.fromEntries(Object.entries(inputs).map(([input, value]) => [`INPUT_${input.toUpperCase()}`, value])),
  })
  const read = (file: (typeof runnerFiles)[number]): Promise<string> => readFile(join(temp, file), 'utf8')
  const output = await read('GITHUB_OUTPUT')
  return {
    exitCode,
    log,
    errors: [...log.matchAll(/^::error(?: [^:]*)?::(.*)$/gm)].map((match) => decode(match[1] ?? '')),
    outputs: parseOutputs(output),
    written: [output, await read('GITHUB_STATE'), await read('GITHUB_ENV'), await read('GITHUB_PATH')].join(''),
    summary: await read('GITHUB_STEP_SUMMARY'),
  }
}

/** Runs the command line as `npm ci` installs it. */
export function runCommandLine(
  args: readonly string[],
  folder: string,
  changed: Readonly<Record<string, string>> = {},
): Promise<ProcessResult> {
  const environment = { PATH: process.env.PATH, HOME: folder, ...changed }
  return run(join(root, 'node_modules/.bin/k8s-release'), args, folder, environment)
}

interface ProcessResult {
  readonly exitCode: number
  /** Output and errors. */
  readonly log: string
  readonly stdout: string
}

async function run(
  command: string,
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ProcessResult> {
  const child = spawn(command, args, { cwd: folder, env: { ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
  const [exitCode, stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)])
  return { exitCode, log: stdout + stderr, stdout }
}

/** Every file below a folder with a digest of its bytes: equal before and after means that nothing was written. */
export async function snapshot(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const lines = entries.map(async (entry): Promise<[string, string]> => {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) return [path, 'folder']
    if (entry.isSymbolicLink()) return [path, await readlink(path)]
    return [
      path,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ]
  })
  return Object.fromEntries((await Promise.all(lines)).sort())
}

// Workflow commands carry line ends and percent signs encoded.
const decode = (message: string): string =>
  message.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%')

function parseOutputs(content: string): Record<string, string> {
  const entries = content.matchAll(/^(?<name>[\w-]+)<<(?<end>.+)\n(?<value>[\s\S]*?)\n\k<end>$/gm)
  return Object.fromEntries([...entries].map(({ groups }) => [groups?.name ?? '', groups?.value ?? '']))
}
