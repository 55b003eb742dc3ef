import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { definitions } from '../../actions/index.ts'
import { createHttpClient } from '../../src/http/index.ts'
import { parseTag } from '../../src/oci/index.ts'
import type { PromotionReport } from '../../src/promote/index.ts'
import { openRepository, type Repository } from '../../src/registry/index.ts'
import { runCommand } from '../../src/runner/index.ts'
import { startRegistry, type TestRegistry } from '../registries.ts'
import { tagPushClaims } from '../runner/index.ts'
import { startSigstore } from '../sigstore/index.ts'
import { testStep } from '../step.ts'
import { describeWith, tool } from '../tools.ts'
import { type ImageFixture, writeImage } from '../unit/promote/fixture.ts'
import { runWorkflow } from '../workflow/act.ts'
import { layOutActions, standInActions } from '../workflow/mirrors.ts'

const programs = ['act', 'cosign', 'crane', 'docker-registry', 'fulcio', 'posix', 'timestamp-server']
const source = join(import.meta.dirname, '../../.github/workflows/promote.yml')

interface WorkflowStep {
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}

test('promote.yml gives our actions only inputs that they have', async () => {
  const workflow: { jobs: Record<string, { steps: readonly WorkflowStep[] }> } = parse(await readFile(source, 'utf8'))
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)
  const own = steps.flatMap(({ uses, with: inputs }) => {
    const name = /^k8s-release\/([\w-]+)@v1$/.exec(uses ?? '')?.[1]
    return name === undefined ? [] : { name, inputs: Object.keys(inputs ?? {}) }
  })
  expect(own.map(({ name }) => name)).toEqual(['promote', 'promote', 'promote', 'report-promotion'])
  for (const { name, inputs } of own) {
    const definition = definitions.find((candidate) => candidate.name === name)
    expect(Object.keys(definition?.inputs ?? {})).toEqual(expect.arrayContaining(inputs))
  }
})

test('promote.yml lets each job that signs, or looks for what was signed, have an identity', async () => {
  const workflow: { jobs: Record<string, { permissions: Record<string, string>; steps: readonly WorkflowStep[] }> } =
    parse(await readFile(source, 'utf8'))
  const signing = Object.entries(workflow.jobs).filter(([, { steps }]) => steps.some((step) => step.with?.sign))
  expect(signing.map(([name, { permissions }]) => [name, permissions['id-token']])).toEqual([
    ['plan', 'write'],
    ['sign', 'write'],
    ['apply', 'write'],
  ])
})

