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

/** For what the SDKs read of the process itself. */
async function withProcessEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  body: () => Promise<void>,
): Promise<void> {
  const set = (values: Readonly<Record<string, string | undefined>>): void => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
  const before = Object.fromEntries(Object.keys(environment).map((name) => [name, process.env[name]]))
  set(environment)
  try {
    await body()
  } finally {
    set(before)
  }
}

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

  /** The SDK's default chain reads the process: nothing of this machine's is in it. */
  const nothing = (): Record<string, string | undefined> => ({
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: undefined,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: undefined,
    AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
    AWS_ROLE_ARN: undefined,
    AWS_CONFIG_FILE: join(folder, 'none'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
    AWS_EC2_METADATA_DISABLED: 'true',
  })

  test('without any, one is anonymous', async () => {
    await withProcessEnvironment(nothing(), async () => {
      expect(await findCredentials(host, stepWith({}))).toBeUndefined()
    })
  })

  test.each([400, 404])(
    'a machine of another cloud, whose metadata server answers %i (a fake one), leaves one anonymous',
    async (status) => {
      server = await serve(answer(status))
      const machine = { AWS_EC2_METADATA_DISABLED: undefined, AWS_EC2_METADATA_SERVICE_ENDPOINT: server.url }
      await withProcessEnvironment({ ...nothing(), ...machine }, async () => {
        expect(await findCredentials(host, stepWith({}))).toBeUndefined()
      })
      expect(server.requests.length).toBeGreaterThan(0)
    },
  )

  test('a profile that is named, but is not there, is an error and not anonymous', async () => {
    const named = { AWS_PROFILE: 'release' }
    await withProcessEnvironment({ ...nothing(), ...named }, async () => {
      const error = await findCredentials(host, stepWith(named)).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(UserError)
      expect(error).toMatchObject({ hint: expect.stringContaining('ecr:GetAuthorizationToken') })
    })
  })

  test('web identity is exchanged for the role, and the role for a token', async () => {
    const end = new Date(Date.now() + 3_600_000).toISOString()
    const role = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>
      <SecretAccessKey>of the role</SecretAccessKey><SessionToken>session</SessionToken>
      <Expiration>${end}</Expiration></Credentials></AssumeRoleWithWebIdentityResult>
      </AssumeRoleWithWebIdentityResponse>`
    server = await serve(answer(200, { 'content-type': 'text/xml' }, role), token('by role', 1_790_000_000_000))
    await writeFile(join(folder, 'identity'), 'the-token-of-the-job')
    const job = {
      AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/promoter',
      AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'identity'),
      AWS_ENDPOINT_URL: server.url,
    }
    await withProcessEnvironment({ ...nothing(), ...job }, async () => {
      expect(await findCredentials(host, stepWith(job))).toMatchObject({ username: 'AWS', password: 'by role' })
    })
    expect(new URLSearchParams(server.requests[0]?.body).get('WebIdentityToken')).toBe('the-token-of-the-job')
    expect(server.requests[1]?.headers.authorization).toMatch(/ASIAROLE\/\d+\/eu-west-1\/ecr\/aws4_request/)
  })

  test('a role that does not take the identity is an error and not anonymous', async () => {
    const refusal =
      '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Not authorized</Message></Error></ErrorResponse>'
    server = await serve(answer(403, { 'content-type': 'text/xml' }, refusal))
    await writeFile(join(folder, 'identity'), 'the-token-of-the-job')
    const job = {
      AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/promoter',
      AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'identity'),
      AWS_ENDPOINT_URL: server.url,
    }
    await withProcessEnvironment({ ...nothing(), ...job }, async () => {
      const error = await findCredentials(host, stepWith(job)).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(UserError)
      expect(String(error)).toMatch(/Not authorized/)
      expect(String(error)).not.toMatch(/the-token-of-the-job/)
    })
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
