import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
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
