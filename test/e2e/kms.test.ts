import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createHttpClient } from '../../src/http/index.ts'
import { type CommandResult, runCommand } from '../../src/runner/index.ts'
import { type SignInput, sign } from '../../src/sign/index.ts'
import { openSigner, openVerifier } from '../../src/sigstore/index.ts'
import { type KeyServer, openSofthsm, startAmazon, startVault } from '../kms/servers.ts'
import { type TestStep, testStep } from '../step.ts'
import { describeWith, tool, toolsPath } from '../tools.ts'
import { noSigner, noVerifier, statement } from '../unit/sigstore/options.ts'

let folder: string
let server: KeyServer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-'))
})
afterAll(() => rm(folder, { recursive: true }))

const cosign = (...args: string[]): Promise<CommandResult> =>
  runCommand(tool('cosign'), args, {
    cwd: folder,
    allowFailure: true,
    environment: { PATH: toolsPath, HOME: folder, ...server.environment },
  })

async function expectVerified(...args: string[]): Promise<void> {
  const { exitCode, stderr } = await cosign(...args)
  if (exitCode !== 0) throw new Error(`cosign ${args[0]} exited with ${exitCode}: ${stderr}`)
}

function step(changed: Readonly<Record<string, string | undefined>> = {}): TestStep {
  const { signal } = new AbortController()
  const environment = { PATH: toolsPath, ...server.environment, ...changed }
  return testStep({ workspace: folder, environment, signal, http: createHttpClient({ signal }), now: () => new Date() })
}

const nothing = { release: 'none', files: [], images: [], recursive: false, plainHttp: [], dryRun: false }
const signing = (changed: Partial<SignInput>) => sign({ ...noSigner, ...nothing, ...changed }, step())

const opening = (path: string) => () => createReadStream(path)

/** What all keepers of keys must stand. */
async function expectInterchange(key: string, { cosignAsksKeeper = true } = {}): Promise<void> {
  const path = join(folder, 'hello.tar.gz')
  const bundle = `${path}.sigstore.json`
  await rm(bundle, { force: true })
  await writeFile(path, `an archive, signed by ${key}`)
  const { signer } = await signing({ files: [path], key })
  if (signer.kind !== 'key') throw new Error('signed without the key')
  expect(signer.origin).toBe('given')
  const publicKey = join(folder, 'kept.pub')
  await writeFile(publicKey, signer.publicKey)
  expect(await signing({ files: [path], key })).toMatchObject({ changed: false })

  const verifyBlob = ['verify-blob', '--insecure-ignore-tlog', `--bundle=${bundle}`]
  await expectVerified(...verifyBlob, `--key=${publicKey}`, path)
  if (cosignAsksKeeper) await expectVerified(...verifyBlob, `--key=${key}`, path)
  const tampered = join(folder, 'tampered')
  await writeFile(tampered, 'another archive')
  expect((await cosign(...verifyBlob, `--key=${publicKey}`, tampered)).exitCode).not.toBe(0)

  const verifier = await openVerifier({ ...noVerifier, key }, step())
  expect(verifier.trusted.identity).toBe(signer.keyId)
  await verifier.verifyBlob(await readFile(bundle), opening(path))
  await expect(verifier.verifyBlob(await readFile(bundle), opening(tampered))).rejects.toThrow(/differs from/)
  const envelope = await (await openSigner({ ...noSigner, key }, step())).signStatement(statement)
  expect((await verifier.verifyStatement(envelope)).statement).toEqual(JSON.parse(statement.toString()))

  if (!cosignAsksKeeper) return
  // The other way: the keeper's key in the hands of cosign.
  const byCosign = join(folder, 'by-cosign.json')
  const config = ['--use-signing-config=false', '--tlog-upload=false']
  await expectVerified('sign-blob', '--yes', `--key=${key}`, ...config, `--bundle=${byCosign}`, path)
  await verifier.verifyBlob(await readFile(byCosign), opening(path))
}

const open = (key: string, environment = {}) => openSigner({ ...noSigner, key }, step(environment))

