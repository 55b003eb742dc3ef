import { createPublicKey, verify } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { type Descriptor, digestOfBytes, mediaTypes } from '../../src/oci/index.ts'
import { type RegistryKind, startRegistry, type TestRegistry } from '../registries.ts'
import { type RunnerServices, startRunnerServices } from '../runner/index.ts'
import { describeWith } from '../tools.ts'

// The stand-ins of the other tests are only worth something when real clients take them for the real thing.
describe('runner services', () => {
  let services: RunnerServices
  let folder: string
  const before = { ...process.env }
  beforeAll(async () => {
    services = await startRunnerServices()
    folder = await mkdtemp(join(tmpdir(), 'cached-'))
    Object.assign(process.env, services.environment, { GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder })
    jest.spyOn(process.stdout, 'write').mockReturnValue(true) // the clients speak to a runner there
  })
  afterAll(async () => {
    jest.restoreAllMocks()
    process.env = before
    await services.close()
    await rm(folder, { recursive: true })
  })

  test('@actions/core gets a token that the published keys verify', async () => {
    // biome-ignore lint/style/noRestrictedImports: the client of the runner's token service is what is tested here.
    const { getIDToken } = await import('@actions/core')
    const [header = '', payload = '', signature = ''] = (await getIDToken('sigstore')).split('.')
    const { keys } = (await (await fetch(`${services.url}/jwks`)).json()) as { keys: [JsonWebKey] }
    const key = createPublicKey({ key: { ...keys[0] }, format: 'jwk' })
    expect(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      iss: services.url,
      aud: 'sigstore',
      repository: 'example/hello',
    })
  })

  test('a job without id-token: write gets none', async () => {
    const answer = await fetch(`${services.url}/token?audience=sigstore`)
    expect(answer.status).toBe(401)
  })

  test('@actions/cache saves and restores, by key and by prefix', async () => {
    const { restoreCache, saveCache } = await import('@actions/cache')
    const file = join(folder, 'cached.txt')
    await writeFile(file, 'built before')
    expect(await restoreCache([file], 'go-1', ['go-'])).toBeUndefined()
    await saveCache([file], 'go-1')
    await rm(file)
    expect(await restoreCache([file], 'go-2', ['go-'])).toBe('go-1')
    expect(await readFile(file, 'utf8')).toBe('built before')
    expect(services.cacheKeys()).toEqual(['go-1'])
  })
})

describeWith(['docker-registry', 'referrers-registry'], 'registries', () => {
  describe.each<RegistryKind>(['docker', 'referrers'])('%s', (kind) => {
    let registry: TestRegistry
    beforeEach(async () => {
      registry = await startRegistry(kind)
    })
    afterEach(() => registry.close())

    test('takes an upload, names itself in redirects and counts', async () => {
      const base = `http://${registry.host}/v2/hello/blobs/uploads/`
      const opened = await fetch(base, { method: 'POST' })
      expect(opened.status).toBe(202)
      const location = new URL(opened.headers.get('location') ?? '', base)
      expect(location.host).toBe(registry.host)
      const digest = 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'
      location.searchParams.set('digest', digest)
      const stored = await fetch(location, { method: 'PUT', body: 'hello' })
      expect(stored.status).toBe(201)
      const read = await fetch(`http://${registry.host}/v2/hello/blobs/${digest}`)
      expect(await read.text()).toBe('hello')
      expect(registry.gateway.seen.map(({ method, status }) => `${method} ${status}`)).toEqual([
        'POST 202',
        'PUT 201',
        'GET 200',
      ])
    })

    test(`${kind === 'referrers' ? 'has' : 'lacks'} the referrers API`, async () => {
      const bytes = Buffer.from('{}')
      const blob = { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOfBytes(bytes), size: bytes.length }
      const upload = `http://${registry.host}/v2/hello/blobs/uploads/`
      const opened = await fetch(upload, { method: 'POST' })
      const location = new URL(opened.headers.get('location') ?? '', upload)
      location.searchParams.set('digest', blob.digest)
      expect((await fetch(location, { method: 'PUT', body: bytes })).status).toBe(201)
      const mediaType = mediaTypes.manifest
      const write = async (tag: string, more: object): Promise<Descriptor> => {
        const body = JSON.stringify({ schemaVersion: 2, mediaType, config: blob, layers: [blob], ...more })
        const url = `http://${registry.host}/v2/hello/manifests/${tag}`
        const answer = await fetch(url, { method: 'PUT', body, headers: { 'content-type': mediaType } })
        expect(answer.status).toBe(201)
        return { mediaType, digest: digestOfBytes(body), size: body.length }
      }
      const subject = await write('subject', {})
      const referrer = await write('referrer', { subject })
      const listed = await fetch(`http://${registry.host}/v2/hello/referrers/${subject.digest}`)
      expect(listed.status).toBe(kind === 'referrers' ? 200 : 404)
      if (kind === 'referrers') expect(await listed.json()).toMatchObject({ manifests: [referrer] })
    })

    test('refuses beyond its quota', async () => {
      registry.gateway.limit({ perSecond: 0.001, burst: 2 })
      const statuses: number[] = []
      for (let count = 0; count < 3; count++) statuses.push((await fetch(`http://${registry.host}/v2/`)).status)
      expect(statuses).toEqual([200, 200, 429])
      registry.gateway.limit(undefined)
      registry.gateway.refuse((method) => (method === 'HEAD' ? 503 : undefined))
      expect((await fetch(`http://${registry.host}/v2/`)).status).toBe(200)
      expect((await fetch(`http://${registry.host}/v2/`, { method: 'HEAD' })).status).toBe(503)
    })
  })
})
