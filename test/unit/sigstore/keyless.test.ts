import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { describeError } from '../../../src/errors/index.ts'
import { bundleSigner } from '../../../src/sigstore/bundle-signer.ts'
import { keylessCredential } from '../../../src/sigstore/credential.ts'
import { type BundleSigner, openSigner, openVerifier, type VerifierOptions } from '../../../src/sigstore/index.ts'
import {
  type Faults,
  type InMemorySigstore,
  inMemorySigstore,
  nextMinute,
  unsignedToken,
} from '../../sigstore/index.ts'
import { type TestStep, testStep } from '../../step.ts'
import { noSigner, noVerifier, opens, statement } from './options.ts'

const minute = 60_000
const now = nextMinute()
const issuer = 'https://issuer.test'
const identity = 'https://example.com/workflow'
const token = (claims: object = {}): string =>
  unsignedToken({ iss: issuer, sub: identity, exp: now.getTime() / 1000 + 300, ...claims })

let folder: string
let services: InMemorySigstore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyless-'))
  services = await inMemorySigstore(now)
})
afterAll(() => rm(folder, { recursive: true }))

async function rootFile(root: object): Promise<string> {
  const path = join(folder, `root-${Math.floor(performance.now() * 1000)}.json`)
  await writeFile(path, JSON.stringify(root))
  return path
}

async function signerOf(sigstore: InMemorySigstore, step: TestStep = testStep()): Promise<BundleSigner> {
  const { fulcioUrl, rekorUrl, timestampUrl } = sigstore
  const trustedRoot = await rootFile(sigstore.trustedRoot)
  const options = { ...noSigner, identityToken: token(), trustedRoot, fulcioUrl, rekorUrl, timestampUrl }
  return openSigner(options, { ...step, http: sigstore.http, now: () => now })
}

async function believing(sigstore: InMemorySigstore, options: Partial<VerifierOptions> = {}) {
  const trustedRoot = await rootFile(sigstore.trustedRoot)
  const whom = { certificateIdentity: identity, certificateOidcIssuer: issuer, trustedRoot }
  return openVerifier({ ...noVerifier, ...whom, ...options }, testStep())
}

/** A bundle with something changed in its JSON. */
function changed(bundle: Uint8Array, change: (json: BundleJson) => void): Uint8Array {
  const json: BundleJson = JSON.parse(Buffer.from(bundle).toString())
  change(json)
  return Buffer.from(JSON.stringify(json))
}

interface BundleJson {
  verificationMaterial: {
    certificate?: { rawBytes: string }
    tlogEntries?: { inclusionPromise?: object; inclusionProof?: object; logIndex: string }[]
    timestampVerificationData?: object
  }
  messageSignature?: { signature: string; messageDigest: { digest: string } }
  dsseEnvelope?: { payload: string; signatures: { sig: string }[] }
}