describeWith(['cosign', 'softhsm2-util', 'pkcs11-tool'], 'a key of softhsm2, by the executable protocol', () => {
  beforeAll(async () => {
    server = await openSofthsm()
  })
  afterAll(() => server.close())

  test('signs and verifies here and with cosign', async () => {
    await expectInterchange(await server.create('P-256'))
  })

  test('a key that is not there, and a program that is not there', async () => {
    await expect(open('softhsm://99')).rejects.toThrow(/^sigstore-kms-softhsm: /)
    await expect(open('nobody://none')).rejects.toThrow(/sigstore-kms-nobody was not found/)
    await expect(open('softhsm://')).rejects.toThrow(/names no key/)
  })

  test('a signature by another key than the one that was told is never handed out', async () => {
    const other = await server.create('P-256')
    const lying = join(folder, 'sigstore-kms-lying')
    const [first] = server.environment.PATH?.split(':') ?? []
    const program = `#!/bin/sh
case "$2" in *'"methodName":"publicKey"'*) id=01 ;; *) id=${other.slice('softhsm://'.length)} ;; esac
exec '${first}/sigstore-kms-softhsm' "$1" "$(printf %s "$2" | sed "s/\\"keyResourceID\\":\\"x\\"/\\"keyResourceID\\":\\"$id\\"/")"
`
    await writeFile(lying, program, { mode: 0o755 })
    const signer = await open('lying://x', { PATH: `${folder}:${server.environment.PATH}` })
    await expect(signer.signStatement(statement)).rejects.toThrow(/its own public key does not verify/)
    await expect(signer.signBlob(opening(lying))).rejects.toThrow(/its own public key does not verify/)
  })

  test.each([
    ['no JSON', 'echo nonsense; echo broken >&2; exit 3', /did not answer JSON and exited with 3: broken/],
    ['no public key', 'echo {}', /answered something that is not a public key/],
  ])('a program that answers %s', async (_, line, message) => {
    await writeFile(join(folder, 'sigstore-kms-odd'), `#!/bin/sh\n${line}\n`, { mode: 0o755 })
    await expect(open('odd://x', { PATH: `${folder}:${server.environment.PATH}` })).rejects.toThrow(message)
  })
})

describeWith(['cosign', 'moto_server'], 'a key of AWS KMS, served by moto that was taught to sign digests', () => {
  beforeAll(async () => {
    server = await startAmazon()
  })
  afterAll(() => server.close())

  test.each(['P-256', 'RSA'] as const)('%s signs and verifies here and with cosign', async (kind) => {
    await expectInterchange(await server.create(kind))
  })

  test('what cannot be: another algorithm, no such key, no key named', async () => {
    await expect(open(await server.create('P-384'))).rejects.toThrow(/cannot sign with SHA-256/)
    await expect(open('awskms:///alias/none')).rejects.toThrow(
      /^AWS KMS refused GetPublicKey for awskms:\/\/\/alias\/none: /,
    )
    await expect(open('awskms://alias')).rejects.toThrow(/names no key of AWS KMS/)
  })

  test('the secret key is masked', async () => {
    const own = step()
    await openVerifier({ ...noVerifier, key: await server.create('P-256') }, own)
    expect(own.secrets).toContain(server.environment.AWS_SECRET_ACCESS_KEY)
  })
})

describeWith(['cosign', 'bao'], 'a key of the transit engine of OpenBao, as of HashiCorp Vault', () => {
  beforeAll(async () => {
    server = await startVault()
  })
  afterAll(() => server.close())

  test('P-256 signs and verifies here and with cosign', async () => {
    await expectInterchange(await server.create('P-256'))
  })

  test('RSA signs and verifies here, and with cosign by the public key', async () => {
    // Asked for RSA, cosign lets Vault sign and verify PSS, which then nobody verifies by the public key.
    await expectInterchange(await server.create('RSA'), { cosignAsksKeeper: false })
  })

  test('a P-384 key signs SHA-256', async () => {
    const key = await server.create('P-384')
    const envelope = await (await open(key)).signStatement(statement)
    await (await openVerifier({ ...noVerifier, key }, step())).verifyStatement(envelope)
  })

  test('what cannot be: Ed25519, no such key, no token, a wrong token, no address', async () => {
    const key = await server.create('P-256')
    await expect(open(await server.create('Ed25519'))).rejects.toThrow(/is not a public key|signs no digest/)
    await expect(open('hashivault://none')).rejects.toThrow(/refused GET keys\/none for hashivault:\/\/none/)
    await expect(open('hashivault://a/../b')).rejects.toThrow(/names no key of a transit engine/)
    await expect(open(key, { VAULT_TOKEN: undefined })).rejects.toThrow(/There is no token/)
    await expect(open(key, { VAULT_TOKEN: 'wrong-token' })).rejects.toThrow(/refused GET .*permission denied/)
    await expect(open(key, { VAULT_ADDR: undefined })).rejects.toThrow(/not known where/)
  })

  test('the token is masked', async () => {
    const own = step()
    await openVerifier({ ...noVerifier, key: await server.create('P-256') }, own)
    expect(own.secrets).toEqual([server.environment.VAULT_TOKEN])
  })
})
