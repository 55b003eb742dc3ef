import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../src/http/index.ts'
import { emptyDescriptor, hexOf, mediaTypes, parseTag } from '../../src/oci/index.ts'
import { type PromotionOptions, type PromotionResult, promote } from '../../src/promote/index.ts'
import { openRepository, type Repository, sigstoreReferrer } from '../../src/registry/index.ts'
import { runCommand } from '../../src/runner/index.ts'
import { promotionOptions } from '../promote/options.ts'
import { type RegistryKind, startRegistry, type TestRegistry } from '../registries.ts'
import { testStep } from '../step.ts'
import { tool } from '../tools.ts'
import { type ReleaseFixture, writeRelease } from '../unit/promote/fixture.ts'

let folder: string
let release: ReleaseFixture
const registries: TestRegistry[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promote-'))
  release = await writeRelease(join(folder, 'release'))
})
afterEach(async () => {
  for (const registry of registries.splice(0)) await registry.close()
  await rm(folder, { recursive: true })
})

async function start(kind: RegistryKind): Promise<TestRegistry> {
  const registry = await startRegistry(kind)
  registries.push(registry)
  return registry
}

const newStep = () => testStep({ workspace: folder, http: createHttpClient({ signal: new AbortController().signal }) })
const run = (options: Partial<PromotionOptions>): Promise<PromotionResult> =>
  promote(promotionOptions(options), newStep())
const open = (host: string, name: string): Repository =>
  openRepository({ kind: 'registry', host, prefix: '' }, name, newStep())
const writes = ({ gateway }: TestRegistry): string[] =>
  gateway.seen.filter(({ method }) => !['GET', 'HEAD'].includes(method)).map(({ method, path }) => `${method} ${path}`)

async function missingEvidence(repository: Repository): Promise<string[]> {
  const missing: string[] = []
  for (const { subject, digest } of release.image.referrers) {
    const listed = await repository.listReferrers(subject)
    if (!listed.some((found) => found.digest === digest)) missing.push(digest)
  }
  if (!(await repository.headManifest(parseTag(release.image.signatureTag)))) missing.push('.sig')
  return missing
}

describe.each<RegistryKind>(['docker', 'referrers'])('%s registry', (kind) => {
  test('layout → registry → registry → layout; other tools read each, and a second run writes nothing', async () => {
    const [first, second] = [await start(kind), await start(kind)]
    const steps = [
      () => run({ release: release.directory, to: [`${first.host}/one`] }),
      () => run({ images: [`${first.host}/one/hello:v1.2.3`], to: [`${second.host}/two`, `${first.host}/copy`] }),
      () => run({ images: [`${second.host}/two/hello:v1.2.3`], to: ['oci:mirror'] }),
    ]
    for (const step of steps) expect(await step()).toMatchObject({ changed: true })

    const references = [`${first.host}/one/hello`, `${second.host}/two/hello`, `${first.host}/copy/hello`]
    for (const reference of references) {
      await runCommand(tool('crane'), ['validate', '--remote', `${reference}:v1.2.3`])
      const { stdout } = await runCommand(tool('skopeo'), [
        'inspect',
        '--raw',
        '--tls-verify=false',
        `docker://${reference}:v1.2.3`,
      ])
      expect(JSON.parse(stdout)).toMatchObject({ manifests: [{}, {}] })
      const [host = '', ...name] = reference.split('/')
      expect(await missingEvidence(open(host, name.join('/')))).toEqual([])
    }
    const { stdout } = await runCommand(tool('skopeo'), ['inspect', `oci:${folder}/mirror:hello:v1.2.3`])
    expect(JSON.parse(stdout)).toMatchObject({ Os: 'linux' })
    const layout = openRepository({ kind: 'layout', path: join(folder, 'mirror') }, 'hello', newStep())
    expect(await missingEvidence(layout)).toEqual([])

    // One for each manifest that has referrers where there is no API, and none where there is.
    const fallbackTags = new Set(release.image.referrers.map(({ subject }) => `sha256-${hexOf(subject)}`))
    for (const registry of [first, second]) {
      const written = writes(registry).map((line) => line.slice(line.lastIndexOf('/') + 1))
      expect(new Set(written.filter((tag) => fallbackTags.has(tag)))).toEqual(
        kind === 'docker' ? fallbackTags : new Set(),
      )
    }

    for (const registry of [first, second]) registry.gateway.forget()
    for (const step of steps) expect(await step()).toMatchObject({ changed: false })
    expect([...writes(first), ...writes(second)]).toEqual([])
  })

  test('ten referrers written at once by ten clients are ten, as another tool sees them', async () => {
    const { host } = await start(kind)
    const repository = open(host, 'hello')
    await repository.writeBlob(emptyDescriptor, () => Readable.from([Buffer.from('{}')]))
    const image = {
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: emptyDescriptor,
      layers: [emptyDescriptor],
    }
    const subject = await repository.writeManifest(
      Buffer.from(JSON.stringify(image)),
      mediaTypes.manifest,
      parseTag('v1'),
    )
    const written = await Promise.all(
      Array.from({ length: 10 }, (_, index) => {
        const { manifest, mediaType } = sigstoreReferrer(
          subject,
          emptyDescriptor,
          `https://example.com/${index}`,
          '2026-01-02T03:04:05Z',
        )
        return open(host, 'hello').writeReferrer(manifest, mediaType)
      }),
    )
    const expected = written.map(({ digest }) => digest).sort()
    expect((await open(host, 'hello').listReferrers(subject.digest)).map(({ digest }) => digest).sort()).toEqual(
      expected,
    )
    if (kind === 'docker') {
      const { stdout } = await runCommand(tool('crane'), ['manifest', `${host}/hello:sha256-${hexOf(subject.digest)}`])
      const index: { manifests: { digest: string }[] } = JSON.parse(stdout)
      expect(index.manifests.map(({ digest }) => digest).sort()).toEqual(expected)
    }
  })
})