describe('signing keyless, with Rekor v1', () => {
  test('a batch takes one certificate; files and statements verify', async () => {
    const sigstore = await inMemorySigstore(now)
    const signer = await signerOf(sigstore)
    expect(signer.signer).toEqual({ kind: 'keyless', identity, issuer })
    const blobs = await Promise.all(['a', 'b', 'c'].map((content) => signer.signBlob(opens(content))))
    const envelope = await signer.signStatement(statement)
    expect(sigstore.requests.filter((path) => path === '/api/v2/signingCert')).toHaveLength(1)

    const verifier = await believing(sigstore)
    const signed = await verifier.verifyBlob(blobs[1] ?? Buffer.alloc(0), opens('b'))
    expect(signed).toMatchObject({ kind: 'keyless', identity, issuer })
    expect(signed.extensions).toMatchObject({ '1.3.6.1.4.1.57264.1.1': issuer, '1.3.6.1.4.1.57264.1.8': issuer })
    expect(await verifier.verifyStatement(envelope)).toMatchObject({ statement: { predicate: { good: true } } })
  })

  test('the certificate is renewed before it ends, with a fresh token where the surroundings give them', async () => {
    let time = now
    let tokens = 0
    const sigstore = await inMemorySigstore(now)
    const step = testStep({
      http: sigstore.http,
      now: () => time,
      identityToken: async () => token({ exp: now.getTime() / 1000 + 3600, number: ++tokens }),
    })
    const { fulcioUrl, rekorUrl, timestampUrl } = sigstore
    const trustedRoot = await rootFile(sigstore.trustedRoot)
    const signer = await openSigner({ ...noSigner, trustedRoot, fulcioUrl, rekorUrl, timestampUrl }, step)
    await signer.signBlob(opens('a'))
    time = new Date(now.getTime() + 8.5 * minute)
    await signer.signBlob(opens('b'))
    expect(tokens).toBe(1)
    time = new Date(now.getTime() + 9.5 * minute)
    await Promise.all([signer.signBlob(opens('c')), signer.signBlob(opens('d'))])
    expect(tokens).toBe(2)
    expect(sigstore.requests.filter((path) => path === '/api/v2/signingCert')).toHaveLength(2)
  })

  test('a log that has the entry already hands it out', async () => {
    let logged: string | undefined
    const sigstore = await inMemorySigstore(now, {
      intercept: (path, count) => {
        if (path === '/api/v1/log/entries' && count === 1 && logged !== undefined) {
          return new Response('{}', { status: 409, headers: { location: '/api/v1/log/entries/abc' } })
        }
        return path === '/api/v1/log/entries/abc' ? new Response(logged) : undefined
      },
    })
    const { request } = sigstore.http
    const http = {
      // The answer to the first proposal is lost; what it logged is there when it is proposed again.
      request: async (asked: Parameters<typeof request>[0]): Promise<Response> => {
        if (!String(asked.url).endsWith('/api/v1/log/entries') || logged !== undefined) return request(asked)
        logged = await (await request(asked)).text()
        sigstore.requests.length = 0
        return request(asked)
      },
    }
    const signer = await signerOf({ ...sigstore, http })
    const blob = await signer.signBlob(opens('hello'))
    await expect((await believing(sigstore)).verifyBlob(blob, opens('hello'))).resolves.toMatchObject({ identity })
    expect(sigstore.requests).toContain('/api/v1/log/entries/abc')
  })

  test('a log that has the entry and keeps it gets another signature', async () => {
    const sigstore = await inMemorySigstore(now, {
      intercept: (path, count) =>
        path === '/api/v1/log/entries' && count === 1 ? new Response('{}', { status: 409 }) : undefined,
    })
    const blob = await (await signerOf(sigstore)).signBlob(opens('hello'))
    await expect((await believing(sigstore)).verifyBlob(blob, opens('hello'))).resolves.toMatchObject({ identity })
  })
})

describe('a fresh bundle that does not hold is not handed out', () => {
  test.each<[string, Faults, RegExp]>([
    ['certificate without SCT', { withoutSct: true }, /certificate is not to be trusted.*SCT/],
    [
      'certificate that expired before the signature',
      { certificateTime: new Date(now.getTime() - 60 * minute) },
      /not valid or expired/,
    ],
    [
      'Fulcio that refuses, quoting the token',
      {
        intercept: (path) =>
          path === '/api/v2/signingCert' ? Response.json({ message: `bad ${token()}` }, { status: 403 }) : undefined,
      },
      /Fulcio at .* refused: 403 bad \*\*\*/,
    ],
    [
      'certificate over another key',
      {
        intercept: (path) =>
          path === '/api/v2/signingCert'
            ? Response.json({ signedCertificateEmbeddedSct: { chain: { certificates: ['no certificate'] } } })
            : undefined,
      },
      /no certificate over our key/,
    ],
    [
      'timestamp that is none',
      { intercept: (path) => (path === '/api/v1/timestamp' ? new Response('no timestamp') : undefined) },
      /does not hold/,
    ],
    [
      'log that answers nonsense',
      { intercept: (path) => (path === '/api/v1/log/entries' ? Response.json({ a: 1 }, { status: 201 }) : undefined) },
      /answered with no log entry/,
    ],
  ])('%s', async (_, faults, message) => {
    const sigstore = await inMemorySigstore(now, faults)
    const signer = await signerOf(sigstore)
    const error: unknown = await signer.signBlob(opens('hello')).catch((reason: unknown) => reason)
    expect(describeError(error)).toMatch(message)
    expect(describeError(error)).not.toContain(token())
  })

  test('by services that the trusted root does not know', async () => {
    const { trustedRoot } = await inMemorySigstore(now)
    const signer = await signerOf({ ...services, trustedRoot })
    await expect(signer.signBlob(opens('hello'))).rejects.toThrow(/not proven|not to be trusted/)
  })
})

