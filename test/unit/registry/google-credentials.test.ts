import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createAuthorizer } from '../../../src/registry/authorization.ts'
import { findCredentials } from '../../../src/registry/credentials.ts'
import { UserError } from '../../../src/runner/index.ts'
import { type TestStep, testStep } from '../../step.ts'
import { answer, serve, type TestServer } from '../http/server.ts'
import { withProcessEnvironment } from './process-environment.ts'

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

  test('as google-github-actions/auth sets it up: the job’s identity, the pool, then the service account', async () => {
    const json = { 'content-type': 'application/json' }
    const federated = {
      access_token: 'of the pool',
      expires_in: 3600,
      token_type: 'Bearer',
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    }
    const expireTime = new Date(Date.now() + 3_600_000).toISOString()
    server = await serve(
      answer(200, json, '{"value":"identity of the job"}'),
      answer(200, json, JSON.stringify(federated)),
      answer(200, json, JSON.stringify({ accessToken: 'ya29.account', expireTime })),
    )
    await writeFile(
      file(),
      JSON.stringify({
        type: 'external_account',
        audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/github',
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: `${server.url}/v1/token`,
        service_account_impersonation_url: `${server.url}/v1/projects/-/serviceAccounts/promoter:generateAccessToken`,
        credential_source: {
          url: `${server.url}/identity?audience=p`,
          headers: { Authorization: 'Bearer of the request' },
          format: { type: 'json', subject_token_field_name: 'value' },
        },
      }),
    )
    const step = stepWith({ GOOGLE_APPLICATION_CREDENTIALS: file() })
    expect(await findCredentials(host, step)).toMatchObject({
      username: 'oauth2accesstoken',
      password: 'ya29.account',
      expires: Date.parse(expireTime),
    })
    const [identity, pool, account] = server.requests
    expect(identity?.headers.authorization).toBe('Bearer of the request')
    expect(new URLSearchParams(pool?.body).get('subject_token')).toBe('identity of the job')
    expect(account?.headers.authorization).toBe('Bearer of the pool')
    expect(step.secrets).toEqual(expect.arrayContaining(['ya29.account']))
  })

  test('all hosts of a step share one exchange', async () => {
    const step = stepWith(await federation(token('ya29.shared', 3600), token('ya29.other', 3600)))
    const hosts = ['europe-west1-docker.pkg.dev', 'us-docker.pkg.dev', 'gcr.io', 'eu.gcr.io']
    const found = await Promise.all(hosts.map((each) => findCredentials(each, step)))
    found.push(await findCredentials('asia.gcr.io', step))
    expect(found).toHaveLength(5)
    for (const each of found) expect(each).toMatchObject({ password: 'ya29.shared' })
    expect(server?.requests).toHaveLength(1)
  })

  test('a token that ends while a promotion goes on is renewed', async () => {
    const start = Date.now()
    let time = start
    const environment = await federation(token('first', 60), token('second', 3600))
    const step = stepWith(environment, { now: () => new Date(time) })
    const authorizer = createAuthorizer(host, false, step)
    const scope = { name: 'hello', actions: 'pull' } as const
    const header = (password: string): string =>
      `Basic ${Buffer.from(`oauth2accesstoken:${password}`).toString('base64')}`
    expect(await authorizer.answer('Basic realm="google"', scope, undefined)).toBe(header('first'))
    time = start + 20_000
    expect(await authorizer.current(scope)).toBe(header('first'))
    time = start + 40_000
    expect(await authorizer.current(scope)).toBe(header('second'))
    expect(server?.requests).toHaveLength(2)
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

  test('a file that is none is an error, which does not quote the key in it', async () => {
    await writeFile(file(), '{"type":"service_account","private_key": hush-hush}')
    const error = await findCredentials(host, stepWith({ GOOGLE_APPLICATION_CREDENTIALS: file() })).catch(String)
    expect(error).toMatch(/does not take the credentials in .*credentials\.json: it is not JSON/)
    expect(error).not.toMatch(/hush/)
  })

  test('on a machine of Google’s its metadata server gives the token (a fake one on loopback)', async () => {
    const metadata = { 'metadata-flavor': 'Google', 'content-type': 'application/json' }
    server = await serve((request, response) => {
      const path = request.url ?? ''
      const [status, body] = path.includes('/service-accounts/default/token')
        ? [200, '{"access_token":"ya29.machine","expires_in":3599,"token_type":"Bearer"}']
        : [404, '']
      response.writeHead(status, metadata).end(body)
    })
    // Google's library looks for it in the process.
    const GCE_METADATA_HOST = new URL(server.url).host
    await withProcessEnvironment({ GCE_METADATA_HOST }, async () => {
      const step = stepWith({ GCE_METADATA_HOST })
      expect(await findCredentials(host, step)).toMatchObject({ password: 'ya29.machine' })
      expect(step.secrets).toContain('ya29.machine')
    })
    expect(server.requests.every(({ headers }) => headers['metadata-flavor'] === 'Google')).toBe(true)
  })
})
