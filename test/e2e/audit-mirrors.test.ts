import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createHttpClient } from '../../src/http/index.ts'
import { type AuditReport, auditMirrors } from '../../src/mirrors/index.ts'
import { hexOf, parseTag } from '../../src/oci/index.ts'
import { openRepository, type Repository } from '../../src/registry/index.ts'
import { FailedItems } from '../../src/runner/index.ts'
import { type RegistryKind, startRegistry, type TestRegistry } from '../registries.ts'
import { testStep } from '../step.ts'
import { describeWith } from '../tools.ts'
import { type ImageFixture, writeImage } from '../unit/promote/fixture.ts'

interface Mirror {
  readonly registry: TestRegistry
  readonly repository: Repository
}

const kinds: readonly (readonly [RegistryKind, RegistryKind])[] = [
  ['docker', 'docker'],
  ['referrers', 'referrers'],
  ['docker', 'referrers'],
]

describeWith(['docker-registry', 'referrers-registry'], 'audit-mirrors', () => {
  let folder: string
  let mirrors: Mirror[]
  let image: ImageFixture
  const step = () => testStep({ workspace: folder, http: createHttpClient({ signal: new AbortController().signal }) })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audit-'))
    mirrors = []
  })
  afterEach(async () => {
    for (const { registry } of mirrors) await registry.close()
    await rm(folder, { recursive: true })
  })

  async function start(mirrorKinds: readonly RegistryKind[]): Promise<readonly [Mirror, Mirror]> {
    for (const kind of mirrorKinds) {
      const registry = await startRegistry(kind)
      const location = { kind: 'registry', host: registry.host, prefix: 'images' } as const
      const repository = openRepository(location, 'hello', step())
      mirrors.push({ registry, repository })
      image = await writeImage(repository, 'hello', 'v1')
    }
    const [first, second] = mirrors
    if (!(first && second)) throw new Error('two were to be started')
    await writeFile(
      join(folder, 'mirrors.yaml'),
      `canonical: ${first.registry.host}/images
vendors:
- {name: one, share: 50, mirrors: [{region: here, registry: "${first.registry.host}/images"}]}
- {name: two, share: 50, mirrors: [{region: there, registry: "${second.registry.host}/images"}]}
`,
    )
    await writeFile(
      join(folder, 'manifest.yaml'),
      `registries:
- {name: staging.example.com/hello, src: true}
- {name: "${first.registry.host}/images"}
images:
- name: hello
  dmap:
    ${image.index.digest}: [v1]
`,
    )
    return [first, second]
  }

  /** `KIND ITEM`, with the mirror as `a` or `b`. */
  async function findings(): Promise<string[]> {
    for (const { registry } of mirrors) registry.gateway.forget()
    const [manifests, policy, report] = ['manifest.yaml', 'mirrors.yaml', 'report.json'].map((name) =>
      join(folder, name),
    )
    const options = { manifests: manifests ?? '', mirrors: policy, report, policy: undefined }
    const failure = await auditMirrors({ ...options, warn: [], plainHttp: [], dryRun: false }, step()).then(
      () => undefined,
      (error: unknown) => error,
    )
    const { passed, findings: found }: AuditReport = JSON.parse(await readFile(report ?? '', 'utf8'))
    expect(failure instanceof FailedItems).toBe(!passed)
    const hosts = mirrors.map(({ registry }) => registry.host)
    return found
      .map(({ kind, item }) => `${kind} ${item.replace(hosts[0] ?? '', 'a').replace(hosts[1] ?? '', 'b')}`)
      .sort()
  }

  const remove = async ({ registry }: Mirror, reference: string): Promise<void> => {
    const answer = await fetch(`http://${registry.host}/v2/images/hello/manifests/${reference}`, { method: 'DELETE' })
    expect(answer.status).toBe(202)
  }

  /** With the tag: docker-registry removes none by name, and the other keeps one whose digest is removed. */
  async function removeTagged(mirror: Mirror, tag: string): Promise<void> {
    const digest = (await mirror.repository.headManifest(parseTag(tag)))?.digest
    if (!digest) throw new Error(`${tag} is not there`)
    await remove(mirror, digest)
    if (await mirror.repository.headManifest(parseTag(tag))) await remove(mirror, tag)
  }

  test.each(kinds)('finds what is wrong at %s and %s registries, and nothing else', async (...mirrorKinds) => {
    const [, b] = await start(mirrorKinds)
    expect(await findings()).toEqual([])
    for (const { registry } of mirrors) {
      const { seen } = registry.gateway
      expect(seen.every(({ method }) => method === 'GET' || method === 'HEAD')).toBe(true)
      expect(seen.length).toBeLessThanOrEqual(16)
    }

    const root = await b.repository.readManifest(image.index.digest)
    const [amd64, arm64] = await Promise.all(image.platforms.map(({ digest }) => b.repository.readManifest(digest)))
    if (!(root && amd64 && arm64)) throw new Error('the image is there')
    const set = (tag: string, stored: typeof root) =>
      b.repository.writeManifest(stored.bytes, stored.descriptor.mediaType, parseTag(tag))

    await set('v0', amd64)
    expect(await findings()).toEqual(['extra b/images/hello:v0'])
    await set('v1', amd64)
    expect(await findings()).toEqual(['extra b/images/hello:v0', 'moved b/images/hello:v1'])
    await set('v1', root)

    await removeTagged(b, image.signatureTag)
    expect(await findings()).toEqual([`differing b/images/hello@${image.index.digest}`, 'extra b/images/hello:v0'])
    if (mirrorKinds[1] === 'docker') await removeTagged(b, `sha256-${hexOf(image.index.digest)}`)
    else for (const { digest } of await b.repository.listReferrers(image.index.digest)) await remove(b, digest)
    expect(await findings()).toEqual(['extra b/images/hello:v0', `unsigned b/images/hello@${image.index.digest}`])

    await removeTagged(b, 'v1')
    expect(await findings()).toEqual(['extra b/images/hello:v0', `missing b/images/hello@${image.index.digest}`])
  })

  test('a mirror that has stopped is found, and the other is audited', async () => {
    const [a, b] = await start(['docker', 'docker'])
    await b.registry.close()
    mirrors = [a, { ...b, registry: { ...b.registry, close: async () => undefined } }]
    const root = await a.repository.readManifest(image.index.digest)
    if (!root) throw new Error('the image is there')
    await a.repository.writeManifest(root.bytes, root.descriptor.mediaType, parseTag('v0'))
    expect(await findings()).toEqual(['extra a/images/hello:v0', 'unreadable b/images/hello'])
  })
})