test('tokens are masked, wherever they come from', async () => {
  const { fulcioUrl, rekorUrl } = services
  const options = { ...noSigner, trustedRoot: await rootFile(services.trustedRoot), fulcioUrl, rekorUrl }
  const given = testStep({ environment: { SIGSTORE_ID_TOKEN: token({ sub: 'other' }) } })
  await openSigner({ ...options, identityToken: token() }, given)
  expect(given.secrets).toEqual([token()])
  const surrounding = testStep({ environment: { SIGSTORE_ID_TOKEN: token({ sub: 'other' }) } })
  expect((await openSigner(options, surrounding)).signer).toMatchObject({ identity: 'other' })
  expect(surrounding.secrets).toEqual([token({ sub: 'other' })])
})

describe('what is refused before anything is sent', () => {
  const urls = { fulcioUrl: 'https://fulcio.test', rekorUrl: 'https://rekor.test' }
  test.each<[string, object, RegExp]>([
    ['services without a trusted root', { ...urls }, /without their trusted root/],
    ['no log', { fulcioUrl: 'https://fulcio.test', root: true }, /a certificate authority and a transparency log/],
    ['a config and URLs', { ...urls, signingConfig: 'config.json', root: true }, /configuration and service URLs/],
    ['no URL', { ...urls, rekorUrl: 'rekor.test', root: true }, /is not the URL of a service/],
    ['a token that is none', { ...urls, identityToken: 'my-secret', root: true }, /not a JSON Web Token/],
    ['claims that are none', { ...urls, identityToken: 'my.secret.token', root: true }, /not a JSON Web Token/],
    [
      'an email that is not verified',
      { ...urls, identityToken: token({ email: 'dev@example.com', email_verified: false }), root: true },
      /was not verified/,
    ],
  ])('%s', async (_, { root, ...options }: { root?: boolean }, message) => {
    const step = testStep()
    const trustedRoot = root ? await rootFile(services.trustedRoot) : undefined
    const opened = openSigner({ ...noSigner, identityToken: token(), trustedRoot, ...options }, step)
    const error: unknown = await opened.catch((reason: unknown) => reason)
    expect(describeError(error)).toMatch(message)
    expect(describeError(error)).not.toMatch(/my.secret/)
  })

  test('an expired token', async () => {
    const { fulcioUrl, rekorUrl } = services
    const trustedRoot = await rootFile(services.trustedRoot)
    const options = {
      ...noSigner,
      identityToken: token({ exp: now.getTime() / 1000 - 1 }),
      trustedRoot,
      fulcioUrl,
      rekorUrl,
    }
    const signer = await openSigner(options, testStep({ http: services.http, now: () => now }))
    await expect(signer.signBlob(opens('hello'))).rejects.toThrow(/identity token expired at 20/)
  })
})

