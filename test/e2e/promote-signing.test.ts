import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../src/http/index.ts'
import { type Descriptor, type Digest, parseTag } from '../../src/oci/index.ts'
import { type PromotionOptions, type PromotionResult, promote, promotionType } from '../../src/promote/index.ts'
import { openRepository, type Repository } from '../../src/registry/index.ts'
import { runCommand, type Step } from '../../src/runner/index.ts'
import { openSigner } from '../../src/sigstore/index.ts'
import { type Gateway, openGateway } from '../gateway.ts'
import { promotionOptions } from '../promote/options.ts'
import { startRegistry, type TestRegistry } from '../registries.ts'
import { startSigstore, type TestSigstore } from '../sigstore/index.ts'
import { testStep } from '../step.ts'
import { describeWith, tool, toolsPath } from '../tools.ts'
import { writeKeyPair } from '../unit/attest/release.ts'
import { attest, manifestsOf, type TestImage, writeTestImage } from '../unit/policy/image.ts'
import { noSigner } from '../unit/sigstore/options.ts'

const programs = ['cosign', 'fulcio', 'posix', 'timestamp-server', 'docker-registry', 'referrers-registry']
const cli = join(import.meta.dirname, '../../cli.ts')
const workflow = 'example/registry/.github/workflows/promote.yml@refs/heads/main'
const promoter = `https://github.com/${workflow}`
const releaser = 'https://github.com/example/hello/.github/workflows/release.yml@refs/tags/v1.2.3'

