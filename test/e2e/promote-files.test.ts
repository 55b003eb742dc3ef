import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import {
  applyFiles,
  applyMarkers,
  type FileOutcome,
  type FilePlan,
  type FileWish,
  observeFiles,
  openFileStores,
  planFiles,
  wishOfFileManifests,
} from '../../src/promote/files/index.ts'
import { runCommand, type Step } from '../../src/runner/index.ts'
import { fileContent, openStore } from '../../src/storage/index.ts'
import { testStep } from '../step.ts'
import { type StorageServer, startGoogleCloudStorage, startS3 } from '../storage/servers.ts'
import { describeWith } from '../tools.ts'
import { writeRelease } from '../unit/promote/fixture.ts'

const program = join(import.meta.dirname, '../../bin/k8s-release')
const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Repeatable bytes, different for each name. */
const bytesOf = (name: string, size: number): Buffer => Buffer.alloc(size, createHash('sha512').update(name).digest())

let servers: readonly StorageServer[] = []
let folder: string
let step: Step
/** Below each server, one for each test. */
let prefix: string
let tests = 0
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'))
  prefix = `run/${tests++}`
  step = testStep({ environment: Object.assign({}, ...servers.map(({ environment }) => environment)) })
  for (const { gateway } of servers) gateway.forget()
})
afterEach(async () => {
  for (const { gateway } of servers) gateway.refuse(() => undefined)
  await rm(folder, { recursive: true })
})

const destinations = (): string[] => servers.map(({ address }) => `${address}/${prefix}`)
const writes = (): string[] =>
  servers.flatMap(({ kind, gateway }) =>
    gateway.seen.filter(({ method }) => !['GET', 'HEAD'].includes(method)).map(({ method }) => `${kind} ${method}`),
  )

/** Files of a release in a folder, with their evidence and checksums, wanted in every destination. */
async function writeFiles(count: number, size: number): Promise<FileWish[]> {
  const names = Array.from({ length: count }, (_, index) => `v1/tool-${index}`)
  const contents = new Map<string, Buffer>(
    names.flatMap((name) => [
      [name, bytesOf(name, size)],
      [`${name}.sigstore.json`, bytesOf(`${name}.sigstore.json`, 512)],
    ]),
  )
  const checksums = [...contents].map(([name, bytes]) => `${sha256(bytes)}  ${name.slice(3)}\n`).join('')
  contents.set('v1/SHA256SUMS', Buffer.from(checksums))
  for (const [name, bytes] of contents) {
    await mkdir(dirname(join(folder, 'source', name)), { recursive: true })
    await writeFile(join(folder, 'source', name), bytes)
  }
  return wishesFor(`file:${join(folder, 'source')}`, contents, destinations())
}

function wishesFor(source: string, contents: ReadonlyMap<string, Buffer>, to: readonly string[]): FileWish[] {
  const location = { file: 'files.yaml', line: 1, column: 1 }
  const files = [...contents].map(([name, bytes]) => ({ name, sha256: sha256(bytes), location }))
  return wishOfFileManifests([{ project: 'tool', location, source, destinations: to, files, findings: [] }])
}

async function run(wishes: readonly FileWish[]): Promise<{ plan: FilePlan; outcomes: readonly FileOutcome[] }> {
  const stores = openFileStores(step)
  const plan = planFiles(wishes, await observeFiles(wishes, stores, step))
  return { plan, outcomes: await applyFiles(plan.files, stores, step) }
}

const failures = (outcomes: readonly FileOutcome[]): string[] =>
  outcomes.flatMap(({ failure }) => failure?.message ?? [])

/** The names in a destination, sorted. */
const namesIn = async (address: string): Promise<string[]> =>
  (await openStore(address, step).list('')).map(({ name }) => name).sort()

