import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { actions } from '../../actions/index.ts'
import { createHttpClient } from '../../src/http/index.ts'
import { mapConcurrently, parseInputs, runCommand } from '../../src/runner/index.ts'
import { type RegistryKind, startRegistry, type TestRegistry } from '../registries.ts'
import { seeded } from '../sbom/bytes.ts'
import {
  digestAt,
  type EvidenceKind,
  missingEvidence,
  openRegistryRepository,
  type SignedImage,
  versionTag,
  writeSignedImage,
} from '../signed-image.ts'
import { testStep } from '../step.ts'
import { describeWith, tool } from '../tools.ts'

interface Variant {
  readonly registry: RegistryKind
  readonly evidence: EvidenceKind
  readonly kills: number
}

const variants: readonly Variant[] = [
  { registry: 'docker', evidence: 'signatures', kills: 50 },
  { registry: 'docker', evidence: 'referrers', kills: 50 }, // by the fallback tag
  { registry: 'referrers', evidence: 'referrers', kills: 20 }, // by the API
]
const runsAtOnce = 3
const cli = join(import.meta.dirname, '../../cli.ts')

/** When a run is killed: as the destination is asked for the nth time, or some time after it was asked first. */
type Moment = { readonly request: number } | { readonly milliseconds: number }

/** One promotion to a repository of its own. */
interface Run {
  /** Its prefix in the destination registry. */
  readonly name: string
  readonly inputs: Readonly<Record<string, string>>
}

describeWith(['crane', 'docker-registry', 'referrers-registry'], 'promotions that are killed', () => {
  describe.each(variants)('$kills with $evidence, to a registry like $registry', ({ registry, evidence, kills }) => {
    let folder: string
    let staging: TestRegistry
    let production: TestRegistry
    let image: SignedImage
    const asked = new Map<string, () => void>()

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'kills-'))
      staging = await startRegistry('docker')
      production = await startRegistry(registry)
      const shape = { platforms: ['amd64', 'arm64'], layers: 2, layerSize: 5000 }
      image = await writeSignedImage(openRegistryRepository(staging.host, 'staging/hello'), shape, evidence)
      production.gateway.refuse((_, path) => {
        asked.get(path.split('/', 3)[2] ?? '')?.()
        return undefined
      })
    })
    afterAll(async () => {
      await staging?.close()
      await production?.close()
      await rm(folder, { recursive: true })
    })

    const newRun = (name: string): Run => ({
      name,
      inputs: { images: `${staging.host}/staging/hello:${versionTag}`, to: `${production.host}/${name}` },
    })

    /** Runs the CLI, killed at a moment if it lasts so long. */
    async function start({ name, inputs }: Run, moment?: Moment) {
      const flags = Object.entries(inputs).flatMap(([input, value]) => [`--${input}`, value])
      const child = spawn(process.execPath, [cli, 'promote', ...flags], {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: folder },
        stdio: 'ignore',
      })
      let requests = 0
      let first = performance.now()
      asked.set(name, () => {
        if (++requests === 1) {
          first = performance.now()
          if (moment && 'milliseconds' in moment) setTimeout(() => child.kill('SIGKILL'), moment.milliseconds)
        }
        if (moment && 'request' in moment && requests === moment.request) child.kill('SIGKILL')
      })
      const [code, signal] = await once(child, 'exit')
      asked.delete(name)
      return { code, killed: signal === 'SIGKILL', requests, milliseconds: performance.now() - first }
    }

    test('show no tag without its evidence at any moment, and are complete after the next run', async () => {
      const whole = await start(newRun('whole'))
      expect(whole.code).toBe(0)
      const random = seeded(20261125)
      const momentOf = (index: number): Moment =>
        index % 4 === 3
          ? { milliseconds: random() * whole.milliseconds }
          : { request: 1 + Math.floor(random() * whole.requests) }
      const moments = Array.from({ length: 2 * kills }, (_, index) => momentOf(index))
      const spent = { kills: 0, tagged: 0 }

      await mapConcurrently([...moments.entries()], runsAtOnce, async ([index, moment]) => {
        if (spent.kills >= kills) return
        const run = newRun(`run${index}`)
        const name = `${run.name}/hello`
        const watcher = watchTag(production.direct, name, image)
        if ((await start(run, moment)).killed) spent.kills++
        // What the kill left is what everybody sees until somebody runs it again.
        if (await digestAt(production.direct, name, versionTag)) {
          spent.tagged++
          expect(await missingEvidence(production.direct, name, image)).toEqual([])
        }
        await promoteAgain(run)
        expect(await watcher.stop()).toEqual({ seen: true, lacking: [] })
        expect(await digestAt(production.direct, name, versionTag)).toBe(image.root)
        expect(await missingEvidence(production.direct, name, image)).toEqual([])
        await runCommand(tool('crane'), ['validate', '--remote', `${production.direct}/${name}:${versionTag}`])
      })
      expect(spent.kills).toBeGreaterThanOrEqual(kills)
      expect(spent.tagged).toBeLessThan(spent.kills) // most died before the tag
    })

    test('would be noticed if they showed one', async () => {
      const name = 'bare/hello'
      const watcher = watchTag(production.direct, name, image)
      const from = `${staging.host}/staging/hello:${versionTag}`
      await runCommand(tool('crane'), ['copy', from, `${production.direct}/${name}:${versionTag}`])
      expect((await watcher.stop()).lacking).toHaveLength(3)
    })
  })
})

/** The same step in this process, to its end. */
async function promoteAgain({ inputs }: Run): Promise<void> {
  const load = actions.promote
  if (!load) throw new Error('promote is an action')
  const action = await load()
  const http = createHttpClient({ signal: new AbortController().signal })
  const context = { workspace: tmpdir(), allowedRoots: undefined, spell: (name: string) => `--${name}` }
  await action.run(await parseInputs(action.definition, inputs, context), testStep({ http }))
}

/** Polls a repository past every gateway, until it is stopped: was the tag seen, and what was lacking when it was? */
function watchTag(host: string, name: string, image: SignedImage) {
  const lacking = new Set<string>()
  let seen = false
  let stopped = false
  const look = async (): Promise<void> => {
    // The tag first: what is missing after it was seen was missing when it was seen.
    if (!(await digestAt(host, name, versionTag))) return
    seen = true
    for (const missing of await missingEvidence(host, name, image)) lacking.add(missing)
  }
  const watching = (async () => {
    while (!stopped) {
      await look()
      await pause(2)
    }
    await look()
  })()
  return {
    async stop() {
      stopped = true
      await watching
      return { seen, lacking: [...lacking] }
    },
  }
}
