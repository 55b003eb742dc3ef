import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import type { HttpRequest } from '../../../src/http/index.ts'
import { openSigner, openVerifier } from '../../../src/sigstore/index.ts'
import { type TestStep, testStep } from '../../step.ts'
import { noSigner, noVerifier, opens, statement } from './options.ts'

const pairs = {
  'EC P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }),
}
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })

/** What is signed here: Node signs no digest, so that the fakes look up what a digest is of. */
const message = 'hello'
const envelope = Buffer.from(`DSSEv1 28 application/vnd.in-toto+json ${statement.length} ${statement}`)
const messageOf = (digest: Buffer): Buffer => {
  const found = [Buffer.from(message), envelope].find((one) => createHash('sha256').update(one).digest().equals(digest))
  if (!found) throw new Error('the fake was given another digest')
  return found
}

type Answer = readonly [number, object]

/** A step whose network is one function; `asked` keeps every request. */
function stepOver(environment: Record<string, string>, answer: (request: HttpRequest, path: string) => Answer) {
  const asked: string[] = []
  const request = async (given: HttpRequest): Promise<Response> => {
    const url = new URL(given.url)
    asked.push(`${given.method ?? 'GET'} ${url.href}`)
    const [status, body] = answer(given, url.host + url.pathname)
    return new Response(JSON.stringify(body), { status })
  }
  return { asked, step: testStep({ environment, http: { request }, identityToken: async () => 'token-of-the-job' }) }
}

interface Asked {
  readonly digest?: { readonly sha256: string }
  readonly alg?: string
  readonly value?: string
}
const jsonOf = (request: HttpRequest): Asked => JSON.parse(String(request.body))

async function expectInterchange(key: string, step: TestStep): Promise<void> {
  const signer = await openSigner({ ...noSigner, key }, step)
  const verifier = await openVerifier({ ...noVerifier, key }, step)
  const blob = await signer.signBlob(opens(message))
  expect((await verifier.verifyBlob(blob, opens(message))).identity).toBe(verifier.trusted.identity)
  await expect(verifier.verifyBlob(blob, opens('hello!'))).rejects.toThrow(/differs from what was signed/)
  const { statement: signed } = await verifier.verifyStatement(await signer.signStatement(statement))
  expect(signed).toEqual(JSON.parse(statement.toString()))
}

describe('a fake of Google Cloud KMS, by its documented REST', () => {
  const name = 'projects/p/locations/global/keyRings/r/cryptoKeys/k'
  const google = (privateKey: KeyObject, publicKey: KeyObject, algorithm: string, enabled = ['9', '10']) =>
    stepOver({ GOOGLE_OAUTH_ACCESS_TOKEN: 'token-of-google' }, (request, path): Answer => {
      if (request.headers?.authorization !== 'Bearer token-of-google') return [401, {}]
      const version = `cloudkms.googleapis.com/v1/${name}/cryptoKeyVersions/10`
      if (path === `cloudkms.googleapis.com/v1/${name}/cryptoKeyVersions`)
        return [200, { cryptoKeyVersions: enabled.map((number) => ({ name: `${name}/cryptoKeyVersions/${number}` })) }]
      if (path === `${version}/publicKey`)
        return [200, { pem: publicKey.export({ type: 'spki', format: 'pem' }), algorithm }]
      if (path !== `${version}:asymmetricSign`) return [404, { error: { message: 'there is none' } }]
      const { digest } = jsonOf(request)
      const signed = sign('sha256', messageOf(Buffer.from(digest?.sha256 ?? '', 'base64')), privateKey)
      return [200, { signature: signed.toString('base64') }]
    })

  test.each([
    ['EC P-256', 'EC_SIGN_P256_SHA256'],
    ['RSA', 'RSA_SIGN_PKCS1_2048_SHA256'],
  ] as const)(
    '%s signs and verifies by its newest enabled version, or the one that is named',
    async (kind, algorithm) => {
      const { privateKey, publicKey } = pairs[kind]
      const { step } = google(privateKey, publicKey, algorithm)
      await expectInterchange(`gcpkms://${name}`, step)
      expect(step.secrets).toContain('token-of-google')
      for (const version of ['versions', 'cryptoKeyVersions']) {
        const named = google(privateKey, publicKey, algorithm)
        await openVerifier({ ...noVerifier, key: `gcpkms://${name}/${version}/10` }, named.step)
        expect(named.asked).toHaveLength(1)
      }
    },
  )

  test('what cannot be: another algorithm, no enabled version, no such version, no key named', async () => {
    const { privateKey, publicKey } = pairs.RSA
    const open = (key: string, algorithm = 'RSA_SIGN_PKCS1_2048_SHA256', enabled = ['10']) =>
      openSigner({ ...noSigner, key }, google(privateKey, publicKey, algorithm, enabled).step)
    await expect(open(`gcpkms://${name}`, 'RSA_SIGN_PSS_2048_SHA256')).rejects.toThrow(/others do not verify/)
    await expect(open(`gcpkms://${name}`, undefined, [])).rejects.toThrow(/has no enabled version/)
    await expect(open(`gcpkms://${name}/versions/7`)).rejects.toThrow(/^Google Cloud KMS refused .*: there is none$/)
    await expect(open('gcpkms://projects/p')).rejects.toThrow(/names no key of Google/)
  })
})