describeWith(['versitygw', 'fake-gcs-server'], 'files to S3 and GCS', () => {
  beforeAll(async () => {
    servers = await Promise.all([startS3(), startGoogleCloudStorage()])
  })
  afterAll(async () => {
    for (const server of servers) await server.close()
  })

  test('everything is brought, and a second run writes nothing', async () => {
    const wishes = await writeFiles(3, 100_000)
    const first = await run(wishes)
    expect(first.plan.conflicts).toEqual([])
    expect(failures(first.outcomes)).toEqual([])
    expect(first.outcomes).toHaveLength(14)
    for (const address of destinations()) {
      const store = openStore(address, step)
      for (const { name, sha256: digest } of wishes) expect(await store.digestOf(name)).toBe(digest)
    }
    for (const { gateway } of servers) gateway.forget()
    expect((await run(wishes)).plan).toEqual({ files: [], conflicts: [] })
    expect(writes()).toEqual([])
  })

  test('from S3 to GCS and a folder: each source is fetched once', async () => {
    const [s3, gcs] = servers
    const contents = new Map(['a', 'b', 'c'].map((name) => [name, bytesOf(name, 300_000)]))
    const staging = `${s3?.address}/${prefix}/staging`
    for (const [name, bytes] of contents) {
      await writeFile(join(folder, name), bytes)
      await openStore(staging, step).write(name, await fileContent(join(folder, name), sha256(bytes)))
    }
    s3?.gateway.forget()
    const mirror = join(folder, 'mirror')
    const { outcomes } = await run(wishesFor(staging, contents, [`${gcs?.address}/${prefix}`, `file:${mirror}`]))
    expect(failures(outcomes)).toEqual([])
    expect(s3?.gateway.seen.filter(({ method }) => method === 'GET')).toHaveLength(3)
    expect(await readFile(join(mirror, 'b'))).toEqual(contents.get('b'))
    expect(await namesIn(`${gcs?.address}/${prefix}`)).toEqual(['a', 'b', 'c'])
  })

  test('a source in a folder that was changed is a conflict; nothing of it is written, the others are', async () => {
    const wishes = await writeFiles(2, 1000)
    await writeFile(join(folder, 'source/v1/tool-0'), bytesOf('tampered', 1000))
    const { plan, outcomes } = await run(wishes)
    expect(plan.conflicts).toMatchObject([{ kind: 'source differs' }])
    expect(failures(outcomes)).toEqual([])
    for (const address of destinations()) {
      expect(await namesIn(address)).toEqual(['v1/tool-0.sigstore.json', 'v1/tool-1', 'v1/tool-1.sigstore.json'])
    }
  })

  test('a source in a store that was changed fails on the way, before a byte of it is written', async () => {
    const [s3, gcs] = servers
    const staging = `${s3?.address}/${prefix}/staging`
    // Written as a document, it has no SHA-256 that the plan could know.
    const foreign = openStore(`${gcs?.address}/${prefix}/staging`, step)
    await foreign.replaceDocument('a', 'other', undefined)
    const wishes = wishesFor(foreign.address, new Map([['a', Buffer.from('bytes')]]), [staging])
    const { plan, outcomes } = await run(wishes)
    expect(plan.conflicts).toEqual([])
    expect(failures(outcomes)).toEqual([expect.stringContaining('Digest mismatch')])
    expect(await namesIn(staging)).toEqual([])
    expect(writes().filter((write) => write === 's3 PUT')).toEqual([])
  })

  test('other bytes in one store stop that copy only, and its checksums', async () => {
    const wishes = await writeFiles(2, 1000)
    const [first = '', second = ''] = destinations()
    await writeFile(join(folder, 'other'), 'other')
    await openStore(first, step).write('v1/tool-1', await fileContent(join(folder, 'other'), sha256('other')))
    const { plan, outcomes } = await run(wishes)
    expect(plan.conflicts).toMatchObject([{ kind: 'file differs', destination: first }])
    expect(failures(outcomes)).toEqual([])
    expect(await openStore(first, step).digestOf('v1/tool-1')).toBe(sha256('other'))
    expect(await namesIn(first)).not.toContain('v1/SHA256SUMS')
    expect(await namesIn(second)).toContain('v1/SHA256SUMS')
  })

  test('a store that fails for good stops its own copies, and keeps what waits for them', async () => {
    const wishes = await writeFiles(2, 1000)
    const [first = '', second = ''] = destinations()
    servers[0]?.gateway.refuse((method, path) =>
      method === 'PUT' && path.includes('tool-0.sigstore.json') ? 403 : undefined,
    )
    const { outcomes } = await run(wishes)
    expect(failures(outcomes)).toEqual([
      expect.stringContaining('access is denied'),
      expect.stringContaining('waits for its evidence v1/tool-0.sigstore.json'),
      expect.stringContaining('SHA256SUMS waits for'),
    ])
    expect(await namesIn(first)).toEqual(['v1/tool-1', 'v1/tool-1.sigstore.json'])
    expect(await namesIn(second)).toHaveLength(5)
  })

  test('two promotions of the same files at the same time both end well', async () => {
    const wishes = await writeFiles(3, 50_000)
    const both = await Promise.all([run(wishes), run(wishes)])
    for (const { plan, outcomes } of both) {
      expect(plan.conflicts).toEqual([])
      expect(failures(outcomes)).toEqual([])
    }
  })

  test('killed at any write and run again: complete, and never a file without its evidence', async () => {
    const wishes = await writeFiles(6, 200_000)
    const path = join(folder, 'wishes.json')
    await writeFile(path, JSON.stringify(wishes))
    let kills = 0
    // Each run comes a little further; what was under way at the kill may be there or not.
    while ((await runAndKill(path, 1 + (kills % 4))) === 'SIGKILL') {
      kills++
      for (const address of destinations()) requireOrder(await namesIn(address), wishes)
    }
    expect(kills).toBeGreaterThan(3)
    expect(await runAndKill(path, Number.POSITIVE_INFINITY)).toBe(0)
    for (const address of destinations()) {
      const store = openStore(address, step)
      for (const { name, sha256: digest } of wishes) expect(await store.digestOf(name)).toBe(digest)
    }
    for (const { gateway } of servers) gateway.forget()
    expect(await runAndKill(path, Number.POSITIVE_INFINITY)).toBe(0)
    expect(writes()).toEqual([])
    expect((await readdir(folder)).sort()).toEqual(['source', 'wishes.json'])
  })

  test('the bundled command brings a release and its markers, and files by manifest, to both', async () => {
    await writeRelease(join(folder, 'release'))
    const [s3 = '', gs = ''] = destinations()
    const command = async (...args: readonly string[]) => {
      const { stdout } = await runCommand(program, ['promote', '--json', ...args], {
        cwd: folder,
        environment: { ...process.env, ...step.environment },
      })
      return JSON.parse(stdout)
    }
    const release = ['--to', `oci:${folder}/images`, '--to', `${s3}/v1.2.3`, '--to', `${gs}/v1.2.3`]
    expect(await command(...release, '--version-markers', gs)).toMatchObject({ changed: true })
    expect((await openStore(gs, step).readDocument('stable-1.txt'))?.text).toBe('v1.2.3')
    for (const address of [s3, gs]) expect(await namesIn(`${address}/v1.2.3`)).toContain('hello-linux-amd64')

    const name = 'v1.2.3/hello-linux-amd64'
    await writeFile(
      join(folder, 'files.yaml'),
      `filestores: [{base: "${s3}", src: true}, {base: "${gs}/mirror"}]
files: [{name: ${name}, sha256: ${sha256('bytes of hello-linux-amd64')}}]
`,
    )
    expect((await command('--manifests', 'files.yaml')).promoted).toEqual([`${gs}/mirror/${name}`])
    expect((await command('--manifests', 'files.yaml')).changed).toBe(false)
  })

  test.each(['s3', 'gs'] as const)(
    'of releases at the same time the newest stays in the markers of %s://',
    async (kind) => {
      const server = servers.find((candidate) => candidate.kind === kind)
      const versions = ['v1.2.1', 'v1.3.0-rc.1', 'v1.2.10', 'v1.2.9', 'v1.1.7']
      const open = () => openStore(`${server?.address}/${prefix}`, step)
      await Promise.all(versions.map((version) => applyMarkers(version, open(), step)))
      const texts = async (names: readonly string[]) =>
        await Promise.all(names.map(async (name) => (await open().readDocument(name))?.text))
      expect(await texts(['stable.txt', 'stable-1.txt', 'stable-1.2.txt', 'stable-1.1.txt'])).toEqual([
        'v1.2.10',
        'v1.2.10',
        'v1.2.10',
        'v1.1.7',
      ])
      expect(await texts(['latest.txt', 'latest-1.txt', 'latest-1.2.txt'])).toEqual([
        'v1.3.0-rc.1',
        'v1.3.0-rc.1',
        'v1.2.10',
      ])
      server?.gateway.forget()
      expect(await applyMarkers('v1.2.10', open(), step)).toEqual([])
      expect(writes()).toEqual([])
    },
  )
})

/** How a promotion in a process of its own ended, that is killed at its n-th write. */
async function runAndKill(path: string, writesBefore: number): Promise<string | number | null> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../storage/promote-process.ts'), path], {
    env: { ...process.env, ...step.environment, RUNNER_TEMP: folder },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  let count = 0
  for (const { gateway } of servers) {
    gateway.refuse((method) => {
      if (!['GET', 'HEAD'].includes(method) && ++count === writesBefore) child.kill('SIGKILL')
      return undefined
    })
  }
  const [code, signal] = await once(child, 'exit')
  return signal ?? code
}

function requireOrder(names: readonly string[], wishes: readonly FileWish[]): void {
  const there = new Set(names)
  for (const { name, evidence } of wishes) {
    if (there.has(name)) for (const needed of evidence) expect(names).toContain(needed)
  }
  if (there.has('v1/SHA256SUMS')) expect(names).toHaveLength(new Set(wishes.map(({ name }) => name)).size)
}
