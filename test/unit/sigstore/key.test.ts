import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { describeError, UserError } from '../../../src/errors/index.ts'
import { openSigner, openVerifier } from '../../../src/sigstore/index.ts'
import { testStep } from '../../step.ts'
import { encryptedCosignKey } from './cosign-key.ts'
import { noSigner, noVerifier, opens, statement } from './options.ts'

const password = 'correct horse'
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function keyFile(content: string | Buffer): Promise<string> {
  const path = join(folder, 'signer.key')
  await writeFile(path, content)
  return path
}

const pem = (key: KeyObject, type: 'pkcs8' | 'sec1' | 'pkcs1' | 'spki'): string =>
  key.export({ type, format: 'pem' } as { type: 'pkcs8'; format: 'pem' }).toString()

const encryptedPem = (key: KeyObject): string =>
  key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: password }).toString()

describe('keys that sign', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  test.each<[string, KeyObject, string, string | undefined]>([
    ['EC P-256, PKCS #8', p256.publicKey, pem(p256.privateKey, 'pkcs8'), undefined],
    ['EC P-256, SEC 1', p256.publicKey, pem(p256.privateKey, 'sec1'), undefined],
    ['EC P-256, encrypted PKCS #8', p256.publicKey, encryptedPem(p256.privateKey), password],
    ['EC P-256, cosign.key', p256.publicKey, encryptedCosignKey(p256.privateKey, password), password],
    [
      'EC P-256, cosign.key of cosign 1',
      p256.publicKey,
      encryptedCosignKey(p256.privateKey, password).replaceAll('SIGSTORE', 'COSIGN'),
      password,
    ],
    ['RSA, PKCS #8', rsa.publicKey, pem(rsa.privateKey, 'pkcs8'), undefined],
    ['RSA, PKCS #1', rsa.publicKey, pem(rsa.privateKey, 'pkcs1'), undefined],
    ...(['P-384', 'P-521'] as const).map((namedCurve): [string, KeyObject, string, undefined] => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
      return [`EC ${namedCurve}`, publicKey, pem(privateKey, 'pkcs8'), undefined]
    }),
    (() => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519')
      return ['Ed25519', publicKey, pem(privateKey, 'pkcs8'), undefined] as const
    })(),
  ])('%s', async (_, publicKey, text, keyPassword) => {
    const step = testStep()
    const signer = await openSigner({ ...noSigner, key: await keyFile(text), keyPassword }, step)
    const publicPath = join(folder, 'signer.pub')
    await writeFile(publicPath, pem(publicKey, 'spki'))
    const verifier = await openVerifier({ ...noVerifier, key: publicPath }, step)

    const blob = await signer.signBlob(opens('hello'))
    const signed = await verifier.verifyBlob(blob, opens('hello'))
    expect(signed).toEqual({ kind: 'key', identity: verifier.trusted.identity, issuer: undefined, extensions: {} })
    expect(signer.signer).toMatchObject({ kind: 'key', origin: 'given', keyId: signed.identity })
    await expect(verifier.verifyBlob(blob, opens('hello!'))).rejects.toThrow(/differs from what was signed/)

    const envelope = await signer.signStatement(statement)
    expect((await verifier.verifyStatement(envelope)).statement).toEqual(JSON.parse(statement.toString()))
  })

  test('the password may come from COSIGN_PASSWORD, and is masked', async () => {
    const key = await keyFile(encryptedCosignKey(p256.privateKey, password))
    const step = testStep({ environment: { COSIGN_PASSWORD: password } })
    await openSigner({ ...noSigner, key }, step)
    expect(step.secrets).toEqual([password])
  })

  test.each<[string, string, string | undefined]>([
    ['PEM', pem(p256.privateKey, 'pkcs8'), undefined],
    ['encrypted PEM', encryptedPem(p256.privateKey), password],
    ['cosign.key', encryptedCosignKey(p256.privateKey, password), password],
  ])('a private key verifies by its public half: %s', async (_, text, keyPassword) => {
    const key = await keyFile(text)
    const blob = await (await openSigner({ ...noSigner, key, keyPassword }, testStep())).signBlob(opens('hello'))
    const byInput = await openVerifier({ ...noVerifier, key, keyPassword }, testStep())
    await expect(byInput.verifyBlob(blob, opens('hello'))).resolves.toMatchObject({ kind: 'key' })
    await expect(byInput.verifyBlob(blob, opens('hello!'))).rejects.toThrow(/differs from what was signed/)
    const step = testStep({ environment: { COSIGN_PASSWORD: keyPassword } })
    const byEnvironment = await openVerifier({ ...noVerifier, key }, step)
    expect(byEnvironment.trusted).toEqual(byInput.trusted)
    expect(step.secrets).toEqual(keyPassword === undefined ? [] : [keyPassword])
  })
})

