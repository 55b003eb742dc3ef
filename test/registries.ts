import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Gateway, openGateway } from './gateway.ts'
import { tool } from './program.ts'

/** `docker`: docker-registry 2.8, which has fallback tags only. `referrers`: go-containerregistry's, with the referrers API. */
export type RegistryKind = 'docker' | 'referrers'

export interface TestRegistry {
  /** `127.0.0.1:PORT`, as it stands before the repository in a reference. */
  readonly host: string
  /** The registry itself, behind the gateway: who asks there is neither counted nor refused. */
  readonly direct: string
  /** What was asked of it, and the quota in front of it. */
  readonly gateway: Gateway
  close(): Promise<void>
}

/** Starts a real registry in an empty folder, on a free port, behind a gateway that counts. */
export async function startRegistry(kind: RegistryKind): Promise<TestRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-'))
  const { child, port } = kind === 'docker' ? await startDockerRegistry(folder) : await startReferrersRegistry(folder)
  const gateway = await openGateway(port)
  return {
    host: gateway.host,
    direct: `127.0.0.1:${port}`,
    gateway,
    async close() {
      await gateway.close()
      const exited = once(child, 'exit')
      child.kill()
      await exited
      await rm(folder, { recursive: true })
    },
  }
}

export interface Started {
  readonly child: ChildProcess
  readonly port: number
}

/**
 * Starts docker-registry itself, with nothing before it.
 * @param onRequest gets each line of its access log
 */
export async function startDockerRegistry(folder: string, onRequest?: (line: string) => void): Promise<Started> {
  const configuration = {
    version: 0.1,
    log: { level: 'info', accesslog: { disabled: onRequest === undefined } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') }, delete: { enabled: true } },
    http: { addr: '127.0.0.1:0', secret: 'test' },
  }
  const path = join(folder, 'config.yml')
  await writeFile(path, JSON.stringify(configuration)) // JSON is YAML
  const environment = { PATH: process.env.PATH, OTEL_TRACES_EXPORTER: 'none' }
  const child = spawn(tool('docker-registry'), ['serve', path], { env: environment })
  if (onRequest) createInterface({ input: child.stdout }).on('line', onRequest)
  return await listening(child, /listening on .*:(\d+)/)
}

/**
 * Starts go-containerregistry's registry with the referrers API, with nothing before it.
 * @param onRequest gets each line of its access log
 */
export async function startReferrersRegistry(folder: string, onRequest?: (line: string) => void): Promise<Started> {
  const child = spawn(tool('referrers-registry'), [folder])
  if (onRequest) createInterface({ input: child.stdout }).on('line', onRequest)
  return await listening(child, /serving on port (\d+)/)
}

/** Waits for the line in which the server names its port. */
async function listening(child: ChildProcess, announcement: RegExp): Promise<Started> {
  const { stderr, stdout } = child
  if (!stderr || !stdout) throw new Error('the registry has no output')
  stdout.resume()
  const lines: string[] = []
  let port: string | undefined
  const deadline = setTimeout(() => child.kill(), 10_000)
  for await (const line of createInterface({ input: stderr })) {
    port = announcement.exec(line)?.[1]
    if (port) break
    lines.push(line)
  }
  clearTimeout(deadline)
  if (!port) {
    child.kill()
    throw new Error(`the registry did not start:\n${lines.join('\n')}`)
  }
  // Leaving the loop paused the stream; a server whose log is not read blocks when the pipe is full.
  stderr.resume()
  return { child, port: Number(port) }
}
