import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
import { mediaTypes, parseTag } from '../../../src/oci/index.ts'
import { parseChallenges } from '../../../src/registry/challenge.ts'
import { findCredentials } from '../../../src/registry/credentials.ts'
import { openRepository } from '../../../src/registry/index.ts'
import { nextPage } from '../../../src/registry/pagination.ts'
import { type TestStep, testStep } from '../../step.ts'
import { answer, fastClock, serve, type TestServer } from '../http/server.ts'
import { type FakeRegistry, startFakeRegistry } from './fake-registry.ts'

let folder: string
let registry: FakeRegistry
const servers: TestServer[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-config-'))
  registry = await startFakeRegistry()
})
afterEach(async () => {
  await registry.close()
  for (const server of servers.splice(0)) await server.close()
  await rm(folder, { recursive: true })
})

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const v1 = parseTag('v1')
const manifest = Buffer.from(`{"schemaVersion":2,"mediaType":"${mediaTypes.index}","manifests":[]}`)

async function loggedIn(config: object, overrides: Partial<TestStep> = {}): Promise<TestStep> {
  await writeFile(join(folder, 'config.json'), JSON.stringify(config))
  return testStep({
    environment: { DOCKER_CONFIG: folder, PATH: [folder, process.env.PATH].join(delimiter) },
    http: createHttpClient({ signal: new AbortController().signal, clock: fastClock() }),
    ...overrides,
  })
}
const open = (step: TestStep, name = 'project/hello') =>
  openRepository({ kind: 'registry', host: registry.host, prefix: '' }, name, step)

function demand(challenge: () => string, accepted: (authorization: string) => boolean): void {
  registry.intercept = (request, response) => {
    if (accepted(request.headers.authorization ?? '')) return false
    response
      .writeHead(401, { 'www-authenticate': challenge() })
      .end('{"errors":[{"code":"UNAUTHORIZED","message":"log in"}]}')
    return true
  }
}

async function tokenService(...tokens: object[]): Promise<TestServer> {
  const [first = {}, ...more] = tokens
  const say = (token: object) => answer(200, {}, JSON.stringify(token))
  const server = await serve(say(first), ...more.map(say))
  servers.push(server)
  return server
}

describe('basic', () => {
  test('credentials of the host are sent when it asks, and from then on at once', async () => {
    const step = await loggedIn({ auths: { [registry.host]: { auth: base64('me:pass:word') } } })
    demand(
      () => 'Basic realm="x"',
      (authorization) => authorization === `Basic ${base64('me:pass:word')}`,
    )
    await open(step).writeManifest(manifest, mediaTypes.index, v1)
    await open(step, 'other').headManifest(v1)
    expect(registry.authorizations.map((sent) => sent !== undefined)).toEqual([false, true, true])
    expect(step.secrets).toContain('pass:word')
  })

  test('refused credentials are not sent again, and the error says what to do', async () => {
    const step = await loggedIn({ auths: { [registry.host]: { auth: base64('me:wrong') } } })
    demand(
      () => 'Basic',
      () => false,
    )
    await expect(open(step).headManifest(v1)).rejects.toMatchObject({
      message: expect.stringContaining('401'),
      hint: expect.stringContaining('docker login'),
    })
    expect(registry.log).toHaveLength(2)
    const failure = await open(step)
      .readManifest(v1)
      .catch((error: unknown) => JSON.stringify(error) + String(error))
    expect(failure).not.toMatch(/wrong|bWU6/)
  })

  test('a host without credentials is asked once', async () => {
    const step = await loggedIn({ auths: { 'other.example.com': { auth: base64('me:secret') } } })
    demand(
      () => 'Basic',
      () => false,
    )
    await expect(open(step).headManifest(v1)).rejects.toThrow('401')
    expect(registry.log).toHaveLength(1)
  })
})

