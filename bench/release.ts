import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Block, table } from '../src/runner/index.ts'

const root = join(import.meta.dirname, '..')

type Seconds = Readonly<Record<string, number>>

/**
 * The example's release by `k8s-release release`, three times: with Go's build cache as it is, then with all compiled,
 * and over the release that is there already.
 */
export async function releaseTable(): Promise<Block> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  try {
    const first = await release(join(folder, 'first'))
    const compiled = await release(join(folder, 'second'))
    const again = await release(join(folder, 'second'))
    const columns = [first, compiled, again]
    const rows = Object.keys(first).map((name) => [name, ...columns.map((seconds) => format(seconds[name]))])
    const totals = columns.map((seconds) => format(Object.values(seconds).reduce((sum, value) => sum + value, 0)))
    return table(['Step', 'First', 'Go has compiled', 'Nothing to do'], [...rows, ['total', ...totals]])
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function release(out: string): Promise<Seconds> {
  const command = join(root, 'node_modules/.bin/k8s-release')
  const args = ['release', '--project', join(root, 'examples/hello'), '--out', out, '--json']
  const { stdout } = await promisify(execFile)(command, args)
  return (JSON.parse(stdout) as { seconds: Seconds }).seconds
}

const format = (seconds: number | undefined): string => (seconds === undefined ? '' : seconds.toFixed(2))
