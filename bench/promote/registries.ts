import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RegistryKind, startDockerRegistry, startReferrersRegistry } from '../../test/registries.ts'

/** An empty registry that counts by its own access log what is asked of it. */
export interface CountingRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string
  readonly port: number
  /** Requests since the last call; waits until the log, which comes after the answers, is silent. */
  requests(): Promise<number>
  close(): Promise<void>
}

export async function startCountingRegistry(kind: RegistryKind = 'docker'): Promise<CountingRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-registry-'))
  let count = 0
  const start = kind === 'docker' ? startDockerRegistry : startReferrersRegistry
  const { child, port } = await start(folder, (line) => {
    if (/(?:^|")[A-Z]+ \/v2\//.test(line)) count++
  })
  return {
    host: `127.0.0.1:${port}`,
    port,
    async requests() {
      let before: number
      do {
        before = count
        await sleep(50)
      } while (before !== count)
      count = 0
      return before
    },
    async close() {
      const exited = once(child, 'exit')
      child.kill()
      await exited
      await rm(folder, { recursive: true })
    },
  }
}