describe('a run that is killed', () => {
  const cli = join(import.meta.dirname, '..', '..', 'cli.ts')

  /** Runs the CLI and kills it with SIGKILL when the registry gets its nth write; answers whether it was killed. */
  async function runKilled(registry: TestRegistry, nth: number): Promise<boolean> {
    const child = spawn(
      process.execPath,
      [cli, 'promote', '--release', release.directory, '--to', `${registry.host}/project`],
      {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: folder },
        stdio: 'ignore',
      },
    )
    const exited = once(child, 'exit')
    let count = 0
    registry.gateway.refuse((method) => {
      if (method !== 'GET' && method !== 'HEAD' && ++count === nth) child.kill('SIGKILL')
      return undefined
    })
    const [code, signal] = await exited
    registry.gateway.refuse(() => undefined)
    if (signal === null) expect(code).toBe(0)
    return signal === 'SIGKILL'
  }

  test('shows no tag without its evidence, and the next run completes it', async () => {
    const registry = await start('docker')
    let kills = 0
    // Later each time, on what the run before it left.
    for (const nth of [1, 4, 9, 5, 7, 6, 3, 2, 1]) {
      if (await runKilled(registry, nth)) kills++
      const repository = open(registry.host, 'project/hello')
      if (await repository.headManifest(parseTag('v1.2.3'))) expect(await missingEvidence(repository)).toEqual([])
    }
    expect(kills).toBeGreaterThan(4)
    expect(await runKilled(registry, Number.POSITIVE_INFINITY)).toBe(false)
    expect(await missingEvidence(open(registry.host, 'project/hello'))).toEqual([])
    await runCommand(tool('crane'), ['validate', '--remote', `${registry.host}/project/hello:v1.2.3`])
    registry.gateway.forget()
    expect(await run({ release: release.directory, to: [`${registry.host}/project`] })).toMatchObject({
      changed: false,
    })
    expect(writes(registry)).toEqual([])
  })
})

test('a registry with a quota of 20 requests a second is not overrun, and the promotion succeeds', async () => {
  const registry = await start('docker')
  registry.gateway.limit({ perSecond: 20, burst: 20 })
  await run({ release: release.directory, to: [`${registry.host}/project`] })
  registry.gateway.limit(undefined)
  expect(await missingEvidence(open(registry.host, 'project/hello'))).toEqual([])
  const refused = registry.gateway.seen.filter(({ status }) => status === 429).length
  expect(refused).toBeGreaterThan(0)
  expect(refused).toBeLessThan(registry.gateway.seen.length / 4)
})
