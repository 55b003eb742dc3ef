import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { stringify } from 'yaml'
import { attest } from '../../src/attest/index.ts'
import { createHttpClient } from '../../src/http/index.ts'
import { runCommand, type Step } from '../../src/runner/index.ts'
import { sign } from '../../src/sign/index.ts'
import { type VerifyWishes, verify } from '../../src/verify/index.ts'
import { startRegistry, type TestRegistry } from '../registries.ts'
import { tagPushClaims } from '../runner/index.ts'
import { startSigstore, type TestSigstore } from '../sigstore/index.ts'
import { testStep } from '../step.ts'
import { describeWith, tool, toolsPath } from '../tools.ts'
import { attestWishes, createTestRelease, type TestRelease } from '../unit/attest/release.ts'
import { noSigner } from '../unit/sigstore/options.ts'
import { noVerification } from '../unit/verify/wishes.ts'

const http = createHttpClient({ signal: new AbortController().signal })
const workflow = `https://github.com/${tagPushClaims.job_workflow_ref}`

let sigstore: TestSigstore
let release: TestRelease

const wishes = (changed: Partial<VerifyWishes> = {}): VerifyWishes => ({
  ...noVerification,
  release: release.directory,
  ...changed,
})

const cosign = (...args: string[]) =>
  runCommand(tool('cosign'), args, {
    environment: { PATH: toolsPath, HOME: release.folder, COSIGN_PASSWORD: '' },
    allowFailure: true,
  })

describeWith(['cosign', 'fulcio', 'posix', 'timestamp-server'], 'a release that a workflow signed keyless', () => {
  const commit = tagPushClaims.sha ?? ''

  const byWorkflow = (changed: Partial<VerifyWishes> = {}): VerifyWishes => ({
    ...wishes(),
    certificateIdentity: workflow,
    certificateOidcIssuer: sigstore.githubIssuer,
    trustedRoot: sigstore.trustedRoot,
    ...changed,
  })

  const jobStep = (environment: Step['environment'] = {}): Step =>
    testStep({
      workspace: release.folder,
      http,
      now: () => new Date(),
      onGitHub: true,
      environment: {
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: tagPushClaims.repository,
        GITHUB_WORKFLOW_REF: tagPushClaims.workflow_ref,
        GITHUB_EVENT_NAME: tagPushClaims.event_name,
        GITHUB_REPOSITORY_ID: tagPushClaims.repository_id,
        GITHUB_REPOSITORY_OWNER_ID: tagPushClaims.repository_owner_id,
        GITHUB_RUN_ID: tagPushClaims.run_id,
        GITHUB_RUN_ATTEMPT: tagPushClaims.run_attempt,
        RUNNER_ENVIRONMENT: tagPushClaims.runner_environment,
        ...environment,
      },
    })

  async function attestAndSign(environment: Step['environment'] = {}): Promise<void> {
    const { signingConfig, trustedRoot } = sigstore
    const signing = { key: undefined, identityToken: sigstore.githubToken(), signingConfig, trustedRoot }
    await attest(attestWishes(release, signing), jobStep(environment))
    const nothing = { files: [], images: [], recursive: false, plainHttp: [], dryRun: false }
    await sign({ ...noSigner, ...nothing, ...signing, release: release.directory }, jobStep(environment))
  }

  beforeAll(async () => {
    sigstore = await startSigstore()
  })
  afterAll(() => sigstore.stop())
  beforeEach(async () => {
    release = await createTestRelease({ commit })
  })
  afterEach(() => release.remove())

  test('is verified by us and by cosign, and by nobody who expects another', async () => {
    await attestAndSign()
    const report = await verify(byWorkflow({ builderId: workflow }), jobStep())
    expect(report.verified).toBe(true)
    const identity = ['--certificate-identity', workflow, '--certificate-oidc-issuer', sigstore.githubIssuer]
    const bundle = ['--bundle', join(release.directory, 'evidence/provenance.sigstore.json')]
    const type = ['--type', 'slsaprovenance1', '--trusted-root', sigstore.trustedRoot]
    const file = join(release.directory, 'files/hello-linux-amd64')
    expect(await cosign('verify-blob-attestation', ...identity, ...bundle, ...type, file)).toMatchObject({
      exitCode: 0,
    })
    for (const certificateIdentity of [
      workflow.slice(0, -1),
      `${workflow}0`,
      workflow.replace('.github/w', '.githubxw'),
    ]) {
      await expect(verify(byWorkflow({ certificateIdentity }), jobStep())).rejects.toThrow(/Signed by '.*', not by/)
    }
    await expect(verify(byWorkflow({ certificateOidcIssuer: 'https://example.com' }), jobStep())).rejects.toThrow(
      /failed/,
    )
    await expect(verify(byWorkflow({ key: release.publicKey }), jobStep())).rejects.toThrow(
      /key and a certificate identity/,
    )
  })

  test('is judged by a policy, from what Fulcio certified of the workflow', async () => {
    await attestAndSign()
    const policy = join(release.folder, 'policy.yaml')
    const judged = async (changed: object) => {
      const rules = {
        signers: [{ 'identity-pattern': `^${workflow.replaceAll('.', '\\.')}$`, issuer: sigstore.githubIssuer }],
        source: { repository: 'https://github.com/example/hello', 'ref-pattern': '^refs/tags/v[0-9.]+$' },
        builders: [{ id: workflow, 'slsa-level': 2 }],
        'slsa-level': 2,
        events: ['push'],
        'runner-environments': ['github-hosted'],
        'log-entries': 1,
        timestamps: 1,
        'certificate-timestamps': 1,
        'maximum-age-days': 1,
        ...changed,
      }
      await writeFile(policy, stringify(rules))
      const nobody = { certificateIdentity: undefined, certificateOidcIssuer: undefined }
      return verify(byWorkflow({ ...nobody, policy }), jobStep())
    }
    expect((await judged({})).verified).toBe(true)
    const refused = 'hello\\.tar\\.gz: signature: .*its certificate names the'
    await expect(judged({ events: ['release'] })).rejects.toThrow(new RegExp(`${refused} event "push"`))
    await expect(judged({ 'runner-environments': ['self-hosted'] })).rejects.toThrow(
      new RegExp(`${refused} runner environment "github-hosted"`),
    )
    await expect(judged({ source: { repository: 'https://github.com/example/other' } })).rejects.toThrow(
      new RegExp(`${refused} source repository "https://github\\.com/example/hello"`),
    )
    await expect(judged({ source: { 'ref-pattern': '^refs/heads/main$' } })).rejects.toThrow(
      new RegExp(`${refused} source ref "refs/tags/v1\\.2\\.3"`),
    )
  })

  test('is not attested again by the next attempt of the run', async () => {
    await attestAndSign()
    const { signingConfig, trustedRoot } = sigstore
    const signing = { key: undefined, identityToken: sigstore.githubToken(), signingConfig, trustedRoot }
    const again = await attest(attestWishes(release, signing), jobStep({ GITHUB_RUN_ATTEMPT: '2' }))
    expect(again.changed).toBe(false)
  })

  test('fails where its provenance says other than its certificate', async () => {
    await attestAndSign({ RUNNER_ENVIRONMENT: 'self-hosted', GITHUB_EVENT_NAME: 'workflow_dispatch' })
    await expect(verify(byWorkflow(), jobStep())).rejects.toThrow(
      /its runner environment is "self-hosted", but the certificate says 'github-hosted', its event is "workflow_dispatch"/,
    )
  })

  test('fails where it was built from another commit than the workflow ran for', async () => {
    await release.remove()
    release = await createTestRelease({ commit: 'b'.repeat(40) })
    await attestAndSign()
    await expect(verify(byWorkflow(), jobStep())).rejects.toThrow(
      /its source commit is "b+", but the certificate says 'a+'/,
    )
  })
})