describe('bearer', () => {
  test('a token is fetched for repository and actions, kept, and serves to pull when it may push', async () => {
    const service = await tokenService({ token: 'aaa', expires_in: 300 })
    const step = await loggedIn({ auths: { [`https://${registry.host}/v1/`]: { username: 'me', password: 'word' } } })
    demand(
      () => `Bearer realm="${service.url}/token?a=1",service="reg",scope="repository:project/hello:pull"`,
      (authorization) => authorization === 'Bearer aaa',
    )
    const repository = open(step)
    await repository.writeManifest(manifest, mediaTypes.index, v1)
    await repository.headManifest(v1)
    await open(step).headManifest(v1)
    expect(service.requests).toHaveLength(1)
    const { searchParams } = new URL(service.requests[0]?.path ?? '', service.url)
    expect([...searchParams]).toEqual([
      ['a', '1'],
      ['service', 'reg'],
      ['scope', 'repository:project/hello:pull,push'],
    ])
    expect(service.requests[0]?.headers.authorization).toBe(`Basic ${base64('me:word')}`)
    expect(step.secrets).toEqual(expect.arrayContaining(['word', 'aaa']))
    // Another repository needs a token of its own, but no refusal first.
    registry.log.splice(0)
    await open(step, 'other').headManifest(v1)
    expect(service.requests).toHaveLength(2)
    expect(registry.log).toHaveLength(1)
  })

  test('a token is renewed when it has run out, and when it is refused', async () => {
    const service = await tokenService(
      { token: 'aaa', expires_in: 100 },
      { access_token: 'bbb', expires_in: 100 },
      { token: 'ccc' },
    )
    let now = Date.parse('2026-01-02T03:04:05Z')
    const step = await loggedIn({}, { now: () => new Date(now) })
    let valid = 'aaa'
    demand(
      () => `Bearer realm="${service.url}"`,
      (authorization) => authorization === `Bearer ${valid}`,
    )
    const repository = open(step)
    await repository.headManifest(v1)
    now += 89_000
    await repository.headManifest(v1)
    expect(service.requests).toHaveLength(1)
    now += 2000
    valid = 'bbb'
    await repository.headManifest(v1)
    expect(service.requests).toHaveLength(2)
    valid = 'ccc'
    await repository.headManifest(v1)
    expect(service.requests).toHaveLength(3)
    expect(service.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true)
  })

  test('a mount asks for both repositories', async () => {
    const service = await tokenService({ token: 'aaa' })
    const step = await loggedIn({})
    demand(
      () => `Bearer realm="${service.url}"`,
      (authorization) => authorization === 'Bearer aaa',
    )
    await open(step).mountBlob(
      'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
      open(step, 'other'),
    )
    expect(new URL(service.requests[0]?.path ?? '', service.url).searchParams.getAll('scope')).toEqual([
      'repository:project/hello:pull,push',
      'repository:other:pull',
    ])
  })

  test('an identity token is exchanged in the body', async () => {
    const service = await tokenService({ access_token: 'aaa' })
    const step = await loggedIn({ auths: { [registry.host]: { auth: base64('x:y'), identitytoken: 'idt' } } })
    demand(
      () => `Bearer realm="${service.url}",service=reg`,
      (authorization) => authorization === 'Bearer aaa',
    )
    await open(step).headManifest(v1)
    expect(service.requests[0]).toMatchObject({ method: 'POST', path: '/' })
    expect(Object.fromEntries(new URLSearchParams(service.requests[0]?.body))).toEqual({
      service: 'reg',
      scope: 'repository:project/hello:pull',
      client_id: 'k8s-release',
      grant_type: 'refresh_token',
      refresh_token: 'idt',
    })
  })

  test('a token service without TLS gets nothing from a registry with TLS', async () => {
    const asked: string[] = []
    const step = await loggedIn(
      { auths: { 'registry.example.com': { auth: base64('me:secret') } } },
      {
        http: {
          request: async ({ url }) => {
            asked.push(new URL(url).host)
            return new Response('', {
              status: 401,
              headers: { 'www-authenticate': 'Bearer realm="http://registry.example.com/token"' },
            })
          },
        },
      },
    )
    const repository = openRepository({ kind: 'registry', host: 'registry.example.com', prefix: '' }, 'a', step)
    await expect(repository.headManifest(v1)).rejects.toThrow(/without TLS/)
    expect(asked).toEqual(['registry.example.com'])
  })

  test('an upload on another host gets no authorization', async () => {
    const uploads = await serve(answer(201))
    servers.push(uploads)
    const step = await loggedIn({ auths: { [registry.host]: { auth: base64('me:word') } } })
    demand(
      () => 'Basic',
      (authorization) => authorization !== '',
    )
    await open(step).headManifest(v1)
    registry.intercept = (request, response) => {
      if (request.method !== 'POST') return false
      response.writeHead(202, { location: `${uploads.url}/here?x=1` }).end()
      return true
    }
    const { Readable } = await import('node:stream')
    const digest = 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    await open(step).writeBlob({ mediaType: 'a/b', digest, size: 2 }, () => Readable.from([Buffer.from('{}')]))
    expect(uploads.requests[0]).toMatchObject({
      method: 'PUT',
      body: '{}',
      path: `/here?x=1&digest=${encodeURIComponent(digest)}`,
    })
    expect(uploads.requests[0]?.headers.authorization).toBeUndefined()
  })
})

