import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../src/http/index.ts'
import { type EvidenceVerdict, openEvidenceJudge, readEvidencePolicy } from '../../src/policy/index.ts'
import { openRepository, type Repository } from '../../src/registry/index.ts'
import { runCommand } from '../../src/runner/index.ts'
import { startRegistry, type TestRegistry } from '../registries.ts'
import { startSigstore, type TestSigstore } from '../sigstore/index.ts'
import { testStep } from '../step.ts'
import { describeWith, tool, toolsPath } from '../tools.ts'
import { manifestsOf, provenance, readTestImage, type TestImage, writeTestImage } from '../unit/policy/image.ts'

const programs = ['cosign', 'fulcio', 'posix', 'timestamp-server', 'docker-registry']
const identity = 'https://github.com/example/hello/.github/workflows/release.yml@refs/tags/v1.2.3'

describeWith(programs, 'what cosign signs and attests beside an image, judged by a policy', () => {
  let folder: string
  let sigstore: TestSigstore
  let registry: TestRegistry
  let repository: Repository
  let image: TestImage
  let reference: string
  let count = 0

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'policy-'))
    await writeFile(join(folder, 'predicate.json'), '{"buildDefinition":{},"runDetails":{}}')
    sigstore = await startSigstore()
    registry = await startRegistry('docker')
    await cosign('generate-key-pair')
    await cosign('generate-key-pair', '--output-key-prefix=other')
  })
  afterAll(async () => {
    await registry.close()
    await sigstore.stop()
    await rm(folder, { recursive: true })
  })

  beforeEach(async () => {
    const name = `hello-${count++}`
    const { signal } = new AbortController()
    repository = openRepository(
      { kind: 'registry', host: registry.host, prefix: '' },
      name,
      testStep({ http: createHttpClient({ signal }), signal }),
    )
    image = await writeTestImage(repository, name)
    reference = `${registry.host}/${name}@${image.index.digest}`
  })

  async function cosign(...args: string[]): Promise<void> {
    await runCommand(tool('cosign'), args, {
      cwd: folder,
      environment: { PATH: toolsPath, HOME: folder, COSIGN_PASSWORD: 'a password' },
    })
  }

  const byKey = [
    '--key=cosign.key',
    '--yes',
    '--allow-http-registry',
    '--use-signing-config=false',
    '--tlog-upload=false',
  ]
  const legacy = '--new-bundle-format=false'
  const predicate = ['--predicate=predicate.json', `--type=${provenance}`]
  const keyless = (): string[] => [
    '--yes',
    '--allow-http-registry',
    `--identity-token=${sigstore.githubToken()}`,
    `--signing-config=${sigstore.signingConfig}`,
    `--trusted-root=${sigstore.trustedRoot}`,
  ]

  async function judge(signers: readonly object[]): Promise<EvidenceVerdict> {
    const path = join(folder, 'policy.yaml')
    const policy = {
      default: { mode: 'require', signers, predicates: [provenance] },
      'trusted-root': sigstore.trustedRoot,
    }
    await writeFile(path, JSON.stringify(policy)) // JSON is YAML
    const judging = await openEvidenceJudge(await readEvidencePolicy(path, testStep()))
    return judging.judge('hello', await readTestImage(repository, image), repository)
  }

  const ownKey = [{ key: 'cosign.pub' }]
  const workflow = () => [{ identity, issuer: sigstore.githubIssuer }]

  const missing = () => manifestsOf(image).length + 1

  describe.each([
    ['bundles', []],
    ['legacy tags', [legacy]],
  ])('by a key, in %s', (_, format) => {
    test('fulfils the policy of that key, and of no other', async () => {
      await cosign('sign', '--recursive', ...format, ...byKey, reference)
      await cosign('attest', ...predicate, ...format, ...byKey, reference)
      const { findings, needed } = await judge(ownKey)
      expect(findings).toEqual([])
      expect(new Set(needed.map(({ subject }) => subject))).toEqual(
        new Set(manifestsOf(image).map(({ digest }) => digest)),
      )
      for (const { digest } of needed) expect(await repository.headManifest(digest)).toMatchObject({ digest })
      expect(needed.every(({ tag }) => (tag === undefined) === (format.length === 0))).toBe(true)

      expect((await judge([{ key: 'other.pub' }])).findings).toHaveLength(missing())
      expect((await judge(workflow())).findings.map(({ kind }) => kind)).toEqual(Array(missing()).fill('wrong-signer'))
    })

    test('leaves the platforms unsigned without --recursive', async () => {
      await cosign('sign', ...format, ...byKey, reference)
      await cosign('attest', ...predicate, ...format, ...byKey, reference)
      expect((await judge(ownKey)).findings.map(({ kind, manifest }) => [kind, manifest])).toEqual(
        image.platforms.map(({ digest }) => ['missing-signature', digest]).toReversed(),
      )
    })
  })

  test('keyless, in bundles: fulfils the policy of that identity, and of no other', async () => {
    await cosign('sign', '--recursive', ...keyless(), reference)
    await cosign('attest', ...predicate, ...keyless(), reference)
    expect((await judge(workflow())).findings).toEqual([])
    const prefix = await judge([{ identity: identity.slice(0, -2), issuer: sigstore.githubIssuer }])
    expect(prefix.findings).toHaveLength(missing())
    expect(prefix.findings[0]?.message).toContain(`it is by '${identity}' (${sigstore.githubIssuer})`)
    expect((await judge([{ identity, issuer: sigstore.emailIssuer }])).findings).toHaveLength(missing())
  })

  test('keyless, in a legacy tag, timestamped and in no log: does not count', async () => {
    await cosign(
      'sign',
      legacy,
      '--yes',
      '--allow-http-registry',
      '--use-signing-config=false',
      '--tlog-upload=false',
      `--identity-token=${sigstore.githubToken()}`,
      `--fulcio-url=${sigstore.urls.fulcio}`,
      `--timestamp-server-url=${sigstore.urls.timestampAuthority}`,
      `--trusted-root=${sigstore.trustedRoot}`,
      reference,
    )
    const { findings } = await judge(workflow())
    expect(findings.find(({ manifest }) => manifest === image.index.digest)).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('The transparency log does not confirm the signature'),
    })
  })
})
