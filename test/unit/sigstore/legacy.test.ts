import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { bundleSigner } from '../../../src/sigstore/bundle-signer.ts'
import { keylessCredential } from '../../../src/sigstore/credential.ts'
import {
  type BundleVerifier,
  legacyAttestationBundle,
  legacySignatureBundle,
  openSigner,
  openVerifier,
  simpleSigningDigest,
  type VerifiedSigner,
  WrongSigner,
} from '../../../src/sigstore/index.ts'
import { type Faults, inMemorySigstore, nextMinute, unsignedToken } from '../../sigstore/index.ts'
import { testStep } from '../../step.ts'
import { writeKeyPair } from '../attest/release.ts'
import { type LegacyLayer, legacyAttestation, legacySignature, simpleSigning, someDigest } from './legacy-documents.ts'
import { noSigner, noVerifier, opens, statement } from './options.ts'

const now = nextMinute()
const issuer = 'https://issuer.test'
const identity = 'https://github.com/example/hello/.github/workflows/release.yml@refs/tags/v1.2.3'
const payload = simpleSigning(someDigest)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legacy-'))
})
afterAll(() => rm(folder, { recursive: true }))

const verify = ({ bytes, annotations }: LegacyLayer, verifier: BundleVerifier): Promise<VerifiedSigner> =>
  verifier.verifyBlob(legacySignatureBundle(bytes, annotations), () => Readable.from([bytes]))

const verifyAttestation = ({ bytes, annotations }: LegacyLayer, verifier: BundleVerifier) =>
  verifier.verifyStatement(legacyAttestationBundle(bytes, annotations))

const without = ({ annotations, ...layer }: LegacyLayer, ...names: readonly string[]): LegacyLayer => ({
  ...layer,
  annotations: Object.fromEntries(Object.entries(annotations).filter(([name]) => !names.includes(name))),
})

const annotated = ({ annotations, ...layer }: LegacyLayer, changed: Readonly<Record<string, string>>): LegacyLayer => ({
  ...layer,
  annotations: { ...annotations, ...changed },
})

/** The same bytes but for the last bit. */
function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  return bytes.toString('base64')
}

describe('a legacy signature by a key', () => {
  let signature: LegacyLayer
  let attestation: LegacyLayer
  let verifier: BundleVerifier
  beforeAll(async () => {
    const pair = await writeKeyPair(folder, 'signer')
    const signer = await openSigner({ ...noSigner, key: pair.key }, testStep())
    signature = legacySignature(payload, await signer.signBlob(opens(payload.toString())))
    attestation = legacyAttestation(await signer.signStatement(statement))
    verifier = await openVerifier({ ...noVerifier, key: pair.publicKey }, testStep())
  })

  test('verifies; so does an attestation', async () => {
    await expect(verify(signature, verifier)).resolves.toMatchObject({ kind: 'key' })
    await expect(verifyAttestation(attestation, verifier)).resolves.toMatchObject({
      statement: { predicateType: 'https://example.com/predicate' },
    })
  })

  test.each(['ec', 'rsa', 'ed25519'] as const)('verifies by a key of the type %s', async (type) => {
    const key = join(folder, `${type}.key`)
    const pair =
      type === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'P-384' })
        : type === 'rsa'
          ? generateKeyPairSync('rsa', { modulusLength: 2048 })
          : generateKeyPairSync('ed25519')
    await writeFile(key, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const signer = await openSigner({ ...noSigner, key }, testStep())
    const layer = legacySignature(payload, await signer.signBlob(opens(payload.toString())))
    const own = await openVerifier({ ...noVerifier, key }, testStep())
    await expect(verify(layer, own)).resolves.toMatchObject({ kind: 'key' })
    await expect(verify({ ...layer, bytes: simpleSigning(`sha256:${'b'.repeat(64)}`) }, own)).rejects.toThrow(
      'The signature does not match',
    )
  })

  test('does not hold for a payload that was changed', async () => {
    const other = { ...signature, bytes: simpleSigning(`sha256:${'b'.repeat(64)}`) }
    await expect(verify(other, verifier)).rejects.toThrow('The signature does not match: the content was changed')
  })

  test('does not hold when an attestation was changed', async () => {
    const json = JSON.parse(attestation.bytes.toString())
    const payloadText = Buffer.from(json.payload, 'base64').toString().replace('true', 'null')
    const bytes = Buffer.from(JSON.stringify({ ...json, payload: Buffer.from(payloadText).toString('base64') }))
    await expect(verifyAttestation({ ...attestation, bytes }, verifier)).rejects.toThrow('The signature does not match')
  })

  test('does not hold by another key', async () => {
    const { publicKey } = await writeKeyPair(folder, 'other')
    const other = await openVerifier({ ...noVerifier, key: publicKey }, testStep())
    await expect(verify(signature, other)).rejects.toThrow('another key signed it')
  })

  test('is not taken for a keyless one, nor a keyless one for it', async () => {
    const { trustedRoot } = await inMemorySigstore(now)
    const root = join(folder, 'empty-root.json')
    await writeFile(root, JSON.stringify(trustedRoot))
    const keyless = await openVerifier(
      { ...noVerifier, certificateIdentity: identity, certificateOidcIssuer: issuer, trustedRoot: root },
      testStep(),
    )
    await expect(verify(signature, keyless)).rejects.toThrow(WrongSigner)
  })

  test('is refused without the annotation that is the signature', async () => {
    const name = 'dev.cosignproject.cosign/signature'
    await expect(async () => verify(without(signature, name), verifier)).rejects.toThrow(`has no annotation ${name}`)
  })
})

