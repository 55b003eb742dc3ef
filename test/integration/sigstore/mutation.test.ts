import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { UserError } from '../../../src/errors/index.ts'
import { type BundleVerifier, openSigner, openVerifier } from '../../../src/sigstore/index.ts'
import { inMemorySigstore, nextMinute, unsignedToken } from '../../sigstore/index.ts'
import { testStep } from '../../step.ts'
import { noSigner, noVerifier, opens, statement } from '../../unit/sigstore/options.ts'

const now = nextMinute()
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutation-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Numbers that look random and are the same in each run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function mutate(bundle: Uint8Array, random: () => number): Uint8Array {
  const bytes = Buffer.from(bundle)
  const at = Math.floor(random() * bytes.length)
  switch (Math.floor(random() * 4)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
      return bytes
    case 1:
      return bytes.subarray(0, at)
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + Math.floor(random() * 40))])
    default:
      bytes[at] = 0x41 + Math.floor(random() * 26)
      return bytes
  }
}

async function byKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = join(folder, 'signer.key')
  await writeFile(key, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const signer = await openSigner({ ...noSigner, key }, testStep())
  return { signer, verifier: await openVerifier({ ...noVerifier, key }, testStep()) }
}

async function keyless() {
  const sigstore = await inMemorySigstore(now)
  const trustedRoot = join(folder, 'trusted_root.json')
  await writeFile(trustedRoot, JSON.stringify(sigstore.trustedRoot))
  const identityToken = unsignedToken({ iss: 'https://issuer.test', sub: 'https://example.com/workflow' })
  const { fulcioUrl, rekorUrl, timestampUrl } = sigstore
  const options = { ...noSigner, identityToken, trustedRoot, fulcioUrl, rekorUrl, timestampUrl }
  const signer = await openSigner(options, testStep({ http: sigstore.http, now: () => now }))
  const whom = { certificateIdentity: 'https://example.com/workflow', certificateOidcIssuer: 'https://issuer.test' }
  return { signer, verifier: await openVerifier({ ...noVerifier, ...whom, trustedRoot }, testStep()) }
}

/** Whether a bundle is taken; anything but a clear refusal fails the test. */
async function isTaken(verify: Promise<unknown>): Promise<boolean> {
  try {
    await verify
    return true
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return false
  }
}

test.each([
  ['by a key', byKey, 1000],
  ['keyless', keyless, 120],
] as const)('a mutated bundle, %s, is refused or means the same', async (_, make, count) => {
  const { signer, verifier } = await make()
  const blob = await signer.signBlob(opens('hello'))
  const envelope = await signer.signStatement(statement)
  const random = randomNumbers(20261122)
  let taken = 0
  for (let round = 0; round < count; round++) {
    const mutatedBlob = mutate(blob, random)
    if (await isTaken(verifier.verifyBlob(mutatedBlob, opens('hello')))) {
      taken++
      expect(await isTaken(verifier.verifyBlob(mutatedBlob, opens('other')))).toBe(false)
    }
    const mutatedEnvelope = mutate(envelope, random)
    const meaning = await meaningOf(verifier, mutatedEnvelope)
    if (meaning !== undefined) expect(meaning).toEqual(JSON.parse(statement.toString()))
  }
  // Bytes that mean nothing, such as the hint of a key or padding, may change.
  expect(taken).toBeLessThan(count / 4)
})

async function meaningOf(verifier: BundleVerifier, bundle: Uint8Array): Promise<unknown> {
  try {
    return (await verifier.verifyStatement(bundle)).statement
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return undefined
  }
}
