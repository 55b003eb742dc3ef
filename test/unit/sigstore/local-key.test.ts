import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { findLocalPublicKey, openSigner, openVerifier } from '../../../src/sigstore/index.ts'
import { testStep } from '../../step.ts'
import { noSigner, noVerifier, opens } from './options.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'home-'))
})
afterEach(() => rm(home, { recursive: true }))

const stepAtHome = () => testStep({ environment: { HOME: home } })
const keys = (): string => join(home, '.local', 'state', 'k8s-release', 'keys')

describe('the key pair of this machine', () => {
  test('is made at the first use, for its user only, and used ever after', async () => {
    expect(await findLocalPublicKey({ HOME: home })).toBeUndefined()
    const first = await openSigner(noSigner, stepAtHome())
    expect(first.signer).toMatchObject({ kind: 'key', origin: 'local' })
    expect((await stat(join(keys(), 'signing.key'))).mode & 0o777).toBe(0o600)
    expect((await readdir(keys())).sort()).toEqual(['signing.key', 'signing.pub'])
    const second = await openSigner(noSigner, stepAtHome())
    expect(second.signer).toEqual(first.signer)

    const publicKey = await findLocalPublicKey({ HOME: home })
    const verifier = await openVerifier({ ...noVerifier, key: publicKey }, stepAtHome())
    const blob = await second.signBlob(opens('hello'))
    await expect(verifier.verifyBlob(blob, opens('hello'))).resolves.toMatchObject({ kind: 'key' })
  })

  test('is one, however many make it at once', async () => {
    const signers = await Promise.all(Array.from({ length: 8 }, () => openSigner(noSigner, stepAtHome())))
    expect(new Set(signers.map(({ signer }) => JSON.stringify(signer))).size).toBe(1)
    expect((await readdir(keys())).sort()).toEqual(['signing.key', 'signing.pub'])
  })

  test('lies where XDG_STATE_HOME says, unless that is relative', async () => {
    const state = join(home, 'state')
    await openSigner(noSigner, testStep({ environment: { HOME: home, XDG_STATE_HOME: state } }))
    expect(await readFile(join(state, 'k8s-release', 'keys', 'signing.pub'), 'utf8')).toMatch(/BEGIN PUBLIC KEY/)
    expect(await findLocalPublicKey({ HOME: home, XDG_STATE_HOME: 'state' })).toBeUndefined()
  })

  test('is not made by a dry run', async () => {
    const signer = await openSigner(noSigner, stepAtHome(), { dryRun: true })
    expect(signer.signer).toMatchObject({ kind: 'key', origin: 'local' })
    expect(await readdir(home)).toEqual([])
  })

  test('that is damaged is not replaced in silence', async () => {
    await openSigner(noSigner, stepAtHome())
    await writeFile(join(keys(), 'signing.key'), 'damaged')
    await expect(openSigner(noSigner, stepAtHome())).rejects.toThrow(/is damaged/)
  })

  test('is not made on a runner: the error says what the job needs', async () => {
    const step = testStep({ environment: { HOME: home }, onGitHub: true })
    await expect(openSigner(noSigner, step)).rejects.toMatchObject({
      message: expect.stringMatching(/nothing to sign with/),
      hint: expect.stringContaining('permissions:\n    id-token: write'),
    })
    expect(await readdir(home)).toEqual([])
  })

  test('does not stand in where services were named', async () => {
    const options = { ...noSigner, fulcioUrl: 'https://fulcio.test' }
    await expect(openSigner(options, stepAtHome())).rejects.toThrow(/needs an identity token/)
    expect(await readdir(home)).toEqual([])
  })
})
