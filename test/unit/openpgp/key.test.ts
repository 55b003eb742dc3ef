import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import * as openpgp from 'openpgp'
import { openSigningKey, type SigningKey } from '../../../src/openpgp/index.ts'
import { testStep } from '../../step.ts'

type KeyOptions = Parameters<typeof openpgp.generateKey>[0]

const commitTime = new Date('2026-11-01T12:00:00Z')
const bytes = Buffer.from('the bytes of a header')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openpgp-'))
})
afterAll(() => rm(folder, { recursive: true }))

const step = (options: { onGitHub?: boolean; state?: string } = {}) =>
  testStep({
    environment: { XDG_STATE_HOME: options.state ?? join(folder, 'state') },
    ...(options.onGitHub === undefined ? {} : { onGitHub: options.onGitHub }),
  })

async function generate(name: string, options: Partial<KeyOptions> = {}): Promise<string> {
  const { privateKey } = await openpgp.generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: [{ name: 'Release', email: 'release@example.com' }],
    date: new Date('2026-01-01T00:00:00Z'),
    ...options,
    format: 'armored',
  })
  const path = join(folder, name)
  await writeFile(path, privateKey)
  return path
}

async function dateOf(key: SigningKey, binary: Uint8Array): Promise<Date | null | undefined> {
  const signature = await openpgp.readSignature({ binarySignature: binary })
  const verificationKeys = await openpgp.readKey({ armoredKey: key.publicKeyArmored })
  const message = await openpgp.createMessage({ binary: bytes })
  const { signatures } = await openpgp.verify({ message, signature, verificationKeys })
  await signatures[0]?.verified
  return signature.packets[0]?.created
}

describe('the local key', () => {
  test('is made once, for the user only, and signs the same way twice', async () => {
    const first = await openSigningKey({ key: undefined, passphrase: undefined }, step())
    const second = await openSigningKey({ key: undefined, passphrase: undefined }, step())
    expect(first.origin).toBe('local')
    expect(first.fingerprint).toMatch(/^[0-9A-F]{40}$/)
    expect(second.fingerprint).toBe(first.fingerprint)
    expect(second.publicKeyArmored).toBe(first.publicKeyArmored)
    expect(first.expires).toBeUndefined()
    const path = join(folder, 'state', 'k8s-release', 'keys', 'openpgp.key')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const [one, two] = await Promise.all([
      first.signDetached(bytes, commitTime),
      second.signDetached(bytes, commitTime),
    ])
    expect(Buffer.from(one.binary).equals(two.binary)).toBe(true)
    expect(one.armored).toBe(two.armored)
  })

  test('is the same for two who make it at once', async () => {
    const state = join(folder, 'race')
    const keys = await Promise.all(
      [1, 2, 3].map(() => openSigningKey({ key: undefined, passphrase: undefined }, step({ state }))),
    )
    expect(new Set(keys.map((key) => key.fingerprint)).size).toBe(1)
  })

  test('is not made on a GitHub runner', async () => {
    const opening = openSigningKey({ key: undefined, passphrase: undefined }, step({ onGitHub: true }))
    await expect(opening).rejects.toThrow('No OpenPGP key to sign with')
  })
})

describe('a given key', () => {
  test('dates a signature as told, but never before the key', async () => {
    const key = await openSigningKey({ key: await generate('given.key'), passphrase: undefined }, step())
    expect(key.origin).toBe('given')
    expect(await dateOf(key, (await key.signDetached(bytes, commitTime)).binary)).toEqual(commitTime)
    const early = await key.signDetached(bytes, new Date('2019-01-01T00:00:00Z'))
    expect(await dateOf(key, early.binary)).toEqual(new Date('2026-01-01T00:00:00Z'))
  })

  test('signs with a subkey when the primary only certifies', async () => {
    const path = await generate('subkey.key', { subkeys: [{ sign: true }] })
    const key = await openSigningKey({ key: path, passphrase: undefined }, step())
    const { binary } = await key.signDetached(bytes, commitTime)
    expect(await dateOf(key, binary)).toEqual(commitTime)
    const signature = await openpgp.readSignature({ binarySignature: binary })
    expect(key.fingerprint.endsWith(signature.getSigningKeyIDs()[0]?.toHex().toUpperCase() ?? '')).toBe(false)
  })

  test('signs text that stays readable', async () => {
    const key = await openSigningKey({ key: await generate('text.key'), passphrase: undefined }, step())
    const text = 'Origin: hello\nDate: today\n'
    const signed = await key.signCleartext(text, commitTime)
    expect(signed).toContain(`\n\n${text}`)
    expect(signed).not.toContain('\r')
    const message = await openpgp.readCleartextMessage({ cleartextMessage: signed })
    const verificationKeys = await openpgp.readKey({ armoredKey: key.publicKeyArmored })
    const { signatures } = await openpgp.verify({ message, verificationKeys, date: commitTime })
    await expect(signatures[0]?.verified).resolves.toBe(true)
    const tampered = await openpgp.readCleartextMessage({ cleartextMessage: signed.replace('today', 'later') })
    const { signatures: wrong } = await openpgp.verify({ message: tampered, verificationKeys, date: commitTime })
    await expect(wrong[0]?.verified).rejects.toThrow()
  })

  test('opens with its passphrase only', async () => {
    const path = await generate('protected.key', { passphrase: 'correct horse' })
    await expect(openSigningKey({ key: path, passphrase: 'correct horse' }, step())).resolves.toBeDefined()
    await expect(openSigningKey({ key: path, passphrase: 'wrong' }, step())).rejects.toThrow('does not open')
    await expect(openSigningKey({ key: path, passphrase: undefined }, step())).rejects.toThrow(
      'protected by a passphrase',
    )
  })

  test('that has expired is refused by its date', async () => {
    const path = await generate('expired.key', { keyExpirationTime: 24 * 60 * 60 })
    await expect(openSigningKey({ key: path, passphrase: undefined }, step())).rejects.toThrow('expired on 2026-01-02')
  })

  test('that was revoked is refused', async () => {
    const path = await generate('revoked.key')
    const key = await openpgp.readPrivateKey({ armoredKey: await readFile(path, 'utf8') })
    const { privateKey } = await openpgp.revokeKey({ key, format: 'armored' })
    await writeFile(path, privateKey)
    await expect(openSigningKey({ key: path, passphrase: undefined }, step())).rejects.toThrow('cannot sign')
  })

  test('that is none is one clear error', async () => {
    const path = join(folder, 'none.key')
    await expect(openSigningKey({ key: path, passphrase: undefined }, step())).rejects.toThrow(
      'Cannot read the OpenPGP key',
    )
    await writeFile(path, 'hello')
    await expect(openSigningKey({ key: path, passphrase: undefined }, step())).rejects.toThrow('not an armored OpenPGP')
    const { publicKey } = await openpgp.generateKey({ userIDs: [{ name: 'x' }], format: 'armored' })
    await writeFile(path, publicKey)
    await expect(openSigningKey({ key: path, passphrase: undefined }, step())).rejects.toThrow('not an armored OpenPGP')
  })
})
