import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { definitions } from '../../actions/index.ts'
import { createHttpClient } from '../../src/http/index.ts'
import { parseTag } from '../../src/oci/index.ts'
import type { PromotionReport } from '../../src/promote/index.ts'
import { openRepository, type Repository } from '../../src/registry/index.ts'
import { runCommand } from '../../src/runner/index.ts'
import { startRegistry, type TestRegistry } from '../registries.ts'
import { testStep } from '../step.ts'
import { describeWith, tool } from '../tools.ts'
import { type ImageFixture, writeImage } from '../unit/promote/fixture.ts'
import { runWorkflow } from '../workflow/act.ts'
import { artifactActions, layOutActions } from '../workflow/mirrors.ts'

const source = join(import.meta.dirname, '../../.github/workflows/promote.yml')

interface WorkflowJob {
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly WorkflowStep[]
}

interface WorkflowStep {
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}

test('promote.yml gives our actions only inputs that they have', async () => {
  const workflow: { jobs: Record<string, WorkflowJob> } = parse(await readFile(source, 'utf8'))
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)
  const own = steps.flatMap(({ uses, with: inputs }) => {
    const name = /^k8s-release\/([\w-]+)@v1$/.exec(uses ?? '')?.[1]
    return name === undefined ? [] : { name, inputs: Object.keys(inputs ?? {}) }
  })
  expect(own.map(({ name }) => name)).toEqual(['promote', 'promote', 'report-promotion'])
  for (const { name, inputs } of own) {
    const definition = definitions.find((candidate) => candidate.name === name)
    expect(Object.keys(definition?.inputs ?? {})).toEqual(expect.arrayContaining(inputs))
  }
})

test('promote.yml lets every job get an identity that has to sign, or to find what is signed', async () => {
  const workflow: { jobs: Record<string, WorkflowJob> } = parse(await readFile(source, 'utf8'))
  const signing = Object.values(workflow.jobs).filter(({ steps }) =>
    steps.some((step) => step.with?.sign !== undefined),
  )
  expect(signing.map(({ permissions }) => permissions?.['id-token'])).toEqual(['write', 'write'])
})

describeWith(['act', 'crane', 'docker-registry'], 'promote.yml, called by a repository of manifests', () => {
  let folder: string
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
    const project = join(folder, 'project')
    await writeProject(project, manifestsOf(staging, mirrors, image))
    first = await run(project, 'first')
    for (const { gateway } of mirrors) gateway.forget()
    second = await run(project, 'second')
  })
  afterAll(async () => {
    for (const registry of [staging, ...(mirrors ?? [])]) await registry?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function run(project: string, name: string): Promise<{ exitCode: number; log: string }> {
    const own = join(folder, name, 'k8s-release/.github/workflows')
    await mkdir(own, { recursive: true })
    await mkdir(join(folder, name, 'artifacts'))
    await cp(source, join(own, 'promote.yml'))
    return await runWorkflow({
      project,
      workflow: join(project, '.github/workflows/promote.yml'),
      event: { ref: 'refs/heads/main', repository: { full_name: 'example/manifests', default_branch: 'main' } },
      actions: {
        ...(await layOutActions(join(folder, name, 'mirrors'))),
        ...artifactActions(await readFile(source, 'utf8')),
        'k8s-release/k8s-release@v1': join(folder, name, 'k8s-release'),
      },
      environment: { TEST_ARTIFACTS: join(folder, name, 'artifacts') },
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
      [...log.matchAll(/(Plan|Approve|Apply|Report)[^|\]]*\].*🏁 {2}Job succeeded/g)].map(([, job = '']) => job),
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
})

const open = (registry: TestRegistry, name: string): Repository => {
  const http = createHttpClient({ signal: new AbortController().signal })
  return openRepository({ kind: 'registry', host: registry.host, prefix: '' }, name, testStep({ http }))
}

/** A thin tree of one project, and the workflow that calls ours. */
function manifestsOf(
  staging: TestRegistry,
  mirrors: readonly TestRegistry[],
  image: ImageFixture,
): Readonly<Record<string, string>> {
  return {
    'registry/manifests/hello/promoter-manifest.yaml': [
      'registries:',
      `- name: ${staging.host}/staging`,
      '  src: true',
      ...mirrors.map(({ host }) => `- name: ${host}/prod`),
      '',
    ].join('\n'),
    'registry/images/hello/images.yaml': `- name: hello\n  dmap:\n    "${image.index.digest}": ["v1.2.3"]\n`,
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

async function writeProject(project: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(project, path)), { recursive: true })
    await writeFile(join(project, path), content)
  }
  const git = (...args: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=hello', '-c', 'user.email=hello@example.com', ...args], {
      cwd: project,
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    })
  git('init', '--quiet', '--initial-branch=main')
  git('remote', 'add', 'origin', 'https://github.com/example/manifests')
  git('add', '.')
  git('commit', '--quiet', '--message=Promote hello')
}