describe('credentials', () => {
  async function helper(name: string, script: string): Promise<void> {
    await mkdir(folder, { recursive: true })
    const path = join(folder, `docker-credential-${name}`)
    await writeFile(path, `#!/bin/sh\nread server\n${script}\n`)
    await chmod(path, 0o755)
  }

  test("the host's helper comes first, and is given the host on stdin", async () => {
    await helper(
      'mine',
      `[ "$1" = get ] && echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"u\\",\\"Secret\\":\\"for $server\\"}"`,
    )
    const step = await loggedIn({
      credHelpers: { 'a.example.com': 'mine' },
      auths: { 'a.example.com': { auth: base64('me:no') } },
    })
    expect(await findCredentials('a.example.com', step)).toEqual({
      kind: 'basic',
      username: 'u',
      password: 'for a.example.com',
    })
    expect(step.secrets).toEqual(['for a.example.com'])
  })

  test('the store is asked when there is no entry; an identity token is told by its user name', async () => {
    await helper('desk', 'echo "{\\"Username\\":\\"<token>\\",\\"Secret\\":\\"idt\\"}"')
    const step = await loggedIn({ credsStore: 'desk', auths: { 'a.example.com': {} } })
    expect(await findCredentials('a.example.com', step)).toEqual({ kind: 'identity token', token: 'idt' })
  })

  test('a helper that has none leaves the host anonymous; one that fails does not', async () => {
    await helper('none', 'echo credentials not found in native keychain; exit 1')
    await helper('bad', 'echo "the keychain is locked" >&2; exit 1')
    expect(await findCredentials('a.example.com', await loggedIn({ credsStore: 'none' }))).toBeUndefined()
    await expect(findCredentials('a.example.com', await loggedIn({ credsStore: 'bad' }))).rejects.toThrow(
      /keychain is locked/,
    )
    await expect(findCredentials('a.example.com', await loggedIn({ credsStore: 'absent' }))).rejects.toThrow(
      /was not found/,
    )
    await expect(findCredentials('a.example.com', await loggedIn({ credsStore: '../evil' }))).rejects.toThrow(
      /not the name/,
    )
  })

  test('Docker Hub has its own name', async () => {
    const step = await loggedIn({ auths: { 'https://index.docker.io/v1/': { auth: base64('me:word') } } })
    expect(await findCredentials('docker.io', step)).toMatchObject({ username: 'me' })
    expect(await findCredentials('index.docker.io.example.com', step)).toBeUndefined()
  })

  test("the job's token is for GitHub's registry, on GitHub, where nobody logged in", async () => {
    const environment = { GITHUB_TOKEN: 'ghs', GITHUB_ACTOR: 'octo', HOME: folder }
    expect(await findCredentials('ghcr.io', testStep({ environment, onGitHub: true }))).toEqual({
      kind: 'basic',
      username: 'octo',
      password: 'ghs',
    })
    expect(await findCredentials('ghcr.io', testStep({ environment }))).toBeUndefined()
    expect(await findCredentials('ghcr.io.example.com', testStep({ environment, onGitHub: true }))).toBeUndefined()
  })

  test('a malformed config is named, and not quoted', async () => {
    await writeFile(join(folder, 'config.json'), '{"auths": {"a": {"auth": "c2VjcmV0"')
    const failure = await findCredentials('a', testStep({ environment: { DOCKER_CONFIG: folder } })).catch(
      (error: unknown) => String(error),
    )
    expect(failure).toMatch(/config\.json is not/)
    expect(failure).not.toMatch(/c2Vj/)
  })
})

describe('headers', () => {
  test.each([
    ['Basic realm="a"', [{ scheme: 'basic', parameters: { realm: 'a' } }]],
    [
      'Negotiate, Basic realm=a',
      [
        { scheme: 'negotiate', parameters: {} },
        { scheme: 'basic', parameters: { realm: 'a' } },
      ],
    ],
    [
      'bearer realm="https://a/t",service="s, \\"q\\"",scope="r:n:pull,push" , Basic',
      [
        { scheme: 'bearer', parameters: { realm: 'https://a/t', service: 's, "q"', scope: 'r:n:pull,push' } },
        { scheme: 'basic', parameters: {} },
      ],
    ],
    ['', []],
    ['=', []],
  ])('challenges of %s', (header, expected) => expect(parseChallenges(header)).toEqual(expected))

  test.each([
    [null, undefined],
    ['</v2/a/tags/list?last=x&n=2>; rel="next"', '/v2/a/tags/list?last=x&n=2'],
    ['<a>; rel=prev, <b>; title="x"; rel=next', 'b'],
    ['<a>; rel="prev next"', 'a'],
    ['<a>; rel="nextish"', undefined],
  ])('next page of %s', (header, expected) => expect(nextPage(header)).toBe(expected))

  test('header parsers end on any bytes', () => {
    let state = 42
    const random = (below: number): number => {
      state = (state * 1103515245 + 12345) % 2147483648
      return state % below
    }
    const alphabet = 'Basic Bearer realm="\\,;=<>rel next\t\u00e9'
    const start = performance.now()
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: random(200) }, () => alphabet[random(alphabet.length)]).join('')
      expect(Array.isArray(parseChallenges(text))).toBe(true)
      nextPage(text)
    }
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
