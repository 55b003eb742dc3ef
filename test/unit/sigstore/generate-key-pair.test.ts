import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { generateKeyPair, openSigner, openVerifier } from '../../../src/sigstore/index.ts'
import { testStep } from '../../step.ts'
import { noSigner, noVerifier, opens } from './options.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'generate-'))
})
afterEach(() => rm(folder, { recursive: true }))

const stepWith = (password: string | undefined) => testStep({ environment: { COSIGN_PASSWORD: password } })

describe('a generated key pair', () => {
  test.each(['correct horse', ''])('signs with its password %j, and verifies by its public key', async (password) => {
    const step = stepWith(password)
    const written = await generateKeyPair(join(folder, 'release'), step)
    expect(written).toMatchObject({ key: join(folder, 'release.key'), publicKey: join(folder, 'release.pub') })
    expect((await stat(written.key)).mode & 0o777).toBe(0o600)
    expect(step.secrets).toEqual(password ? [password] : [])
    const signer = await openSigner({ ...noSigner, key: written.key }, step)
    const verifier = await openVerifier({ ...noVerifier, key: written.publicKey }, testStep())
    const signed = await verifier.verifyBlob(await signer.signBlob(opens('hello')), opens('hello'))
    expect(signed.identity).toBe(written.keyId)
    await expect(openSigner({ ...noSigner, key: written.key }, stepWith('wrong'))).rejects.toThrow(/wrong password/)
  })

  test('needs a password, though an empty one', async () => {
    await expect(generateKeyPair(join(folder, 'release'), stepWith(undefined))).rejects.toMatchObject({
      message: expect.stringMatching(/no password/),
      hint: expect.stringMatching(/Set COSIGN_PASSWORD/),
    })
    expect(await readdir(folder)).toEqual([])
  })

  test.each(['release.key', 'release.pub'])('never overwrites %s, and leaves nothing beside it', async (name) => {
    await writeFile(join(folder, name), 'of somebody')
    await expect(generateKeyPair(join(folder, 'release'), stepWith('x'))).rejects.toThrow(/never overwritten/)
    expect(await readdir(folder)).toEqual([name])
    expect(await readFile(join(folder, name), 'utf8')).toBe('of somebody')
  })
})
