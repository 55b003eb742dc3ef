import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { generateKey } from 'openpgp'
import { openSigningKey, type SigningKey, verifyCleartext, verifyDetached } from '../../../src/openpgp/index.ts'
import { testStep } from '../../step.ts'

const date = new Date('2026-01-02T00:00:00Z')
const bytes = Buffer.from('release\n')
let root: string
let key: SigningKey
let other: SigningKey

async function newKey(name: string): Promise<SigningKey> {
  const created = new Date('2025-01-01T00:00:00Z')
  const userIDs = [{ name }]
  const { privateKey } = await generateKey({ type: 'ecc', curve: 'ed25519Legacy', subkeys: [], userIDs, date: created })
  const path = join(root, name)
  await writeFile(path, privateKey)
  return openSigningKey({ key: path, passphrase: undefined }, testStep({ now: () => date }))
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'verify-'))
  key = await newKey('one')
  other = await newKey('other')
})
afterAll(() => rm(root, { recursive: true, force: true }))

describe('a detached signature', () => {
  test('holds in both its forms', async () => {
    const { armored, binary } = await key.signDetached(bytes, date)
    expect(await verifyDetached(key.publicKeyArmored, bytes, armored, date)).toBe(true)
    expect(await verifyDetached(key.publicKeyArmored, bytes, binary, date)).toBe(true)
  })

  test('does not hold for other bytes, another key, an earlier time, or when it is none', async () => {
    const { armored } = await key.signDetached(bytes, date)
    const earlier = new Date(date.getTime() - 1000)
    expect(await verifyDetached(key.publicKeyArmored, Buffer.from('Release\n'), armored, date)).toBe(false)
    expect(await verifyDetached(other.publicKeyArmored, bytes, armored, date)).toBe(false)
    expect(await verifyDetached(key.publicKeyArmored, bytes, armored, earlier)).toBe(false)
    expect(await verifyDetached(key.publicKeyArmored, bytes, '', date)).toBe(false)
    expect(await verifyDetached(key.publicKeyArmored, bytes, new Uint8Array(), date)).toBe(false)
  })
})

describe('a cleartext signature', () => {
  test('gives back the text it signs', async () => {
    const signed = await key.signCleartext('Origin: a\n- dash\nlast', date)
    expect(await verifyCleartext(key.publicKeyArmored, signed, date)).toBe('Origin: a\n- dash\nlast')
  })

  test.each([
    ['another text', (signed: string) => signed.replace('Origin', 'origin')],
    ['text before it', (signed: string) => `Origin: b\n${signed}`],
    ['text after it', (signed: string) => `${signed}Origin: b\n`],
    ['a part of it', (signed: string) => signed.slice(0, 200)],
    ['no signature', (signed: string) => signed.slice(0, signed.indexOf('-----BEGIN PGP SIGNATURE'))],
    ['nothing', () => ''],
  ])('does not hold with %s', async (_, change) => {
    const signed = await key.signCleartext('Origin: a\n', date)
    expect(await verifyCleartext(key.publicKeyArmored, change(signed), date)).toBeUndefined()
    expect(await verifyCleartext(other.publicKeyArmored, signed, date)).toBeUndefined()
  })
})
