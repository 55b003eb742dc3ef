import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Block, heading, table } from '../../src/runner/index.ts'
import { digestAt, openRegistryRepository, versionTag } from '../../test/signed-image.ts'
import { type Contender, craneAll, orasTags, ours, type Route, regsync } from './contenders.ts'
import { writeLargeImage } from './image.ts'
import { type CountingRegistry, startCountingRegistry } from './registries.ts'

const contenders = [ours, craneAll, orasTags, regsync]
const layerMebibytes = 1024
const destinationCount = 2

/** An image with a layer of 1 GiB to two registries: what memory that takes. */
export async function largeTable(): Promise<Block[]> {
  const source = await startCountingRegistry()
  try {
    const digest = await writeLargeImage(openRegistryRepository(source.host, 'staging/hello'), layerMebibytes)
    const rows: string[][] = []
    for (const contender of contenders) rows.push(await measure(contender, source, digest))
    return [
      heading(`A layer of 1 GiB to ${destinationCount} registries`),
      table(['Tool', 'Seconds', 'Most memory, MB', 'Complete'], rows),
    ]
  } finally {
    await source.close()
  }
}

async function measure(contender: Contender, source: CountingRegistry, digest: string): Promise<string[]> {
  const destinations = await Promise.all(Array.from({ length: destinationCount }, () => startCountingRegistry()))
  const folder = await mkdtemp(join(tmpdir(), 'bench-home-'))
  const peaks: Promise<number>[] = []
  const route: Route = {
    source: `${source.host}/staging/hello`,
    destinations: destinations.map(({ host }) => `${host}/prod`),
    tags: [versionTag],
    evidence: 'signatures',
    folder,
    watch: (child) => void peaks.push(peakMemory(child)),
  }
  try {
    const begin = performance.now()
    await contender.run(route)
    const seconds = (performance.now() - begin) / 1000
    const tagged = await Promise.all(destinations.map(({ host }) => digestAt(host, 'prod/hello', versionTag)))
    const memory = Math.max(...(await Promise.all(peaks)))
    const complete = tagged.every((there) => there === digest)
    return [contender.name, seconds.toFixed(1), (memory / 1e6).toFixed(0), complete ? 'yes' : 'NO']
  } finally {
    await Promise.all(destinations.map((registry) => registry.close()))
    await rm(folder, { recursive: true })
  }
}

/** The most memory that a process had at a time, in bytes, as Linux counts it; it is gone with the process, so it is polled. */
async function peakMemory(child: ChildProcess): Promise<number> {
  const exited = once(child, 'exit').then(() => true)
  let peak = 0
  do {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    peak = Math.max(peak, 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0))
  } while (!(await Promise.race([exited, sleep(50, false)])))
  return peak
}