describeWith(programs, 'promote.yml, called by a repository of manifests', () => {
  let folder: string
  let project: string
  let image: ImageFixture
  let staging: TestRegistry
  let mirrors: TestRegistry[]
  let first: { exitCode: number; log: string }
  let second: { exitCode: number; log: string }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'promote-workflow-'))
    staging = await startRegistry('docker')
    mirrors = [await startRegistry('docker'), await startRegistry('docker')]
    image = await writeImage(open(staging, 'staging/hello'), 'hello', 'v1.2.3')
    project = join(folder, 'project')
    await writeProject(project, manifestsOf(staging, mirrors, { hello: image }))
    first = await run('first')
    for (const { gateway } of mirrors) gateway.forget()
    second = await run('second')
  })
  afterAll(async () => {
    for (const registry of [staging, ...(mirrors ?? [])]) await registry?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function run(
    name: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<{ exitCode: number; log: string }> {
    const own = join(folder, name, 'k8s-release/.github/workflows')
    await mkdir(own, { recursive: true })
    await mkdir(join(folder, name, 'artifacts'))
    await writeFile(join(own, 'promote.yml'), withOwnTrust(await readFile(source, 'utf8')))
    return await runWorkflow({
      project,
      workflow: join(project, '.github/workflows/promote.yml'),
      event: { ref: 'refs/heads/main', repository: { full_name: 'example/manifests', default_branch: 'main' } },
      actions: {
        ...(await layOutActions(join(folder, name, 'mirrors'))),
        ...standInActions(await readFile(source, 'utf8')),
        'k8s-release/k8s-release@v1': join(folder, name, 'k8s-release'),
      },
      environment: { ...environment, TEST_ARTIFACTS: join(folder, name, 'artifacts') },
      secrets: {},
      folder: join(folder, name, 'act'),
    })
  }
  const artifact = async (run: string, path: string): Promise<string> =>
    await readFile(join(folder, run, 'artifacts', path), 'utf8')
  const report = async (run: string, path: string): Promise<PromotionReport> => JSON.parse(await artifact(run, path))
  const hosts = (): string[] => mirrors.map(({ host }) => host).sort()
  const jobs = (log: string): string[] => [
    ...new Set(
      [...log.matchAll(/(Plan|Approve|Sign|Apply|Report)[^|\]]*\].*🏁 {2}Job succeeded/g)].map(([, job = '']) => job),
    ),
  ]

  test('plans, approves, applies in one shard a host, and reports', async () => {
    expect(first.exitCode === 0 ? '' : first.log.split('\n').slice(-60).join('\n')).toBe('')
    expect(jobs(first.log)).toEqual(['Plan', 'Approve', 'Apply', 'Report'])
    const shards = await Promise.all(
      (await readdir(join(folder, 'first/artifacts')))
        .filter((name) => name.startsWith('promotion-report-'))
        .map((name) => report('first', `${name}/report.json`)),
    )
    expect(shards.map((shard) => shard.hosts).sort()).toEqual(hosts().map((host) => [host]))
    for (const shard of shards) expect(shard.images).toMatchObject([{ state: 'promoted', digest: image.index.digest }])
  })

  test('merges what the shards did of the one plan', async () => {
    const merged = await report('first', 'promotion/promotion.json')
    expect(merged.hosts).toEqual(hosts())
    expect(merged.images.map(({ destination, state }) => ({ destination, state }))).toEqual(
      hosts().map((host) => ({ destination: `${host}/prod/hello`, state: 'promoted' })),
    )
  })

  test('brings the image with its evidence to each', async () => {
    for (const mirror of mirrors) {
      await runCommand(tool('crane'), ['validate', '--remote', `${mirror.host}/prod/hello:v1.2.3`])
      const repository = open(mirror, 'prod/hello')
      for (const { subject, digest } of image.referrers) {
        expect((await repository.listReferrers(subject)).map((found) => found.digest)).toContain(digest)
      }
      expect(await repository.headManifest(parseTag(image.signatureTag))).toBeDefined()
    }
  })

  test('run again finds nothing to do, asks nobody to approve it, and writes nothing', async () => {
    expect(second.exitCode === 0 ? '' : second.log.split('\n').slice(-60).join('\n')).toBe('')
    expect(jobs(second.log)).toEqual(['Plan', 'Report'])
    expect((await report('second', 'promotion/promotion.json')).images).toEqual([])
    for (const { gateway } of mirrors) {
      expect(gateway.seen.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([])
    }
  })

  test('a tag that would move blocks its image, not the others; the run fails and says why', async () => {
    const [blocked, other] = mirrors
    const images = {
      moved: await writeImage(open(staging, 'staging/moved'), 'moved'),
      world: await writeImage(open(staging, 'staging/world'), 'world'),
    }
    if (!(blocked && other)) throw new Error('there are two mirrors')
    await writeImage(open(blocked, 'prod/moved'), 'what was there', 'v1.2.3')
    await writeFiles(project, manifestsOf(staging, mirrors, images))
    commit(project)
    const { exitCode, log } = await run('third')
    expect(exitCode).toBe(1)
    expect(log).toMatch(
      /Report.*staging\/moved@sha256:\w+: \S+prod\/moved:v1\.2\.3 is sha256:\w+, and a tag is never moved/,
    )
    const { images: outcomes } = await report('third', 'promotion/promotion.json')
    expect(outcomes.map(({ source, state }) => ({ source, state }))).toEqual(
      mirrors.map(() => ({ source: `${staging.host}/staging/world`, state: 'promoted' })),
    )
    expect(await open(other, 'prod/moved').headManifest(parseTag('v1.2.3'))).toBeUndefined()
  })

  test('signs once for all shards, as cosign verifies it by the identity of the workflow', async () => {
    const sigstore = await startSigstore(tagPushClaims)
    try {
      const signed = await writeImage(open(staging, 'staging/signed'), 'signed')
      const files = manifestsOf(staging, mirrors, { signed })
      const caller = '.github/workflows/promote.yml'
      await writeFiles(project, {
        ...files,
        [caller]: (files[caller] ?? '').replace('shards: 2', 'shards: 2, sign: true'),
      })
      await mkdir(join(project, 'trust'))
      for (const path of [sigstore.trustedRoot, sigstore.signingConfig])
        await cp(path, join(project, 'trust', basename(path)))
      commit(project)
      const { exitCode, log } = await run('fourth', sigstore.githubEnvironment)
      expect(exitCode === 0 ? '' : log.split('\n').slice(-60).join('\n')).toBe('')
      expect(jobs(log)).toEqual(['Plan', 'Approve', 'Sign', 'Apply', 'Report'])
      const carried = new Set(signed.referrers.map(({ digest }) => digest))
      const referrers = await Promise.all(
        mirrors.map(async (mirror) => {
          const listed = await open(mirror, 'prod/signed').listReferrers(signed.index.digest)
          return listed
            .map(({ digest }) => digest)
            .filter((digest) => !carried.has(digest))
            .sort()
        }),
      )
      expect(referrers[0]).toHaveLength(2) // a signature and a promotion
      expect(referrers[1]).toEqual(referrers[0])
      const trust = [
        `--trusted-root=${sigstore.trustedRoot}`,
        `--certificate-identity=https://github.com/${tagPushClaims.job_workflow_ref}`,
        `--certificate-oidc-issuer=${sigstore.githubIssuer}`,
      ]
      for (const { host } of mirrors) {
        const args = ['verify', ...trust, `${host}/prod/signed:v1.2.3`]
        await runCommand(tool('cosign'), args, { environment: { ...process.env, HOME: folder, DOCKER_CONFIG: folder } })
      }
    } finally {
      await sigstore.stop()
    }
  })
})

