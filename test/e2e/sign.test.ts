import { generateKeyPairSync } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../src/http/index.ts'
import { openRelease } from '../../src/release/index.ts'
import { type CommandResult, runCommand, type Step } from '../../src/runner/index.ts'
import { type SignInput, type SignResult, sign } from '../../src/sign/index.ts'
import { generateKeyPair, openVerifier, type VerifierOptions } from '../../src/sigstore/index.ts'
import { type Gateway, openGateway } from '../gateway.ts'
import { type RegistryKind, startRegistry, type TestRegistry } from '../registries.ts'
import { startSigstore, type TestSigstore } from '../sigstore/index.ts'
import { testStep } from '../step.ts'
import { describeWith, tool, toolsPath } from '../tools.ts'
import { createTestRelease, type TestRelease, writeKeyPair } from '../unit/attest/release.ts'
import { noSigner, noVerifier, statement } from '../unit/sigstore/options.ts'

const programs = ['cosign', 'fulcio', 'posix', 'timestamp-server', 'docker-registry', 'referrers-registry', 'skopeo']
const identity = 'https://github.com/example/hello/.github/workflows/release.yml@refs/tags/v1.2.3'
const password = 'a password'

describeWith(programs, 'signing, judged by cosign', () => {
  let folder: string
  let sigstore: TestSigstore
  let file: string
  let tampered: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sign-'))
    file = join(folder, 'hello.tar.gz')
    tampered = join(folder, 'tampered')
    await writeFile(file, 'an archive')
    await writeFile(tampered, 'an archive, tampered with')
    sigstore = await startSigstore()
  })
  afterAll(async () => {
    await sigstore.stop()
    await rm(folder, { recursive: true })
  })

  const cosign = (...args: string[]): Promise<CommandResult> =>
    runCommand(tool('cosign'), args, {
      cwd: folder,
      allowFailure: true,
      environment: { PATH: toolsPath, HOME: folder, COSIGN_PASSWORD: password },
    })

  async function expectVerified(...args: string[]): Promise<void> {
    const { exitCode, stderr } = await cosign(...args)
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
  }

  async function expectRefused(...args: string[]): Promise<void> {
    expect((await cosign(...args)).exitCode).not.toBe(0)
  }

  function realStep(): Step {
    const { signal } = new AbortController()
    return testStep({
      workspace: folder,
      http: createHttpClient({ signal }),
      signal,
      now: () => new Date(),
      identityToken: async () => sigstore.githubToken(),
    })
  }

  const signing = (changed: Partial<SignInput>): Promise<SignResult> =>
    sign(
      {
        ...noSigner,
        release: 'none',
        files: [],
        images: [],
        recursive: false,
        plainHttp: [],
        dryRun: false,
        ...changed,
      },
      realStep(),
    )

  const keyless = (): Partial<SignInput> => ({
    signingConfig: sigstore.signingConfig,
    trustedRoot: sigstore.trustedRoot,
  })

  const whom = (): string[] => [
    `--certificate-identity=${identity}`,
    `--certificate-oidc-issuer=${sigstore.githubIssuer}`,
    `--trusted-root=${sigstore.trustedRoot}`,
  ]

  const believing = (changed: Partial<VerifierOptions> = {}) =>
    openVerifier(
      {
        ...noVerifier,
        certificateIdentity: identity,
        certificateOidcIssuer: sigstore.githubIssuer,
        trustedRoot: sigstore.trustedRoot,
        ...changed,
      },
      realStep(),
    )

  const opening = (path: string) => () => createReadStream(path)

  describe('files, keyless', () => {
    test('cosign verifies ours without a single --insecure flag', async () => {
      const { signer } = await signing({ files: ['hello.tar.gz'], ...keyless() })
      expect(signer).toEqual({ kind: 'keyless', identity, issuer: sigstore.githubIssuer })
      await expectVerified('verify-blob', `--bundle=${file}.sigstore.json`, ...whom(), file)
      expect(await signing({ files: ['hello.tar.gz'], ...keyless() })).toMatchObject({ changed: false })
    })

    test('with services by their URLs, and an email identity by a token', async () => {
      const path = join(folder, 'by-url')
      await writeFile(path, 'signed by email')
      await signing({
        files: ['by-url'],
        identityToken: sigstore.identityToken('dev@example.com'),
        trustedRoot: sigstore.trustedRoot,
        fulcioUrl: sigstore.urls.fulcio,
        rekorUrl: sigstore.urls.rekor,
        timestampUrl: sigstore.urls.timestampAuthority,
      })
      await expectVerified(
        'verify-blob',
        `--bundle=${path}.sigstore.json`,
        '--certificate-identity=dev@example.com',
        `--certificate-oidc-issuer=${sigstore.emailIssuer}`,
        `--trusted-root=${sigstore.trustedRoot}`,
        path,
      )
    })

    test.each<[string, Readonly<Record<string, () => string>>]>([
      ['tampered file', { path: () => tampered }],
      ['identity that only shares a prefix', { certificateIdentity: () => identity.slice(0, -2) }],
      ['other issuer', { certificateOidcIssuer: () => sigstore.emailIssuer }],
    ])('cosign and we refuse: %s', async (_, wrong) => {
      const bundle = `${file}.sigstore.json`
      const path = wrong.path?.() ?? file
      const certificateIdentity = wrong.certificateIdentity?.() ?? identity
      const certificateOidcIssuer = wrong.certificateOidcIssuer?.() ?? sigstore.githubIssuer
      await expectRefused(
        'verify-blob',
        `--bundle=${bundle}`,
        `--certificate-identity=${certificateIdentity}`,
        `--certificate-oidc-issuer=${certificateOidcIssuer}`,
        `--trusted-root=${sigstore.trustedRoot}`,
        path,
      )
      const verifier = await believing({ certificateIdentity, certificateOidcIssuer })
      await expect(verifier.verifyBlob(await readFile(bundle), opening(path))).rejects.toThrow(
        /differs|Signed by|attested by/,
      )
    })

    test('neither takes a bundle by another instance', async () => {
      const other = await startSigstore(undefined, sigstore.urls.timestampAuthority)
      try {
        const bundle = await readFile(`${file}.sigstore.json`)
        const verifier = await believing({ trustedRoot: other.trustedRoot })
        await expect(verifier.verifyBlob(bundle, opening(file))).rejects.toThrow(/not to be trusted/)
        const args = whom().map((arg) => arg.replace(sigstore.trustedRoot, other.trustedRoot))
        await expectRefused('verify-blob', `--bundle=${file}.sigstore.json`, ...args, file)
      } finally {
        await other.stop()
      }
    })

    test('we verify what cosign signs and attests', async () => {
      const predicate = join(folder, 'predicate.json')
      await writeFile(predicate, '{"good":true}')
      const services = [
        '--yes',
        `--identity-token=${sigstore.githubToken()}`,
        `--signing-config=${sigstore.signingConfig}`,
        `--trusted-root=${sigstore.trustedRoot}`,
      ]
      await expectVerified('sign-blob', ...services, `--bundle=${folder}/by-cosign.json`, file)
      await expectVerified(
        'attest-blob',
        ...services,
        '--type=https://example.com/predicate',
        `--predicate=${predicate}`,
        `--bundle=${folder}/attested-by-cosign.json`,
        file,
      )
      const verifier = await believing()
      await verifier.verifyBlob(await readFile(join(folder, 'by-cosign.json')), opening(file))
      const attested = await verifier.verifyStatement(await readFile(join(folder, 'attested-by-cosign.json')))
      expect(attested).toMatchObject({ statement: { predicate: { good: true } }, signer: { identity } })
      expect(attested.signer.extensions).toMatchObject({
        '1.3.6.1.4.1.57264.1.2': 'push',
        '1.3.6.1.4.1.57264.1.11': 'github-hosted',
        '1.3.6.1.4.1.57264.1.12': 'https://github.com/example/hello',
      })
    })
  })

  describe('files, by a key', () => {
    const verifyBlob = (key: string, path: string): string[] => [
      'verify-blob',
      `--key=${key}`,
      `--bundle=${path}.sigstore.json`,
      '--insecure-ignore-tlog',
      path,
    ]

    test.each([
      ['EC P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
      ['EC P-384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' })],
      ['EC P-521', () => generateKeyPairSync('ec', { namedCurve: 'P-521' })],
      ['Ed25519', () => generateKeyPairSync('ed25519')],
      ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 3072 })],
    ])('%s: cosign verifies, and refuses another key and a tampered file', async (name, generate) => {
      const { privateKey, publicKey } = generate()
      const path = join(folder, name.replace(' ', '-'))
      await writeFile(path, `signed with ${name}`)
      await writeFile(`${path}.key`, privateKey.export({ type: 'pkcs8', format: 'pem' }))
      await writeFile(`${path}.pub`, publicKey.export({ type: 'spki', format: 'pem' }))
      await signing({ files: [path], key: `${path}.key` })
      await expectVerified(...verifyBlob(`${path}.pub`, path))
      const other = await writeKeyPair(folder, 'other')
      await expectRefused(...verifyBlob(other.publicKey, path))
      await writeFile(path, 'tampered')
      await expectRefused(...verifyBlob(`${path}.pub`, path))
    })

    test("cosign's own encrypted key signs here, and what it signs there verifies here", async () => {
      await expectVerified('generate-key-pair', '--output-key-prefix=cosign')
      const key = join(folder, 'cosign.key')
      const path = join(folder, 'with-cosign-key')
      await writeFile(path, 'signed with cosign.key')
      await signing({ files: [path], key, keyPassword: password })
      await expectVerified(...verifyBlob(join(folder, 'cosign.pub'), path))
      await expect(signing({ files: [path], key, keyPassword: 'wrong' })).rejects.toThrow(/wrong password/)

      const bundle = join(folder, 'by-cosign-key.json')
      await expectVerified(
        'sign-blob',
        '--yes',
        `--key=${key}`,
        `--signing-config=${sigstore.signingConfig}`,
        `--trusted-root=${sigstore.trustedRoot}`,
        `--bundle=${bundle}`,
        path,
      )
      for (const trustedRoot of [undefined, sigstore.trustedRoot]) {
        const verifier = await openVerifier({ ...noVerifier, key: join(folder, 'cosign.pub'), trustedRoot }, realStep())
        await verifier.verifyBlob(await readFile(bundle), opening(path))
      }
    })

    test('cosign signs with a key pair that was generated here', async () => {
      const step = testStep({ environment: { COSIGN_PASSWORD: password } })
      const { key, publicKey } = await generateKeyPair(join(folder, 'generated'), step)
      const path = join(folder, 'with-generated-key')
      await writeFile(path, 'signed with a generated key')
      await signing({ files: [path], key, keyPassword: password })
      await expectVerified(...verifyBlob(publicKey, path))
      const bundle = join(folder, 'by-generated-key.json')
      const offline = ['--use-signing-config=false', '--tlog-upload=false']
      await expectVerified('sign-blob', '--yes', `--key=${key}`, ...offline, `--bundle=${bundle}`, path)
      const verifier = await openVerifier({ ...noVerifier, key: publicKey }, realStep())
      await verifier.verifyBlob(await readFile(bundle), opening(path))
    })

    test('logged and timestamped where services are named: cosign needs no --insecure flag', async () => {
      const path = join(folder, 'logged')
      await writeFile(path, 'signed and logged')
      const { key, publicKey } = await writeKeyPair(folder, 'logging')
      await signing({ files: [path], key, ...keyless() })
      await expectVerified(
        'verify-blob',
        `--key=${publicKey}`,
        `--bundle=${path}.sigstore.json`,
        `--trusted-root=${sigstore.trustedRoot}`,
        path,
      )
    })
  })

  describe.each<[RegistryKind]>([['docker'], ['referrers']])('images in a registry (%s)', (kind) => {
    let registry: TestRegistry
    let release: TestRelease
    let image: string
    beforeAll(async () => {
      registry = await startRegistry(kind)
      release = await createTestRelease()
      image = `${registry.host}/example/hello`
      await copyImage('v1.2.3')
    })
    afterAll(async () => {
      await registry.close()
      await release.remove()
    })

    const copyImage = (tag: string): Promise<CommandResult> =>
      runCommand(tool('skopeo'), [
        'copy',
        '--all',
        '--insecure-policy',
        '--dest-tls-verify=false',
        `oci:${release.directory}/images:hello:v1.2.3`,
        `docker://${image}:${tag}`,
      ])

    test('keyless and recursively: cosign verifies the tag and every platform; a second run writes nothing', async () => {
      const input = { images: [`${image}:v1.2.3`], recursive: true, ...keyless() }
      const { bundles } = await signing(input)
      expect(bundles).toHaveLength(3)
      await expectVerified('verify', ...whom(), `${image}:v1.2.3`)
      for (const { digest } of bundles) await expectVerified('verify', ...whom(), `${image}@${digest}`)
      const args = whom().map((arg) => arg.replace(identity, `${identity}4`))
      await expectRefused('verify', ...args, `${image}:v1.2.3`)
      const listed = await fetch(`http://${registry.direct}/v2/example/hello/tags/list`)
      const fallbackTags = bundles.map(({ digest }) => digest.replace(':', '-'))
      const { tags } = (await listed.json()) as { readonly tags: readonly string[] }
      expect(new Set(tags)).toEqual(new Set(['v1.2.3', ...(kind === 'docker' ? fallbackTags : [])]))

      registry.gateway.forget()
      expect(await signing(input)).toMatchObject({ changed: false, bundles })
      expect(registry.gateway.seen.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([])
    })

    test('by a key', async () => {
      await signing({ images: [`${image}:v1.2.3`], key: release.key })
      await expectVerified('verify', `--key=${release.publicKey}`, '--insecure-ignore-tlog', `${image}:v1.2.3`)
      const { publicKey } = await writeKeyPair(folder, 'stranger')
      await expectRefused('verify', `--key=${publicKey}`, '--insecure-ignore-tlog', `${image}:v1.2.3`)
      // The keyless signature is still there.
      await expectVerified('verify', ...whom(), `${image}:v1.2.3`)
    })

    test('what cosign signed for the same signer is not signed again', async () => {
      const { digest } = (await signing({ images: [`${image}:v1.2.3`], ...keyless() })).bundles[0] ?? { digest: '' }
      const other = `${registry.host}/by-cosign/hello`
      await runCommand(tool('skopeo'), [
        'copy',
        '--all',
        '--insecure-policy',
        '--src-tls-verify=false',
        '--dest-tls-verify=false',
        `docker://${image}@${digest}`,
        `docker://${other}:v1`,
      ])
      await expectVerified(
        'sign',
        '--yes',
        `--identity-token=${sigstore.githubToken()}`,
        `--signing-config=${sigstore.signingConfig}`,
        `--trusted-root=${sigstore.trustedRoot}`,
        `${other}@${digest}`,
      )
      expect(await signing({ images: [`${other}:v1`], ...keyless() })).toMatchObject({ changed: false })
    })
  })

  describe('a release, keyless', () => {
    let release: TestRelease
    let fulcio: Gateway
    let rekor: Gateway
    beforeAll(async () => {
      release = await createTestRelease()
      fulcio = await openGateway(Number(new URL(sigstore.urls.fulcio).port))
      rekor = await openGateway(Number(new URL(sigstore.urls.rekor).port))
    })
    afterAll(async () => {
      await Promise.all([fulcio.close(), rekor.close()])
      await release.remove()
    })

    const input = (): Partial<SignInput> => ({
      release: release.directory,
      trustedRoot: sigstore.trustedRoot,
      fulcioUrl: `http://${fulcio.host}`,
      rekorUrl: `http://${rekor.host}`,
      timestampUrl: sigstore.urls.timestampAuthority,
    })

    test('takes one certificate and an entry for each subject; cosign verifies every file', async () => {
      const { bundles } = await signing(input())
      expect(fulcio.seen).toHaveLength(1)
      expect(rekor.seen).toHaveLength(bundles.length)
      const { record } = await openRelease(release.directory)
      expect(record.evidence).toHaveLength(bundles.length)
      for (const subject of record.subjects) {
        if (subject.kind === 'image') continue
        const bundle = join(release.directory, 'evidence', `${subject.name}.sigstore.json`)
        await expectVerified('verify-blob', `--bundle=${bundle}`, ...whom(), join(release.directory, subject.path))
      }
    })

    test('a second run asks neither Fulcio nor Rekor; what was lost is put back or signed again', async () => {
      fulcio.forget()
      rekor.forget()
      expect(await signing(input())).toMatchObject({ changed: false })
      expect([...fulcio.seen, ...rekor.seen]).toEqual([])
      await rm(join(release.directory, 'evidence', 'SHA256SUMS.sigstore.json'))
      expect(await signing(input())).toMatchObject({ changed: true })
      expect(rekor.seen).toHaveLength(1)
    })

    test('what a log refuses fails by its name, and the rest is signed', async () => {
      const fresh = await createTestRelease()
      let entries = 0
      rekor.refuse((method) => (method === 'POST' && ++entries === 1 ? 400 : undefined))
      await expect(signing({ ...input(), release: fresh.directory })).rejects.toThrow(
        /Not everything was signed: 1 failed\n- .*: Rekor at .* refused: 400/,
      )
      rekor.refuse(() => undefined)
      const { record } = await openRelease(fresh.directory)
      rekor.forget()
      const { bundles } = await signing({ ...input(), release: fresh.directory })
      expect(record.evidence).toHaveLength(bundles.length - 1)
      expect(rekor.seen).toHaveLength(1)
      await fresh.remove()
    })

    test('no token is left in any file', async () => {
      const names = await readdir(release.directory, { recursive: true })
      const header = sigstore.githubToken().split('.')[0] ?? ''
      for (const name of names) {
        const path = join(release.directory, name)
        if ((await stat(path)).isFile()) expect((await readFile(path, 'latin1')).includes(header)).toBe(false)
      }
    })
  })

  test('an attestation of ours verifies by cosign', async () => {
    const { openSigner } = await import('../../src/sigstore/index.ts')
    const signer = await openSigner(
      { ...noSigner, signingConfig: sigstore.signingConfig, trustedRoot: sigstore.trustedRoot },
      realStep(),
    )
    const digest = (await signing({ files: ['hello.tar.gz'], ...keyless() })).bundles[0]?.digest ?? ''
    const about = JSON.parse(statement.toString())
    about.subject = [{ name: 'hello.tar.gz', digest: { sha256: digest.slice(7) } }]
    await writeFile(join(folder, 'attested.json'), await signer.signStatement(Buffer.from(JSON.stringify(about))))
    await expectVerified(
      'verify-blob-attestation',
      '--type=https://example.com/predicate',
      `--bundle=${folder}/attested.json`,
      ...whom(),
      file,
    )
  })
})