describe('verifying keyless', () => {
  let blob: Uint8Array
  let envelope: Uint8Array
  beforeAll(async () => {
    const signer = await signerOf(services)
    blob = await signer.signBlob(opens('hello'))
    envelope = await signer.signStatement(statement)
  })

  test.each<[string, Partial<VerifierOptions>, RegExp]>([
    ['identity that only shares a prefix', { certificateIdentity: identity.slice(0, -1) }, /Signed by '.*', not by/],
    ['identity as a pattern', { certificateIdentity: 'https://example.com/.*' }, /Signed by '.*', not by/],
    ['other issuer', { certificateOidcIssuer: 'https://issuer.test.evil' }, /was attested by/],
  ])('%s', async (_, options, message) => {
    await expect((await believing(services, options)).verifyBlob(blob, opens('hello'))).rejects.toThrow(message)
  })

  test.each<[string, (json: BundleJson) => void, RegExp]>([
    [
      'no log entry',
      ({ verificationMaterial }) => delete verificationMaterial.tlogEntries,
      /transparency log does not confirm/,
    ],
    [
      'no inclusion proof',
      ({ verificationMaterial }) => delete verificationMaterial.tlogEntries?.[0]?.inclusionProof,
      /Not a Sigstore bundle/,
    ],
    [
      'no time: neither timestamp nor promise',
      ({ verificationMaterial }) => {
        delete verificationMaterial.timestampVerificationData
        delete verificationMaterial.tlogEntries?.[0]?.inclusionPromise
      },
      /time of signing is not proven/,
    ],
    [
      'other signature',
      ({ messageSignature }) => {
        const signature = Buffer.from(messageSignature?.signature ?? '', 'base64')
        signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1
        if (messageSignature) messageSignature.signature = signature.toString('base64')
      },
      /not proven|does not confirm|does not match/,
    ],
    [
      'other digest',
      ({ messageSignature }) => {
        if (messageSignature) messageSignature.messageDigest.digest = Buffer.alloc(32).toString('base64')
      },
      /differs from what was signed/,
    ],
    [
      'no certificate',
      ({ verificationMaterial }) => {
        delete verificationMaterial.certificate
        Object.assign(verificationMaterial, { publicKey: { hint: 'x' } })
      },
      /signed by a key, not keyless/,
    ],
  ])('%s', async (_, change, message) => {
    const verifier = await believing(services)
    await expect(verifier.verifyBlob(changed(blob, change), opens('hello'))).rejects.toThrow(message)
  })

  test.each<[string, Faults, RegExp]>([
    [
      'certificate that had expired when it was used',
      { certificateTime: new Date(now.getTime() - 60 * minute) },
      /certificate is not to be trusted: .*not valid or expired/,
    ],
    ['certificate without SCT', { withoutSct: true }, /certificate is not to be trusted: expected 1 SCTs, got 0/],
  ])('%s', async (_, faults, message) => {
    const sigstore = await inMemorySigstore(now, faults)
    const step = testStep({ http: sigstore.http, now: () => now })
    const credential = keylessCredential({ first: token(), next: async () => token() }, sigstore.fulcioUrl, step)
    const logs = [{ url: sigstore.rekorUrl, version: 1 }] as const
    const timestampAuthorities = [`${sigstore.timestampUrl}/api/v1/timestamp`]
    // Without a root nothing is proven, so that the bundle is handed out.
    const signer = bundleSigner(credential, { fulcio: undefined, logs, timestampAuthorities }, undefined, step)
    const bad = await signer.signBlob(opens('hello'))
    await expect((await believing(sigstore)).verifyBlob(bad, opens('hello'))).rejects.toThrow(message)
  })

  test('a timestamp alone is a time, too', async () => {
    const stamped = changed(blob, ({ verificationMaterial }) => {
      delete verificationMaterial.tlogEntries?.[0]?.inclusionPromise
    })
    await expect((await believing(services)).verifyBlob(stamped, opens('hello'))).resolves.toMatchObject({ identity })
  })

  test('other content', async () => {
    await expect((await believing(services)).verifyBlob(blob, opens('hello!'))).rejects.toThrow(/differs from what/)
  })

  test('an attestation is no signature over a file, nor the other way round', async () => {
    const verifier = await believing(services)
    await expect(verifier.verifyBlob(envelope, opens('hello'))).rejects.toThrow(/holds an attestation/)
    await expect(verifier.verifyStatement(blob)).rejects.toThrow(/an attestation is needed/)
  })

  test('a statement that was changed', async () => {
    const forged = changed(envelope, ({ dsseEnvelope }) => {
      const payload = Buffer.from(dsseEnvelope?.payload ?? '', 'base64').toString()
      if (dsseEnvelope) dsseEnvelope.payload = Buffer.from(payload.replace('true', 'null')).toString('base64')
    })
    await expect((await believing(services)).verifyStatement(forged)).rejects.toThrow(/does not confirm|does not match/)
  })

  test('a key does not verify a keyless bundle', async () => {
    const { generateKeyPairSync } = await import('node:crypto')
    const path = join(folder, 'some.pub')
    await writeFile(path, generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }))
    const verifier = await openVerifier({ ...noVerifier, key: path }, testStep())
    await expect(verifier.verifyBlob(blob, opens('hello'))).rejects.toThrow(/signed keyless, not by a key/)
  })

  test('a log whose validity has no start is not believed', async () => {
    const { trustedRoot } = services
    const undated: InMemorySigstore['trustedRoot'] = {
      ...trustedRoot,
      tlogs: trustedRoot.tlogs.map(({ publicKey, ...log }) => ({
        ...log,
        publicKey: { ...publicKey, validFor: {} },
      })),
    }
    const verifier = await believing({ ...services, trustedRoot: undated })
    await expect(verifier.verifyBlob(blob, opens('hello'))).rejects.toThrow(/does not confirm/)
  })

  test.each([
    ['no JSON', 'trusted', /cannot be read/],
    ['another document', '{"mediaType":"application/json"}', /is of the media type 'application\/json'/],
  ])('a trusted root that is %s', async (_, content, message) => {
    const path = join(folder, 'broken.json')
    await writeFile(path, content)
    await expect(believing(services, { trustedRoot: path })).rejects.toThrow(message)
  })
})