/** The workflow as it is, but for where it signs and whom it trusts. */
function withOwnTrust(text: string): string {
  const trust = 'signing-config: trust/signing_config.json\n          trusted-root: trust/trusted_root.json'
  return text.replaceAll(/^( {10})(sign: .*)$/gm, (_, indent, sign) => `${indent}${sign}\n${indent}${trust}`)
}

const open = (registry: TestRegistry, name: string): Repository => {
  const http = createHttpClient({ signal: new AbortController().signal })
  return openRepository({ kind: 'registry', host: registry.host, prefix: '' }, name, testStep({ http }))
}

/** A thin tree of one project, and the workflow that calls ours. */
function manifestsOf(
  staging: TestRegistry,
  mirrors: readonly TestRegistry[],
  images: Readonly<Record<string, ImageFixture>>,
): Readonly<Record<string, string>> {
  return {
    'registry/manifests/hello/promoter-manifest.yaml': [
      'registries:',
      `- name: ${staging.host}/staging`,
      '  src: true',
      ...mirrors.map(({ host }) => `- name: ${host}/prod`),
      '',
    ].join('\n'),
    'registry/images/hello/images.yaml': Object.entries(images)
      .map(([name, { index }]) => `- name: ${name}\n  dmap:\n    "${index.digest}": ["v1.2.3"]\n`)
      .join(''),
    '.github/workflows/promote.yml': `
on: { push: { branches: [main] } }
permissions: {}
jobs:
  promote:
    permissions: { contents: read, id-token: write }
    uses: k8s-release/k8s-release/.github/workflows/promote.yml@v1
    with: { manifests: registry, environment: production, shards: 2 }
`,
  }
}

async function writeFiles(project: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(project, path)), { recursive: true })
    await writeFile(join(project, path), content)
  }
}

function git(project: string, ...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=hello', '-c', 'user.email=hello@example.com', ...args], {
    cwd: project,
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  })
}

function commit(project: string): void {
  git(project, 'add', '.')
  git(project, 'commit', '--quiet', '--message=Promote')
}

async function writeProject(project: string, files: Readonly<Record<string, string>>): Promise<void> {
  await writeFiles(project, files)
  git(project, 'init', '--quiet', '--initial-branch=main')
  git(project, 'remote', 'add', 'origin', 'https://github.com/example/manifests')
  commit(project)
}
