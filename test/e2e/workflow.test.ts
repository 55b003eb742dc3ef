import { execFile, execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { generateKey } from 'openpgp'
import { parse, stringify } from 'yaml'
import { openRelease, type Release } from '../../src/release/index.ts'
import { startRegistry, type TestRegistry } from '../registries.ts'
import { tagPushClaims } from '../runner/index.ts'
import { startSigstore, type TestSigstore } from '../sigstore/index.ts'
import { describeWith, tool } from '../tools.ts'
import { runWorkflow } from '../workflow/act.ts'
import { layOutActions, standInActions } from '../workflow/mirrors.ts'

const example = join(import.meta.dirname, '../../examples/hello')
const identity = `https://github.com/${tagPushClaims.workflow_ref}`

describeWith(
  ['act', 'cosign', 'docker-registry', 'fulcio', 'go', 'posix', 'timestamp-server'],
  "the example's workflow, pushed as a tag",
  () => {
    let folder: string
    let sigstore: TestSigstore
    let registry: TestRegistry
    let run: { exitCode: number; log: string }

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'workflow-'))
      const project = join(folder, 'hello')
      const artifacts = join(folder, 'artifacts')
      await mkdir(artifacts)
      await cp(example, project, { recursive: true })
      registry = await startRegistry('docker')
      const source = await readFile(join(project, '.github/workflows/release.yml'), 'utf8')
      const commit = commitTag(project)
      // The run as act numbers it; verify holds the provenance against the certificate, field by field.
      sigstore = await startSigstore({
        ...tagPushClaims,
        run_id: '1',
        sha: commit,
        workflow_sha: commit,
        job_workflow_sha: commit,
      })
      const workflow = join(folder, 'release.yml') // beside the project, which stays as it was committed
      await writeFile(workflow, onLoopback(source, sigstore, registry))
      run = await runWorkflow({
        project,
        workflow,
        event: { ref: 'refs/tags/v1.2.3', repository: { full_name: 'example/hello', default_branch: 'main' } },
        actions: { ...(await layOutActions(join(folder, 'mirrors'))), ...standInActions(source) },
        environment: {
          ...sigstore.githubEnvironment,
          GITHUB_REPOSITORY_ID: tagPushClaims.repository_id ?? '',
          GITHUB_REPOSITORY_OWNER_ID: tagPushClaims.repository_owner_id ?? '',
          GITHUB_WORKFLOW_REF: tagPushClaims.workflow_ref ?? '',
          RUNNER_ENVIRONMENT: 'github-hosted',
          TEST_ARTIFACTS: artifacts,
        },
        secrets: { OPENPGP_KEY: await openpgpKey() },
        folder: join(folder, 'act'),
      })
    })
    afterAll(async () => {
      await sigstore?.stop()
      await registry?.close()
      await rm(folder, { recursive: true, force: true })
    })

    const signed = (): Promise<Release> => openRelease(join(folder, 'artifacts/signed'))

    // Never synchronously: the registry's gateway and the Sigstore issuers live in this process.
    const cosign = async (command: string, ...args: readonly string[]): Promise<string> => {
      const trust = [
        `--trusted-root=${sigstore.trustedRoot}`,
        `--certificate-identity=${identity}`,
        `--certificate-oidc-issuer=${sigstore.githubIssuer}`,
      ]
      const environment = { ...process.env, HOME: folder, DOCKER_CONFIG: folder }
      return (await promisify(execFile)(tool('cosign'), [command, ...trust, ...args], { env: environment })).stdout
    }

    test('succeeds in every job', () => {
      expect(run.exitCode === 0 ? '' : run.log.split('\n').slice(-50).join('\n')).toBe('')
      for (const job of ['Build', 'Sign', 'Publish']) expect(run.log).toMatch(new RegExp(`${job}.*🏁 {2}Job succeeded`))
    })

    test('hands on a release that the workflow itself signed, and nobody else', async () => {
      const { record } = await signed()
      expect(record).toMatchObject({ project: 'hello', version: 'v1.2.3', source: { modified: false } })
      const signers = new Set(record.evidence.map((evidence) => JSON.stringify(evidence.signer)))
      expect([...signers].map((signer) => JSON.parse(signer))).toEqual([
        { kind: 'keyless', identity, issuer: sigstore.githubIssuer },
      ])
    })

    test('gives the build no identity', async () => {
      const { record } = await openRelease(join(folder, 'artifacts/built'))
      expect(record.evidence).toEqual([])
    })

    test('cosign verifies every file by the identity of the workflow', async () => {
      const { directory, record } = await signed()
      const evidence = await readdir(join(directory, 'evidence'))
      const files = record.subjects.filter((subject) => subject.kind === 'file')
      expect(files.length).toBeGreaterThan(10)
      for (const file of files) {
        const bundle = `${file.name}.sigstore.json`
        expect(evidence).toContain(bundle)
        await cosign('verify-blob', `--bundle=${join(directory, 'evidence', bundle)}`, join(directory, file.path))
      }
    })

    test('cosign verifies the published image and its provenance', async () => {
      const { record } = await signed()
      const images = record.subjects.filter((subject) => subject.kind === 'image')
      expect(images.map(({ name }) => name)).toEqual(['hello'])
      for (const image of images) {
        const reference = `${registry.host}/example/${image.name}:v1.2.3`
        expect(await cosign('verify', reference)).toContain(image.digest)
        await cosign('verify-attestation', '--type=slsaprovenance1', reference)
      }
    })

    test('publishes the packages in signed repositories', async () => {
      const published = await readdir(join(folder, 'artifacts/signed/published/packages'), { recursive: true })
      expect(published).toEqual(expect.arrayContaining([expect.stringMatching(/^deb\/(.*\/)?InRelease$/)]))
      expect(published).toEqual(expect.arrayContaining([expect.stringMatching(/^rpm\/.*repomd\.xml\.asc$/)]))
    })
  },
)

