import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
import { createAuthorizer } from '../../../src/registry/authorization.ts'
import { isGoogleRegistry, regionOfAmazonRegistry } from '../../../src/registry/cloud-credentials.ts'
import { findCredentials } from '../../../src/registry/credentials.ts'
import { UserError } from '../../../src/runner/index.ts'
import { type TestStep, testStep } from '../../step.ts'
import { answer, serve, type TestServer } from '../http/server.ts'

let folder: string
let server: TestServer | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloud-'))
})
afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(folder, { recursive: true })
})

const stepWith = (environment: Record<string, string>, overrides: Partial<TestStep> = {}): TestStep =>
  testStep({ environment: { HOME: folder, ...environment }, ...overrides })

describe('hosts', () => {
  test.each(['gcr.io', 'eu.gcr.io', 'europe-west1-docker.pkg.dev', 'us-docker.pkg.dev'])('%s is Google’s', (host) => {
    expect(isGoogleRegistry(host)).toBe(true)
  })

  test.each([
    'gcr.io.example.com',
    'evil-docker.pkg.dev.example.com',
    'example.com',
    'xgcr.io',
    'a.b.gcr.io',
    'docker.pkg.dev:443',
  ])('%s gets no token of Google’s', (host) => {
    expect(isGoogleRegistry(host)).toBe(false)
  })

  test.each([
    ['111122223333.dkr.ecr.us-east-1.amazonaws.com', 'us-east-1'],
    ['111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['111122223333.dkr-ecr.eu-west-1.on.aws', 'eu-west-1'],
    ['111122223333.dkr.ecr.us-east-1.amazonaws.com.example.com', undefined],
    ['evil.dkr.ecr.us-east-1.amazonaws.com', undefined],
    ['public.ecr.aws', undefined],
  ])('%s is in the region %s', (host, region) => {
    expect(regionOfAmazonRegistry(host)).toBe(region)
  })
})

describe('Google (its token service is a fake server on loopback)', () => {
  const host = 'europe-west1-docker.pkg.dev'
  const file = (): string => join(folder, 'credentials.json')

  /** As google-github-actions/auth writes it. */
  async function federation(...replies: Parameters<typeof serve>): Promise<Record<string, string>> {
    server = await serve(...replies)
    await writeFile(join(folder, 'subject-token'), 'the-token-of-the-job')
    await writeFile(
      file(),
      JSON.stringify({
        type: 'external_account',
        audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/github',
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: `${server.url}/v1/token`,
        credential_source: { file: join(folder, 'subject-token') },
      }),
    )
    return { GOOGLE_APPLICATION_CREDENTIALS: file() }
  }
  const token = (value: string, seconds: number) =>
    answer(
      200,
      { 'content-type': 'application/json' },
      JSON.stringify({
        access_token: value,
        expires_in: seconds,
        token_type: 'Bearer',
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      }),
    )

  test('workload identity federation gives a token, masked, with its end', async () => {
    const step = stepWith(await federation(token('ya29.token', 3600)))
    expect(await findCredentials(host, step)).toMatchObject({
      kind: 'basic',
      username: 'oauth2accesstoken',
      password: 'ya29.token',
      expires: expect.any(Number),
    })
    expect(step.secrets).toContain('ya29.token')
    expect(String(server?.requests[0]?.body)).toContain('the-token-of-the-job')
  })

  test.each(['CLOUDSDK_AUTH_ACCESS_TOKEN', 'GOOGLE_OAUTH_ACCESS_TOKEN'])('%s is a token', async (name) => {
    expect(await findCredentials(host, stepWith({ [name]: 'ya29.given' }))).toMatchObject({ password: 'ya29.given' })
  })

  test("docker's config comes first", async () => {
    const auths = { [host]: { username: 'somebody', password: 'of docker' } }
    await writeFile(join(folder, 'config.json'), JSON.stringify({ auths }))
    const step = stepWith({ DOCKER_CONFIG: folder, CLOUDSDK_AUTH_ACCESS_TOKEN: 'ya29.given' })
    expect(await findCredentials(host, step)).toMatchObject({ password: 'of docker' })
  })

  test('no other registry gets the token', async () => {
    const step = stepWith({ CLOUDSDK_AUTH_ACCESS_TOKEN: 'ya29.given' })
    expect(await findCredentials('registry.example.com', step)).toBeUndefined()
  })

  test('without any, one is anonymous', async () => {
    expect(await findCredentials(host, stepWith({ METADATA_SERVER_DETECTION: 'none' }))).toBeUndefined()
  })

  test('credentials that Google does not take are an error, and not anonymous', async () => {
    const refused = answer(
      400,
      { 'content-type': 'application/json' },
      '{"error":"invalid_grant","error_description":"no such pool"}',
    )
    const error = await findCredentials(host, stepWith(await federation(refused))).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect(String(error)).toMatch(/does not take the credentials in .*credentials\.json: .*no such pool/)
  })

  test('a file that is none is an error', async () => {
    await writeFile(file(), '{')
    const error = await findCredentials(host, stepWith({ GOOGLE_APPLICATION_CREDENTIALS: file() })).catch(String)
    expect(error).toMatch(/does not take the credentials in .*credentials\.json/)
  })
})

describe('Amazon (its API is a fake server on loopback)', () => {
  const host = '111122223333.dkr.ecr.eu-west-1.amazonaws.com'
  const keys = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'the-secret-key' }
  const token = (password: string, expires: number) =>
    answer(
      200,
      { 'content-type': 'application/x-amz-json-1.1' },
      JSON.stringify({
        authorizationData: [
          {
            authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
            expiresAt: expires / 1000,
            proxyEndpoint: `https://${host}`,
          },
        ],
      }),
    )
  async function api(...replies: Parameters<typeof serve>): Promise<Record<string, string>> {
    server = await serve(...replies)
    return { ...keys, AWS_ENDPOINT_URL_ECR: server.url }
  }

  test('ECR gives a token for the region of the host, masked, with its end', async () => {
    const step = stepWith(await api(token('ecr-password', 1_790_000_000_000)))
    expect(await findCredentials(host, step)).toEqual({
      kind: 'basic',
      username: 'AWS',
      password: 'ecr-password',
      expires: 1_790_000_000_000,
    })
    expect(step.secrets).toEqual(expect.arrayContaining(['the-secret-key', 'ecr-password']))
    expect(server?.requests[0]?.headers.authorization).toMatch(/AKIATEST\/\d+\/eu-west-1\/ecr\/aws4_request/)
  })

  test('a role that may not is an error with a hint', async () => {
    const refused = answer(
      400,
      { 'content-type': 'application/x-amz-json-1.1' },
      '{"__type":"AccessDeniedException","message":"not authorized to perform: ecr:GetAuthorizationToken"}',
    )
    const error = await findCredentials(host, stepWith(await api(refused))).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect(String(error)).toMatch(/ECR in eu-west-1 gives no token for .*not authorized/)
  })

  test('a token that ends while a promotion goes on is renewed', async () => {
    const now = Date.UTC(2026, 0, 2)
    let time = now
    const environment = await api(token('first', now + 3_600_000), token('second', now + 7_200_000))
    const step = stepWith(environment, {
      now: () => new Date(time),
      http: createHttpClient({ signal: new AbortController().signal }),
    })
    const authorizer = createAuthorizer(host, false, step)
    const scope = { name: 'hello', actions: 'pull' } as const
    const header = (password: string): string => `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`
    expect(await authorizer.answer('Basic realm="ecr"', scope, undefined)).toBe(header('first'))
    time = now + 3_500_000
    expect(await authorizer.current(scope)).toBe(header('first'))
    time = now + 3_580_000
    expect(await authorizer.current(scope)).toBe(header('second'))
    expect(server?.requests).toHaveLength(2)
  })
})