/** @sigstore/mock stands in for Fulcio, Rekor v1 and the timestamp authority: a Rekor v1 server cannot run here. */
describe('a keyless legacy signature, its log entry promised by @sigstore/mock (Rekor v1)', () => {
  interface Signed {
    readonly signature: LegacyLayer
    readonly attestation: LegacyLayer
    readonly root: string
  }

  /** Signed without a root, with which what is wrong would not be handed out. */
  async function signed(faults: Faults & { readonly timestamps?: boolean } = {}): Promise<Signed> {
    const sigstore = await inMemorySigstore(now, faults)
    const root = join(folder, `root-${Math.floor(performance.now() * 1000)}.json`)
    await writeFile(root, JSON.stringify(sigstore.trustedRoot))
    const step = testStep({ http: sigstore.http, now: () => now })
    const token = unsignedToken({ iss: issuer, sub: identity, exp: now.getTime() / 1000 + 300 })
    const credential = keylessCredential({ first: token, next: async () => token }, sigstore.fulcioUrl, step)
    const services = {
      fulcio: undefined,
      logs: [{ url: sigstore.rekorUrl, version: 1 }] as const,
      timestampAuthorities: faults.timestamps ? [`${sigstore.timestampUrl}/api/v1/timestamp`] : [],
    }
    const signer = bundleSigner(credential, services, undefined, step)
    return {
      signature: legacySignature(payload, await signer.signBlob(opens(payload.toString()))),
      attestation: legacyAttestation(await signer.signStatement(statement)),
      root,
    }
  }

  const believing = (trustedRoot: string, certificateIdentity = identity, certificateOidcIssuer = issuer) =>
    openVerifier({ ...noVerifier, certificateIdentity, certificateOidcIssuer, trustedRoot }, testStep())

  let good: Signed
  let verifier: BundleVerifier
  beforeAll(async () => {
    good = await signed()
    verifier = await believing(good.root)
  })

  test('verifies by identity and issuer; so does an attestation', async () => {
    await expect(verify(good.signature, verifier)).resolves.toMatchObject({ kind: 'keyless', identity, issuer })
    await expect(verifyAttestation(good.attestation, verifier)).resolves.toMatchObject({ signer: { identity } })
  })

  test('verifies with a timestamp, and not with a forged one', async () => {
    const { signature, root } = await signed({ timestamps: true })
    const name = 'dev.sigstore.cosign/rfc3161timestamp'
    expect(signature.annotations).toHaveProperty([name])
    await expect(verify(signature, await believing(root))).resolves.toMatchObject({ identity })
    const timestamp: { SignedRFC3161Timestamp: string } = JSON.parse(signature.annotations[name] ?? '')
    const forged = { SignedRFC3161Timestamp: flipped(timestamp.SignedRFC3161Timestamp) }
    await expect(
      verify(annotated(signature, { [name]: JSON.stringify(forged) }), await believing(root)),
    ).rejects.toThrow('The time of signing is not proven')
  })

  test('does not hold for a payload that was changed, nor for another identity or issuer', async () => {
    const changed = { ...good.signature, bytes: simpleSigning(`sha256:${'b'.repeat(64)}`) }
    await expect(verify(changed, verifier)).rejects.toThrow(
      'The transparency log does not confirm the signature: digest',
    )
    await expect(verify(good.signature, await believing(good.root, `${identity}0`))).rejects.toThrow(
      `Signed by '${identity}', not by '${identity}0'`,
    )
    await expect(verify(good.signature, await believing(good.root, identity, `${issuer}.test`))).rejects.toThrow(
      `The identity was attested by '${issuer}', not by '${issuer}.test'`,
    )
  })

  test('does not hold without a time that the log or an authority proves', async () => {
    await expect(verify(without(good.signature, 'dev.sigstore.cosign/bundle'), verifier)).rejects.toThrow(
      'The time of signing is not proven',
    )
  })

  test('does not hold when the certificate had expired at the time of the log', async () => {
    const { signature, root } = await signed({ certificateTime: new Date(now.getTime() - 3_600_000) })
    await expect(verify(signature, await believing(root))).rejects.toThrow(
      /The certificate is not to be trusted: .*not valid or expired/,
    )
  })

  test('does not hold by a certificate that no certificate log has seen', async () => {
    const { signature, root } = await signed({ withoutSct: true })
    await expect(verify(signature, await believing(root))).rejects.toThrow(
      'The certificate is not to be trusted: expected 1 SCTs, got 0',
    )
  })

  test('does not hold under the root of another instance', async () => {
    const { root } = await signed()
    await expect(verify(good.signature, await believing(root))).rejects.toThrow('The certificate is not to be trusted')
  })

  test('does not hold with the log entry of another signature', async () => {
    const other = await signed()
    const name = 'dev.sigstore.cosign/bundle'
    const borrowed = annotated(good.signature, { [name]: other.signature.annotations[name] ?? '' })
    await expect(verify(borrowed, verifier)).rejects.toThrow('The transparency log does not confirm the signature')
  })

  test('does not hold when the promise of the log, or what it promises, was changed', async () => {
    const name = 'dev.sigstore.cosign/bundle'
    const entry = JSON.parse(good.signature.annotations[name] ?? '')
    const later = { ...entry, Payload: { ...entry.Payload, integratedTime: entry.Payload.integratedTime + 1 } }
    const forged = { ...entry, SignedEntryTimestamp: flipped(entry.SignedEntryTimestamp) }
    for (const changed of [later, forged]) {
      await expect(verify(annotated(good.signature, { [name]: JSON.stringify(changed) }), verifier)).rejects.toThrow(
        'The transparency log does not confirm the signature: inclusion promise could not be verified',
      )
    }
  })

  test.each([
    ['a certificate that is none', 'dev.sigstore.cosign/certificate', 'PEM', 'is not a PEM certificate'],
    ['a log entry that is no JSON', 'dev.sigstore.cosign/bundle', '{', 'is not JSON'],
    ['a log entry without its parts', 'dev.sigstore.cosign/bundle', '{"Payload":{}}', 'is not a log entry'],
    ['a timestamp that is none', 'dev.sigstore.cosign/rfc3161timestamp', '{}', 'has no timestamp'],
  ])('is refused with %s', async (_, name, value, message) => {
    await expect(async () => verify(annotated(good.signature, { [name]: value }), verifier)).rejects.toThrow(message)
  })
})

describe('a simple signing document', () => {
  test('names the manifest that it signs', () => {
    expect(simpleSigningDigest(payload)).toBe(someDigest)
  })

  test.each([
    ['another type', simpleSigning(someDigest, 'atomic container signature'), 'not cosign'],
    ['no digest', simpleSigning('latest'), 'names no manifest digest'],
    ['no document', Buffer.from('[]'), 'of the type undefined'],
    ['no JSON', Buffer.from('signature'), 'is not JSON'],
  ])('is refused with %s', (_, bytes, message) => {
    expect(() => simpleSigningDigest(bytes)).toThrow(message)
  })
})