describeWith(
  programs,
  'signing at promotion, to registries with and without the referrers API, judged by cosign',
  () => {
    let folder: string
    let sigstore: TestSigstore
    let fulcio: Gateway
    let rekor: Gateway
    let staging: TestRegistry
    let docker: TestRegistry
    let modern: TestRegistry
    let name: string
    let image: TestImage
    let count = 0

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'promote-signing-'))
      sigstore = await startSigstore()
      fulcio = await openGateway(Number(new URL(sigstore.urls.fulcio).port))
      rekor = await openGateway(Number(new URL(sigstore.urls.rekor).port))
      staging = await startRegistry('docker')
      docker = await startRegistry('docker')
      modern = await startRegistry('referrers')
      const signers = [{ identity: releaser, issuer: sigstore.githubIssuer }]
      const policy = { default: { mode: 'require', signers }, 'trusted-root': sigstore.trustedRoot }
      await writeFile(join(folder, 'policy.yaml'), JSON.stringify(policy)) // JSON is YAML
    })
    afterAll(async () => {
      await Promise.all([staging, docker, modern, fulcio, rekor].map((server) => server.close()))
      await sigstore.stop()
      await rm(folder, { recursive: true })
    })

    beforeEach(async () => {
      name = `hello-${count++}`
      image = await publish(name, sigstore.githubToken())
      forget()
    })
    afterEach(() => {
      for (const { gateway } of [docker, modern]) gateway.refuse(() => undefined)
    })

    function forget(): void {
      for (const gateway of [fulcio, rekor, docker.gateway, modern.gateway]) gateway.forget()
    }

    /** `staging/NAME:v1.2.3`, of which the holder of a token signed every manifest. */
    async function publish(repositoryName: string, identityToken: string): Promise<TestImage> {
      const repository = open(staging, `staging/${repositoryName}`)
      const published = await writeTestImage(repository, repositoryName)
      const { signingConfig, trustedRoot } = sigstore
      const signer = await openSigner({ ...noSigner, identityToken, signingConfig, trustedRoot }, promoterStep())
      for (const manifest of manifestsOf(published)) await attest(repository, manifest, signer)
      const root = await repository.readManifest(published.index.digest)
      if (!root) throw new Error('it was just written')
      await repository.writeManifest(root.bytes, root.descriptor.mediaType, parseTag('v1.2.3'))
      return published
    }

    const open = ({ direct }: TestRegistry, repository: string): Repository =>
      openRepository({ kind: 'registry', host: direct, prefix: '' }, repository, promoterStep())

    /** A job of the workflow that promotes. */
    function promoterStep(): Step {
      const { signal } = new AbortController()
      return testStep({
        workspace: folder,
        http: createHttpClient({ signal }),
        signal,
        now: () => new Date(),
        onGitHub: true,
        environment: {
          GITHUB_SERVER_URL: 'https://github.com',
          GITHUB_WORKFLOW_REF: workflow,
          GITHUB_REPOSITORY: 'example/registry',
          GITHUB_RUN_ID: '42',
        },
        identityToken: async () => sigstore.githubToken({ job_workflow_ref: workflow }),
      })
    }

    const services = (): Partial<PromotionOptions> => ({
      trustedRoot: sigstore.trustedRoot,
      fulcioUrl: `http://${fulcio.host}`,
      rekorUrl: `http://${rekor.host}`,
      timestampUrl: sigstore.urls.timestampAuthority,
    })

    const run = (to: readonly TestRegistry[], changed: Partial<PromotionOptions> = {}): Promise<PromotionResult> =>
      promote(
        promotionOptions({
          images: [`${staging.host}/staging/${name}:v1.2.3`],
          to: to.map(({ host }) => `${host}/prod`),
          policy: join(folder, 'policy.yaml'),
          sign: true,
          attest: true,
          ...(changed.key === undefined ? services() : {}),
          ...changed,
        }),
        promoterStep(),
      )

    async function cosign(...args: string[]): Promise<string> {
      const environment = { PATH: toolsPath, HOME: folder }
      return (await runCommand(tool('cosign'), args, { cwd: folder, environment })).stdout
    }

    const whom = (identity: string): string[] => [
      `--certificate-identity=${identity}`,
      `--certificate-oidc-issuer=${sigstore.githubIssuer}`,
      `--trusted-root=${sigstore.trustedRoot}`,
    ]
    const reference = ({ host }: TestRegistry, { digest }: Descriptor = image.index): string =>
      `${host}/prod/${name}@${digest}`

    /** The statements of the promotion that cosign verifies of an image, byte for byte. */
    async function verifiedPromotions(registry: TestRegistry, signer: readonly string[]): Promise<string[]> {
      const verified = await cosign('verify-attestation', `--type=${promotionType}`, ...signer, reference(registry))
      const envelopes: { payload: string }[] = verified
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      return envelopes.map(({ payload }) => Buffer.from(payload, 'base64').toString())
    }

    /** What lies beside each manifest, in their order. */
    const referrersAt = (registry: TestRegistry): Promise<Digest[][]> =>
      Promise.all(
        manifestsOf(image).map(async ({ digest }) =>
          (await open(registry, `prod/${name}`).listReferrers(digest)).map((one) => one.digest).sort(),
        ),
      )

    const writes = ({ gateway }: TestRegistry): string[] =>
      gateway.seen.flatMap(({ method, path }) => (method === 'GET' || method === 'HEAD' ? [] : `${method} ${path}`))

    test('keyless: both have the same signatures and the same statement; a second run signs nothing', async () => {
      const { planDigest, changed } = await run([docker, modern])
      expect(changed).toBe(true)
      // A signature of each manifest, and one statement, whatever the number of destinations.
      expect(rekor.seen).toHaveLength(manifestsOf(image).length + 1)
      expect(fulcio.seen).toHaveLength(1)
      const statements: string[] = []
      for (const registry of [docker, modern]) {
        for (const manifest of manifestsOf(image)) {
          await cosign('verify', ...whom(promoter), reference(registry, manifest))
          await cosign('verify', ...whom(releaser), reference(registry, manifest))
        }
        statements.push(...(await verifiedPromotions(registry, whom(promoter))))
        expect(writes(registry).at(-1)).toBe(`PUT /v2/prod/${name}/manifests/v1.2.3`)
      }
      expect(statements).toEqual([statements[0], statements[0]])
      expect(JSON.parse(statements[0] ?? '')).toEqual({
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: `${staging.host}/staging/${name}`, digest: { sha256: image.index.digest.slice(7) } }],
        predicateType: promotionType,
        predicate: {
          source: `${staging.host}/staging/${name}`,
          destinations: [docker, modern].map(({ host }) => `${host}/prod/${name}`).sort(),
          tags: ['v1.2.3'],
          plan: { sha256: planDigest.slice(7) },
          promoter: { id: promoter, invocationId: 'https://github.com/example/registry/actions/runs/42/attempts/1' },
        },
      })
      // The source's signature, the promoter's, and of the image as a whole the statement.
      expect((await referrersAt(docker)).map((found) => found.length)).toEqual([3, 2, 2])
      expect(await referrersAt(modern)).toEqual(await referrersAt(docker))
      // What cosign found there, it found by the API.
      expect(await open(modern, `prod/${name}`).listTags()).toEqual(['v1.2.3'])
      await expect(cosign('verify', ...whom(`${promoter}2`), reference(docker))).rejects.toThrow()

      forget()
      expect(await run([docker, modern])).toMatchObject({ changed: false, plan: { images: [] } })
      expect([...fulcio.seen, ...rekor.seen]).toEqual([])
      expect([...writes(docker), ...writes(modern)]).toEqual([])
    })

    test('by a key: cosign verifies both at each registry, and no service takes part', async () => {
      const { key, publicKey } = await writeKeyPair(folder, name)
      await run([docker, modern], { key })
      const byKey = [`--key=${publicKey}`, '--insecure-ignore-tlog']
      const statements: string[] = []
      for (const registry of [docker, modern]) {
        for (const manifest of manifestsOf(image)) await cosign('verify', ...byKey, reference(registry, manifest))
        statements.push(...(await verifiedPromotions(registry, byKey)))
      }
      expect(statements).toEqual([statements[0], statements[0]])
      expect([...fulcio.seen, ...rekor.seen]).toEqual([])
      expect(await run([docker, modern], { key })).toMatchObject({ changed: false })
    })

    test('an image that is at one registry gets the same signatures at the next; only the new statement is signed', async () => {
      await run([docker])
      const before = await referrersAt(docker)
      forget()
      await run([docker, modern])
      expect(rekor.seen).toHaveLength(1)
      const after = await referrersAt(docker)
      expect(after.slice(1)).toEqual(before.slice(1))
      expect(after[0]).toEqual(expect.arrayContaining(before[0] ?? []))
      expect((await referrersAt(modern)).slice(1)).toEqual(before.slice(1))
      const destinations = (await verifiedPromotions(modern, whom(promoter))).map(
        (statement) => JSON.parse(statement).predicate.destinations,
      )
      expect(destinations).toEqual([[docker, modern].map(({ host }) => `${host}/prod/${name}`).sort()])
    })

    describe('through the command', () => {
      interface Ended {
        readonly code: number | null
        readonly stderr: string
      }

      /** Runs it, and kills it before the first write to a destination that `isLast` picks. */
      async function command(
        images: readonly string[],
        to: readonly TestRegistry[],
        isLast: (path: string) => boolean = () => false,
      ): Promise<Ended> {
        const inputs = [
          ...images.flatMap((one) => ['--images', `${staging.host}/staging/${one}:v1.2.3`]),
          ...to.flatMap(({ host }) => ['--to', `${host}/prod`]),
          ...['--policy', 'policy.yaml', '--sign', '--attest', '--trusted-root', sigstore.trustedRoot],
          ...['--fulcio-url', `http://${fulcio.host}`, '--rekor-url', `http://${rekor.host}`],
          ...['--timestamp-url', sigstore.urls.timestampAuthority],
        ]
        const identityToken = sigstore.githubToken({ job_workflow_ref: workflow })
        const child = spawn(process.execPath, [cli, 'promote', ...inputs], {
          cwd: folder,
          env: { PATH: process.env.PATH, HOME: folder, SIGSTORE_ID_TOKEN: identityToken },
          stdio: ['ignore', 'ignore', 'pipe'],
        })
        for (const { gateway } of [docker, modern]) {
          gateway.refuse((method, path) => {
            if (method === 'GET' || method === 'HEAD' || !isLast(path)) return undefined
            child.kill('SIGKILL')
            return 503
          })
        }
        const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)])
        return { code, stderr }
      }

      test('an image by the wrong identity is blocked alone, nothing of it is written, and the exit code is 1', async () => {
        const foreign = `${name}-foreign`
        await publish(foreign, sigstore.identityToken('dev@example.com'))
        forget()
        const { code, stderr } = await command([foreign, name], [docker, modern])
        expect(code).toBe(1)
        expect(stderr).toContain(`staging/${foreign}@`)
        expect(stderr).toContain("'dev@example.com'")
        for (const registry of [docker, modern]) {
          expect(writes(registry).filter((line) => line.includes(`/prod/${foreign}/`))).toEqual([])
          expect(await open(registry, `prod/${foreign}`).listTags()).toEqual([])
          await cosign('verify', ...whom(promoter), reference(registry))
        }
        expect(rekor.seen).toHaveLength(manifestsOf(image).length + 1)
      })

      test.each<[string, () => TestRegistry]>([
        ['without', () => docker],
        ['with', () => modern],
      ])(
        'a run killed before its tag, at a registry %s referrers API: the next one signs nothing',
        async (_, killing) => {
          const first = await command([name], [killing()], (path) => path.endsWith('/manifests/v1.2.3'))
          expect(first.code).toBe(null)
          expect(await open(killing(), `prod/${name}`).headManifest(parseTag('v1.2.3'))).toBeUndefined()
          const attached = await referrersAt(killing())
          expect(attached.map((found) => found.length)).toEqual([3, 2, 2])
          forget()
          expect((await command([name], [killing()])).code).toBe(0)
          expect([...fulcio.seen, ...rekor.seen]).toEqual([])
          expect(await referrersAt(killing())).toEqual(attached)
          await cosign('verify', ...whom(promoter), reference(killing()))
        },
      )

      test('runs killed at many moments show no tag without signature, and leave one signature of each manifest', async () => {
        let kills = 0
        for (const nth of [8, 40, 30, 20, 10, 5, 3]) {
          let seen = 0
          const { code } = await command([name], [docker, modern], () => ++seen === nth)
          if (code === null) kills++
          for (const registry of [docker, modern]) {
            if (await open(registry, `prod/${name}`).headManifest(parseTag('v1.2.3'))) {
              expect((await referrersAt(registry)).map((found) => found.length)).toEqual([3, 2, 2])
            }
          }
        }
        expect(kills).toBeGreaterThan(3)
        expect((await command([name], [docker, modern])).code).toBe(0)
        expect((await referrersAt(docker)).map((found) => found.length)).toEqual([3, 2, 2])
        expect(await referrersAt(modern)).toEqual(await referrersAt(docker))
        for (const registry of [docker, modern]) {
          for (const manifest of manifestsOf(image))
            await cosign('verify', ...whom(promoter), reference(registry, manifest))
          expect(await verifiedPromotions(registry, whom(promoter))).toHaveLength(1)
        }
      })
    })
  },
)
