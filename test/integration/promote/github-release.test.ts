import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
import type { ReleaseConfig } from '../../../src/manifests/index.ts'
import {
  applyFiles,
  observeFiles,
  openFileStores,
  planFiles,
  wishOfReleases,
} from '../../../src/promote/files/index.ts'
import { promote } from '../../../src/promote/index.ts'
import { promotionOptions } from '../../promote/options.ts'
import { listen } from '../../runner/index.ts'
import { type TestStep, testStep } from '../../step.ts'

const sha256 = (bytes: string): string => createHash('sha256').update(bytes).digest('hex')

interface FakeAsset {
  readonly name: string
  readonly bytes: string
  /** What GitHub says of it; absent for an old release. */
  readonly digest?: string
}

interface FakeRelease {
  readonly tag: string
  readonly prerelease?: boolean
  readonly draft?: boolean
  readonly assets: readonly FakeAsset[]
}

const withDigest = (name: string, bytes: string): FakeAsset => ({ name, bytes, digest: `sha256:${sha256(bytes)}` })

let releases: FakeRelease[]
let seen: { path: string; authorization: string | undefined }[]
let server: { url: string; close(): Promise<void> }
let storage: { url: string; close(): Promise<void> }
let folder: string
let step: TestStep
beforeEach(async () => {
  releases = []
  seen = []
  folder = await mkdtemp(join(tmpdir(), 'github-'))
  const note = ({ url = '/', headers }: IncomingMessage): string => {
    seen.push({ path: url, authorization: headers.authorization })
    return url
  }
  // Assets are served by another host than the API, as GitHub does it.
  storage = await listen(
    createServer((request, response) => {
      const id = Number(note(request).slice(1))
      response.end(releases.flatMap(({ assets }) => assets)[id]?.bytes)
    }),
  )
  server = await listen(createServer((request, response) => answer(note(request), response)))
  step = testStep({
    workspace: folder,
    http: createHttpClient({ signal: new AbortController().signal }),
    environment: { GITHUB_API_URL: server.url, RUNNER_TEMP: folder },
  })
})
afterEach(async () => {
  await server.close()
  await storage.close()
  await rm(folder, { recursive: true })
})

function answer(url: string, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(url, server.url)
  const json = (value: unknown): void => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(value))
  }
  const tag = /^\/repos\/example\/tool\/releases\/tags\/(.+)$/.exec(pathname)?.[1]
  const asset = /^\/repos\/example\/tool\/releases\/assets\/(\d+)$/.exec(pathname)?.[1]
  const found = releases.find((release) => release.tag === decodeURIComponent(tag ?? ''))
  if (found) json(describeRelease(found))
  else if (asset !== undefined) response.writeHead(302, { location: `${storage.url}/${asset}` }).end()
  else if (pathname === '/repos/example/tool/releases') {
    const first = (Number(searchParams.get('page')) - 1) * 100
    json(releases.slice(first, first + 100).map(describeRelease))
  } else response.writeHead(404).end('{}')
}

function describeRelease({ tag, draft = false, prerelease = false, assets }: FakeRelease): unknown {
  const all = releases.flatMap((release) => release.assets)
  return {
    tag_name: tag,
    draft,
    prerelease,
    assets: assets.map((asset) => ({
      id: all.indexOf(asset),
      name: asset.name,
      size: asset.bytes.length,
      digest: asset.digest ?? null,
      url: 'https://elsewhere.example.com/',
    })),
  }
}

const config = (overrides: Partial<ReleaseConfig> = {}): ReleaseConfig => ({
  organization: 'example',
  repository: 'tool',
  tags: [],
  includePrereleases: false,
  destination: `file:${folder}/mirror`,
  location: { file: 'releases.yaml', line: 3, column: 5 },
  ...overrides,
})

async function run(given: ReleaseConfig, token?: string) {
  const { files, malformed } = await wishOfReleases([given], token, step)
  const stores = openFileStores(step, token)
  const plan = planFiles(files, await observeFiles(files, stores, step))
  const outcomes = await applyFiles(plan.files, stores, step)
  return { plan, malformed, failures: outcomes.flatMap(({ failure }) => failure?.message ?? []) }
}

const mirrored = (name: string): Promise<string> => readFile(join(folder, 'mirror', name), 'utf8')

