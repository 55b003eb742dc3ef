import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
import { parseTag } from '../../../src/oci/index.ts'
import { holdCredentials } from '../../../src/registry/held-credentials.ts'
import { openRepository } from '../../../src/registry/index.ts'
import { type TestStep, testStep } from '../../step.ts'
import { answer, fastClock, serve, type TestServer } from '../http/server.ts'
import { type FakeRegistry, startFakeRegistry } from './fake-registry.ts'

const v1 = parseTag('v1')
const basic = (password: string): string => `Basic ${Buffer.from(`u:${password}`).toString('base64')}`

let folder: string
let registry: FakeRegistry
let service: TestServer | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'held-'))
  registry = await startFakeRegistry()
})
afterEach(async () => {
  await registry.close()
  await service?.close()
  service = undefined
  await rm(folder, { recursive: true })
})

/** A credential helper, as gcloud's and Amazon's: its nth answer is the token `tokenN`, or `last` from there on. */
async function helper(last = Number.POSITIVE_INFINITY): Promise<TestStep> {
  const limit = Number.isFinite(last) ? `[ $n -gt ${last} ] && n=${last}` : ':'
  const script = `#!/bin/sh
n=$(cat ${folder}/count 2>/dev/null || echo 0)
n=$((n + 1))
echo $n > ${folder}/count
${limit}
echo "{\\"Username\\":\\"u\\",\\"Secret\\":\\"token$n\\"}"
`
  await writeFile(join(folder, 'docker-credential-hourly'), script)
  await chmod(join(folder, 'docker-credential-hourly'), 0o755)
  await writeFile(join(folder, 'config.json'), JSON.stringify({ credHelpers: { [registry.host]: 'hourly' } }))
  return testStep({
    environment: { DOCKER_CONFIG: folder, PATH: [folder, process.env.PATH].join(delimiter) },
    http: createHttpClient({ signal: new AbortController().signal, clock: fastClock() }),
  })
}
const asked = async (): Promise<number> => Number(await readFile(join(folder, 'count'), 'utf8'))
const open = (step: TestStep, name = 'project/hello') =>
  openRepository({ kind: 'registry', host: registry.host, prefix: '' }, name, step)

function accept(challenge: string, accepted: () => string): void {
  registry.intercept = (request, response) => {
    if (request.headers.authorization === accepted()) return false
    response.writeHead(401, { 'www-authenticate': challenge }).end()
    return true
  }
}

describe('a token that a credential helper gave, and that ended without saying when', () => {
  test('is asked for again when the registry refuses it, once for all requests under way', async () => {
    const step = await helper()
    let valid = 'token1'
    accept('Basic realm="x"', () => basic(valid))
    await open(step).headManifest(v1)
    expect(await asked()).toBe(1)
    valid = 'token2'
    await Promise.all(Array.from({ length: 8 }, (_, index) => open(step, `project/${index}`).headManifest(v1)))
    expect(await asked()).toBe(2)
    expect(step.secrets).toEqual(expect.arrayContaining(['token1', 'token2']))
  })

  test('is asked for again when the token service refuses it', async () => {
    const step = await helper()
    service = await serve(answer(200, {}, '{"token":"bearer1"}'), answer(401), answer(200, {}, '{"token":"bearer2"}'))
    let valid = 'bearer1'
    accept(`Bearer realm="${service.url}"`, () => `Bearer ${valid}`)
    await open(step).headManifest(v1)
    valid = 'bearer2'
    await open(step).headManifest(v1)
    expect(service.requests.map(({ headers }) => headers.authorization)).toEqual(
      ['token1', 'token1', 'token2'].map(basic),
    )
  })

  test('is not sent again when the helper has no other, and the error says what to do', async () => {
    const step = await helper(1)
    accept('Basic realm="x"', () => 'none')
    await expect(open(step).headManifest(v1)).rejects.toMatchObject({
      message: expect.stringContaining('401'),
      hint: expect.stringContaining('docker login'),
    })
    expect(registry.authorizations).toEqual([undefined, basic('token1')])
  })
})

test('those who need a new bearer token at once share one', async () => {
  let now = Date.parse('2026-01-02T03:04:05Z')
  const step = { ...(await helper()), now: () => new Date(now) }
  service = await serve(answer(200, {}, '{"token":"bearer","expires_in":100}'))
  accept(`Bearer realm="${service.url}"`, () => 'Bearer bearer')
  await open(step).headManifest(v1)
  now += 100_000
  await Promise.all(Array.from({ length: 8 }, () => open(step).headManifest(v1)))
  expect(service.requests).toHaveLength(2)
})

test('a search that failed is not remembered', async () => {
  const step = await helper()
  const held = holdCredentials(registry.host, step)
  await writeFile(join(folder, 'config.json'), 'broken')
  await expect(held.current()).rejects.toThrow(/config\.json/)
  await writeFile(join(folder, 'config.json'), JSON.stringify({ credHelpers: { [registry.host]: 'hourly' } }))
  expect(await held.current()).toMatchObject({ password: 'token1' })
  expect(await held.current()).toMatchObject({ password: 'token1' })
  expect(await asked()).toBe(1)
})
