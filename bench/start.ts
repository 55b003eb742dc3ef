import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { definitions } from '../actions/index.ts'
import { type Block, table } from '../src/runner/index.ts'

const root = join(import.meta.dirname, '..')
const runs = 10

/** Median of ten starts of each bundled action that stop at a wrong input, beside Node with nothing to do. */
export async function startTable(): Promise<Block> {
  const workspace = await mkdtemp(join(tmpdir(), 'bench-'))
  try {
    const node = await median(() => start(['-e', '0'], workspace))
    const rows = [['Node alone', formatMilliseconds(node), '']]
    for (const { name } of definitions) {
      const time = await median(() => start([join(root, 'dist', name, 'index.js')], workspace))
      rows.push([name, formatMilliseconds(time), formatMilliseconds(time - node)])
    }
    return table(['Action', 'Median', 'Beyond Node'], rows)
  } finally {
    await rm(workspace, { recursive: true })
  }
}

/** Milliseconds from spawn to exit. */
async function start(args: readonly string[], workspace: string): Promise<number> {
  const environment = { PATH: process.env.PATH, GITHUB_WORKSPACE: workspace, 'INPUT_DRY-RUN': 'maybe' }
  const begin = performance.now()
  const child = spawn(process.execPath, args, { cwd: workspace, env: environment, stdio: 'ignore' })
  await once(child, 'exit')
  return performance.now() - begin
}

async function median(measure: () => Promise<number>): Promise<number> {
  const times: number[] = []
  await measure() // the first one reads the disk
  for (let run = 0; run < runs; run++) times.push(await measure())
  return times.sort((left, right) => left - right)[runs / 2] ?? 0
}

const formatMilliseconds = (time: number): string => `${time.toFixed(0)} ms`