describe('keys that are refused', () => {
  const smallRsa = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const bitcoin = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  const x25519 = generateKeyPairSync('x25519')
  const cosignKey = encryptedCosignKey(p256.privateKey, password)
  test.each<[string, string, string | undefined, RegExp]>([
    ['a public key', pem(p256.publicKey, 'spki'), undefined, /is a public key; a private key is needed/],
    ['text', 'secret, but no key', undefined, /is not a private key/],
    ['a cut-off PEM', pem(p256.privateKey, 'pkcs8').slice(0, 80), undefined, /is not a private key/],
    ['a cut-off cosign.key', cosignKey.slice(0, 200), password, /is not a complete cosign\.key/],
    ['a wrong password', cosignKey, 'wrong horse', /wrong password/],
    ['no password', cosignKey, undefined, /is encrypted and no password was given/],
    ['a wrong password of a PEM', encryptedPem(p256.privateKey), 'wrong horse', /wrong password/],
    ['no password of a PEM', encryptedPem(p256.privateKey), undefined, /is encrypted and no password/],
    ['a small RSA key', pem(smallRsa.privateKey, 'pkcs8'), undefined, /1024 bits; 2048 are the least/],
    ['an unknown curve', pem(bitcoin.privateKey, 'pkcs8'), undefined, /on the curve secp256k1/],
    ['a key that cannot sign', pem(x25519.privateKey, 'pkcs8'), undefined, /of the type x25519/],
    [
      'a cosign.key that would take all memory',
      encryptedCosignKey(p256.privateKey, password, { N: 2 ** 30, r: 8, p: 1 }),
      password,
      /is not a complete cosign\.key/,
    ],
  ])('%s', async (_, text, keyPassword, message) => {
    const opened = openSigner({ ...noSigner, key: await keyFile(text), keyPassword }, testStep())
    const error: unknown = await opened.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UserError)
    expect(describeError(error)).toMatch(message)
    expect(describeError(error)).not.toMatch(/horse|secret|BEGIN/)
  })

  test('a file that is not there', async () => {
    const opened = openSigner({ ...noSigner, key: join(folder, 'none.key') }, testStep())
    await expect(opened).rejects.toThrow(/there is no such file/)
  })

  test.each<[string, string, string | undefined, RegExp]>([
    [
      'a certificate',
      '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n',
      undefined,
      /is a certificate, not a public key/,
    ],
    ['a cosign.key without its password', cosignKey, undefined, /is encrypted and no password was given/],
    ['a cosign.key with a wrong password', cosignKey, 'wrong horse', /wrong password/],
    ['an encrypted PEM without its password', encryptedPem(p256.privateKey), undefined, /is encrypted and no password/],
    ['an encrypted PEM with a wrong password', encryptedPem(p256.privateKey), 'wrong horse', /wrong password/],
    ['a key that cannot sign', pem(x25519.privateKey, 'pkcs8'), undefined, /of the type x25519/],
    ['text', 'no key', undefined, /is not a public key/],
  ])('to verify: %s', async (_, text, keyPassword, message) => {
    const opened = openVerifier({ ...noVerifier, key: await keyFile(text), keyPassword }, testStep())
    const error: unknown = await opened.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(UserError)
    expect(describeError(error)).toMatch(message)
    expect(describeError(error)).not.toMatch(/horse|BEGIN PRIVATE/)
  })
})

describe('who must have signed', () => {
  test.each([
    ['nobody', noVerifier],
    ['an identity without an issuer', { ...noVerifier, certificateIdentity: 'dev@example.com' }],
    ['an issuer without an identity', { ...noVerifier, certificateOidcIssuer: 'https://issuer.test' }],
    ['an empty identity', { ...noVerifier, certificateIdentity: '', certificateOidcIssuer: 'https://issuer.test' }],
  ])('%s is an error, never a pass', async (_, options) => {
    await expect(openVerifier(options, testStep())).rejects.toThrow(/not said who must have signed/)
  })

  test('a key and an identity are one too many', async () => {
    const options = {
      ...noVerifier,
      key: await keyFile(pem(p256.publicKey, 'spki')),
      certificateIdentity: 'dev@example.com',
    }
    await expect(openVerifier(options, testStep())).rejects.toThrow(/A key and a certificate identity were given/)
  })
})