async function openpgpKey(): Promise<string> {
  const userIDs = [{ name: 'Hello', email: 'hello@example.com' }]
  return (await generateKey({ type: 'ecc', curve: 'ed25519Legacy', subkeys: [], userIDs })).privateKey
}

/** Makes the folder a repository with one commit, tagged v1.2.3, whose remote is example/hello; answers the commit. */
function commitTag(project: string): string {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=hello', '-c', 'user.email=hello@example.com', ...args], {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    }).trim()
  git('init', '--quiet', '--initial-branch=main')
  git('remote', 'add', 'origin', 'https://github.com/example/hello')
  git('add', '.')
  git('commit', '--quiet', '--message=Say hello')
  git('tag', 'v1.2.3')
  return git('rev-parse', 'HEAD')
}

interface Step {
  uses?: string
  run?: string
  with?: Record<string, string>
}

/** The workflow as it is, but for where it signs, whom it trusts and where it publishes. */
function onLoopback(source: string, sigstore: TestSigstore, registry: TestRegistry): string {
  const document = parse(source) as { jobs: Record<string, { steps: Step[] }> }
  const trust = { 'trusted-root': 'trust/trusted_root.json' }
  const signing = { ...trust, 'signing-config': 'trust/signing_config.json' }
  const changes: Record<string, Record<string, string>> = {
    'k8s-release/attest@v1': signing,
    'k8s-release/sign@v1': signing,
    // act leaves github.workflow_ref empty.
    'k8s-release/verify@v1': {
      ...trust,
      'certificate-identity': identity,
      'certificate-oidc-issuer': sigstore.githubIssuer,
    },
    'k8s-release/promote@v1': { to: `${registry.host}/example` },
  }
  for (const { steps } of Object.values(document.jobs)) {
    for (const step of steps) {
      const change = changes[step.uses ?? '']
      if (change) step.with = { ...step.with, ...change }
    }
  }
  // Paths may not leave the workspace, so the test's roots are brought into it.
  const bring = `mkdir trust && cp '${sigstore.trustedRoot}' '${sigstore.signingConfig}' trust/`
  document.jobs.sign?.steps.splice(1, 0, { run: bring }) // after the checkout, which empties the workspace
  return stringify(document)
}