describe('releases of GitHub to a store (GitHub is a fake server on loopback)', () => {
  test('the assets of each release go below its tag; a second run fetches none of them', async () => {
    releases = [
      { tag: 'v1.1.0', assets: [withDigest('tool.tar.gz', 'new'), withDigest('tool.tar.gz.sig', 'signature')] },
      { tag: 'v1.0.0', assets: [withDigest('tool.tar.gz', 'old')] },
      { tag: 'v1.2.0-rc.1', prerelease: true, assets: [withDigest('tool.tar.gz', 'candidate')] },
      { tag: 'v2.0.0', draft: true, assets: [withDigest('tool.tar.gz', 'draft')] },
    ]
    expect(await run(config())).toMatchObject({ malformed: [], failures: [], plan: { conflicts: [] } })
    expect(await mirrored('v1.1.0/tool.tar.gz')).toBe('new')
    expect(await mirrored('v1.1.0/tool.tar.gz.sig')).toBe('signature')
    expect(await mirrored('v1.0.0/tool.tar.gz')).toBe('old')
    await expect(mirrored('v1.2.0-rc.1/tool.tar.gz')).rejects.toThrow('ENOENT')
    await expect(mirrored('v2.0.0/tool.tar.gz')).rejects.toThrow('ENOENT')

    seen = []
    expect((await run(config())).plan.files).toEqual([])
    expect(seen.filter(({ path }) => path.includes('/assets/'))).toEqual([])
    expect((await run(config({ includePrereleases: true }))).plan.files).toMatchObject([
      { name: 'v1.2.0-rc.1/tool.tar.gz' },
    ])
  })

  test('a configuration of them is one of the kinds of manifests', async () => {
    releases = [{ tag: 'v1.0.0', assets: [withDigest('tool', 'bytes')] }]
    const manifests = join(folder, 'releases.yaml')
    await writeFile(
      manifests,
      `releaseConfigs:\n- {org: example, repo: tool, tags: [v1.0.0], gcsBucket: "file:${folder}/mirror"}\n`,
    )
    expect(await promote(promotionOptions({ manifests }), step)).toMatchObject({
      promoted: [`file:${folder}/mirror/v1.0.0/tool`],
    })
    expect(await promote(promotionOptions({ manifests }), step)).toMatchObject({ changed: false })
  })

  test('more than a page of releases is read to its end', async () => {
    releases = Array.from({ length: 101 }, (_, patch) => ({ tag: `v1.0.${patch}`, assets: [] }))
    releases.push({ tag: 'v0.9.0', assets: [withDigest('tool', 'oldest')] })
    expect((await run(config())).failures).toEqual([])
    expect(await mirrored('v0.9.0/tool')).toBe('oldest')
  })

  test('a token goes to the API only, and is masked', async () => {
    releases = [{ tag: 'v1.0.0', assets: [withDigest('tool', 'bytes')] }]
    await run(config({ tags: ['v1.0.0'] }), 'ghs_secret')
    expect(step.secrets).toContain('ghs_secret')
    const [download] = seen.filter(({ path }) => /^\/\d+$/.test(path))
    expect(download).toEqual({ path: '/0', authorization: undefined })
    expect(seen.filter(({ authorization }) => authorization !== 'Bearer ghs_secret')).toEqual([download])
  })

  test('where GitHub has no digest, SHA256SUMS of the release is held against the assets', async () => {
    const sums = `${sha256('bytes')}  tool\n${sha256('other')} *./changed\n`
    releases = [
      {
        tag: 'v1.0.0',
        assets: [
          { name: 'tool', bytes: 'bytes' },
          { name: 'changed', bytes: 'tampered' },
          { name: 'SHA256SUMS', bytes: sums },
        ],
      },
    ]
    const { malformed, failures } = await run(config())
    expect(malformed).toEqual([])
    expect(failures).toEqual([
      expect.stringContaining('Digest mismatch: github:example/tool/v1.0.0/changed'),
      expect.stringContaining('SHA256SUMS waits for v1.0.0/changed'),
    ])
    expect(await mirrored('v1.0.0/tool')).toBe('bytes')
    await expect(mirrored('v1.0.0/changed')).rejects.toThrow('ENOENT')
  })

  test('an asset that nothing tells the hash of is named with its place, and not promoted', async () => {
    releases = [{ tag: 'v1.0.0', assets: [withDigest('tool', 'bytes'), { name: 'old', bytes: 'old' }] }]
    const { malformed } = await run(config())
    expect(malformed).toEqual([
      {
        what: 'release',
        message: expect.stringContaining('github:example/tool/v1.0.0: nothing tells the SHA-256 of old'),
        location: { file: 'releases.yaml', line: 3, column: 5 },
      },
    ])
    expect(await mirrored('v1.0.0/tool')).toBe('bytes')
    await expect(mirrored('v1.0.0/old')).rejects.toThrow('ENOENT')
  })

  test('bytes that are not what GitHub computed are not written', async () => {
    releases = [
      { tag: 'v1.0.0', assets: [{ name: 'tool', bytes: 'tampered', digest: `sha256:${sha256('original')}` }] },
    ]
    expect((await run(config())).failures).toEqual([expect.stringContaining('Digest mismatch')])
    await expect(mirrored('v1.0.0/tool')).rejects.toThrow('ENOENT')
  })

  test('a tag without a release does not stop the others', async () => {
    releases = [{ tag: 'v1.0.0', assets: [withDigest('tool', 'bytes')] }]
    const { malformed } = await run(config({ tags: ['v0.1.0', 'v1.0.0'] }))
    expect(malformed.map(({ message }) => message)).toEqual([
      expect.stringContaining('github:example/tool/v0.1.0: there is no such release'),
    ])
    expect(await mirrored('v1.0.0/tool')).toBe('bytes')
  })

  test('a repository that is not there is said so', async () => {
    const { malformed } = await run(config({ repository: 'nothing' }))
    expect(malformed).toMatchObject([{ message: expect.stringContaining('there is no such repository') }])
  })
})