describe('a fake of Azure Key Vault, by its documented REST', () => {
  const host = 'v.vault.azure.net'
  const identity = { AZURE_TENANT_ID: 'tenant', AZURE_CLIENT_ID: 'client' }
  const azure = (
    privateKey: KeyObject,
    publicKey: KeyObject,
    environment: Record<string, string> = identity,
    kid = host,
  ) =>
    stepOver(environment, (request, path): Answer => {
      if (path === 'login.microsoftonline.com/tenant/oauth2/v2.0/token') {
        const form = new URLSearchParams(String(request.body))
        const proof = form.get('client_assertion') ?? form.get('client_secret')
        return proof === 'token-of-the-job' || proof === 'a secret'
          ? [200, { access_token: 'token-of-azure' }]
          : [401, { error_description: 'AADSTS7000215: wrong.\r\nTrace: 1' }]
      }
      if (path === '169.254.169.254/metadata/identity/oauth2/token') return [200, { access_token: 'token-of-azure' }]
      if (request.headers?.authorization !== 'Bearer token-of-azure') return [401, {}]
      const jwk = publicKey.export({ format: 'jwk' })
      if (path === `${host}/keys/k/`)
        return [200, { key: { ...jwk, kty: `${jwk.kty}-HSM`, kid: `https://${kid}/keys/k/abc` } }]
      if (path !== `${host}/keys/k/abc/sign`) return [404, { error: { message: 'there is none' } }]
      const { alg, value = '' } = jsonOf(request)
      if (alg !== (jwk.kty === 'EC' ? 'ES256' : 'RS256')) return [400, { error: { message: `not by ${alg}` } }]
      const signed = messageOf(Buffer.from(value, 'base64url'))
      const signature = sign('sha256', signed, { key: privateKey, dsaEncoding: 'ieee-p1363' })
      return [200, { value: signature.toString('base64url') }]
    })

  test.each(['EC P-256', 'RSA'] as const)('%s signs and verifies', async (kind) => {
    const { privateKey, publicKey } = pairs[kind]
    const { step } = azure(privateKey, publicKey)
    // r and s of ECDSA have each a first bit of 1, or leading zeros, now and then.
    for (let time = 0; time < 20; time++) await expectInterchange(`azurekms://${host}/k`, step)
    expect(step.secrets).toContain('token-of-azure')
  })

  test.each<[string, Record<string, string>]>([
    ["the job's identity token", identity],
    ["a client's secret", { ...identity, AZURE_CLIENT_SECRET: 'a secret' }],
    ['the managed identity of the machine', {}],
  ])('by %s', async (_, environment) => {
    const { privateKey, publicKey } = pairs.RSA
    const { step } = azure(privateKey, publicKey, environment)
    await openVerifier({ ...noVerifier, key: `azurekms://${host}/k` }, step)
  })

  test('what cannot be: a wrong secret, P-384, no such key, a host that is no vault, a key of another vault', async () => {
    const { privateKey, publicKey } = pairs.RSA
    const open = (key: string, { step } = azure(privateKey, publicKey)) => openSigner({ ...noSigner, key }, step)
    const wrong = azure(privateKey, publicKey, { ...identity, AZURE_CLIENT_SECRET: 'another' })
    await expect(open(`azurekms://${host}/k`, wrong)).rejects.toThrow(/^Azure gave no token: AADSTS7000215: wrong\.$/)
    await expect(open(`azurekms://${host}/k`, azure(p384.privateKey, p384.publicKey))).rejects.toThrow(/with SHA-256/)
    await expect(open(`azurekms://${host}/none`)).rejects.toThrow(/^Azure Key Vault refused .*: there is none$/)
    const astray = azure(privateKey, publicKey)
    await expect(open('azurekms://vault.azure.net.example.com/k', astray)).rejects.toThrow(/names no key of Azure/)
    expect(astray.asked).toEqual([])
    const elsewhere = azure(privateKey, publicKey, identity, 'w.vault.azure.net')
    await expect(open(`azurekms://${host}/k`, elsewhere)).rejects.toThrow(/answered another's key/)
  })
})

test('requests to AWS KMS carry signature version 4, by an independent reckoning of it', async () => {
  const environment = { AWS_ACCESS_KEY_ID: 'access', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session' }
  const { publicKey } = pairs['EC P-256']
  const der = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const arn = 'arn:aws:kms:eu-west-1:123456789012:alias/release'
  const { step, asked } = stepOver(environment, ({ headers = {}, body = '' }, path): Answer => {
    const { authorization = '', 'x-amz-date': time = '' } = headers
    const [, names = '', signature = ''] = /SignedHeaders=([^,]+), Signature=(.+)$/.exec(authorization) ?? []
    expect(names.split(';')).toEqual(
      expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token', 'x-amz-target']),
    )
    const all: Record<string, string> = { ...headers, host: path.slice(0, -1) }
    const signed = names.split(';').map((header) => `${header}:${all[header]}\n`)
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
    const canonical = `POST\n/\n\n${signed.join('')}\n${names}\n${hash(String(body))}`
    const scope = `${time.slice(0, 8)}/eu-west-1/kms/aws4_request`
    const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
    const key = scope.split('/').reduce<string | Buffer>(hmac, 'AWS4secret')
    const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash(canonical)}`
    expect(signature).toBe(hmac(key, text).toString('hex'))
    return [200, { KeyId: arn, PublicKey: der, SigningAlgorithms: ['ECDSA_SHA_256'] }]
  })
  const verifier = await openVerifier({ ...noVerifier, key: `awskms:///${arn}` }, step)
  expect(asked).toEqual(['POST https://kms.eu-west-1.amazonaws.com/'])
  expect(verifier.trusted.kind).toBe('key')
})