describeWith(['cosign', 'docker-registry', 'skopeo'], 'images that cosign signed', () => {
  let registry: TestRegistry

  beforeAll(async () => {
    release = await createTestRelease()
    registry = await startRegistry('docker')
    const layout = join(release.directory, 'images')
    await runCommand(tool('skopeo'), [
      'copy',
      '--all',
      '--dest-tls-verify=false',
      '--dest-precompute-digests',
      `oci:${layout}:hello:v1.2.3`,
      `docker://${registry.host}/hello:v1.2.3`,
    ])
  })
  afterAll(async () => {
    await registry.close()
    await release.remove()
  })

  test('are verified with all their platforms', async () => {
    const images = [`${registry.host}/hello:v1.2.3`]
    const byKey = { images, key: join(release.folder, 'cosign.pub') }
    const step = testStep({ workspace: release.folder, http })
    const options = [
      '--yes',
      '--recursive',
      '--use-signing-config=false',
      '--tlog-upload=false',
      '--allow-insecure-registry',
    ]
    const prefix = ['--output-key-prefix', join(release.folder, 'cosign')]
    expect(await cosign('generate-key-pair', ...prefix)).toMatchObject({ exitCode: 0 })
    await expect(verify(wishes({ ...byKey }), step)).rejects.toThrow(/nobody signed it/)
    const signed = await cosign('sign', ...options, '--key', join(release.folder, 'cosign.key'), images[0] ?? '')
    expect(signed).toMatchObject({ exitCode: 0 })
    const report = await verify(wishes({ ...byKey, recursive: true }), step)
    expect(report.checks.map(({ passed }) => passed)).toEqual([true, true, true])
  })
})
