import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { digestOfBytes, parseTag } from '../../../src/oci/index.ts'
import {
  type PromotionOptions,
  type PromotionReport,
  type PromotionResult,
  promote,
} from '../../../src/promote/index.ts'
import { reportPromotion } from '../../../src/promotion-report/index.ts'
import { FailedItems, UserError } from '../../../src/runner/index.ts'
import { promotionOptions } from '../../promote/options.ts'
import { promotionStep, repositoryAt } from '../../promote/step.ts'
import { listen } from '../../runner/index.ts'
import type { TestStep } from '../../step.ts'
import { type ImageFixture, writeImage } from '../../unit/promote/fixture.ts'
import { type FakeRegistry, startFakeRegistry } from '../../unit/registry/fake-registry.ts'

let folder: string
let source: FakeRegistry
let mirrors: [FakeRegistry, FakeRegistry]
let hello: ImageFixture
let world: ImageFixture
let manifests: string
let plan: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-'))
  source = await startFakeRegistry()
  mirrors = [await startFakeRegistry(), await startFakeRegistry()]
  hello = await writeImage(repositoryAt(source.host, 'staging/hello'), 'hello')
  world = await writeImage(repositoryAt(source.host, 'staging/world'), 'world')
  manifests = join(folder, 'promoter-manifest.yaml')
  plan = join(folder, 'plan.json')
  await wish({ hello })
})
afterEach(async () => {
  for (const registry of [source, ...mirrors]) await registry.close()
  await rm(folder, { recursive: true })
})

/** Writes the manifest that asks for these images at both mirrors. */
const wish = (images: Readonly<Record<string, ImageFixture>>): Promise<void> =>
  writeFile(
    manifests,
    [
      'registries:',
      `- {name: ${source.host}/staging, src: true}`,
      ...mirrors.map(({ host }) => `- {name: ${host}/prod}`),
      'images:',
      ...Object.entries(images).flatMap(([name, { index }]) => [
        `- name: ${name}`,
        `  dmap: {${index.digest}: [v1.2.3]}`,
      ]),
      '',
    ].join('\n'),
  )

const run = (options: Partial<PromotionOptions>, step: TestStep = promotionStep(folder)): Promise<PromotionResult> =>
  promote(promotionOptions({ manifests, ...options }), step)
const failure = (options: Partial<PromotionOptions>): Promise<unknown> =>
  run(options).then(
    () => undefined,
    (error: unknown) => error,
  )
const writes = ({ log }: FakeRegistry): string[] => log.filter((line) => /^(PUT|POST|PATCH|DELETE) /.test(line))
const isTagged = async (place: FakeRegistry, name: string): Promise<boolean> =>
  (await repositoryAt(place.host, `prod/${name}`).headManifest(parseTag('v1.2.3'))) !== undefined
const requests = (): number => [source, ...mirrors].reduce((sum, { log }) => sum + log.splice(0).length, 0)

describe('a plan that was approved', () => {
  test('is done as it was; its digest is that of its file', async () => {
    const { planDigest } = await run({ plan, dryRun: true })
    expect(planDigest).toBe(digestOfBytes(await readFile(plan)))
    const done = await run({ plan, planDigest })
    expect(done).toMatchObject({ changed: true, planDigest })
    for (const mirror of mirrors) expect(await isTagged(mirror, 'hello')).toBe(true)
    expect(await run({ plan, planDigest })).toMatchObject({ changed: false, planDigest })
  })

  test('may be done in part already', async () => {
    const { planDigest } = await run({ plan, dryRun: true })
    await run({ hosts: [mirrors[0].host] })
    mirrors[0].log.splice(0)
    expect((await run({ plan, planDigest })).promoted).toEqual([
      `${mirrors[1].host}/prod/hello:v1.2.3@${hello.index.digest}`,
    ])
    expect(writes(mirrors[0])).toEqual([])
  })

  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'an image more',
      () => wish({ hello, world }),
      /staging\/world@sha256:\w+ to .*nothing was written|not what was approved/,
    ],
    [
      'evidence that came to the source since',
      () => writeImage(repositoryAt(source.host, 'staging/hello'), 'hello').then(() => addSignature()),
      /not what was approved/,
    ],
    ['another plan in the file', () => rewritePlan(), /is the plan sha256:\w+, not sha256:/],
  ])('refuses %s before a byte is written', async (_, change, message) => {
    const { planDigest } = await run({ plan, dryRun: true })
    await change()
    const error = await failure({ plan, planDigest })
    expect(error).toBeInstanceOf(UserError)
    expect(String(error)).toMatch(message)
    for (const mirror of mirrors) expect(writes(mirror)).toEqual([])
  })

  test('with a conflict gives its outputs all the same, and does the rest', async () => {
    await writeImage(repositoryAt(mirrors[0].host, 'prod/world'), 'what was there', 'v1.2.3')
    await wish({ hello, world })
    const planned = await failure({ plan, dryRun: true })
    expect(planned).toBeInstanceOf(FailedItems)
    const outputs = planned instanceof FailedItems ? planned.outputs : {}
    expect(outputs).toMatchObject({ planDigest: digestOfBytes(await readFile(plan)), matrix: [{}, {}] })
    // The second mirror's shard sees no conflict by itself.
    const planDigest = String(outputs?.planDigest)
    const failed = await failure({ plan, planDigest, hosts: [mirrors[1].host] })
    expect(String(failed)).toMatch(/: 1 failed\n- .*staging\/world@sha256:\w+: .* is never moved/)
    expect(await isTagged(mirrors[1], 'hello')).toBe(true)
    expect(await isTagged(mirrors[1], 'world')).toBe(false)
  })

  const addSignature = (): Promise<unknown> =>
    repositoryAt(source.host, 'staging/hello').writeManifest(
      Buffer.from(
        JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] }),
      ),
      'application/vnd.oci.image.index.v1+json',
      parseTag(hello.signatureTag.replace(/\.sig$/, '.att')),
    )
  const rewritePlan = async (): Promise<void> => {
    await writeFile(plan, (await readFile(plan, 'utf8')).replaceAll('v1.2.3', 'latest'))
  }
})

describe('shards', () => {
  test('do one host each; their reports make the whole', async () => {
    const { planDigest, matrix } = await run({ plan, dryRun: true })
    expect(matrix.map(({ hosts }) => hosts).sort()).toEqual(mirrors.map(({ host }) => [host]).sort())
    for (const [index, { hosts }] of matrix.entries()) {
      const other = mirrors.find(({ host }) => !hosts.includes(host))
      other?.log.splice(0)
      await run({ plan, planDigest, hosts, report: join(folder, `report-${index}.json`) })
      expect(other?.log.filter((line) => !line.startsWith('GET /v2/ '))).toEqual([])
    }
    const options = { reports: ['report-*.json'], plan, planDigest, report: join(folder, 'all.json'), dryRun: false }
    const all: PromotionReport = await reportPromotion(options, promotionStep(folder))
    expect(all.images.map(({ destination, state }) => ({ destination, state }))).toEqual(
      mirrors
        .map(({ host }) => `${host}/prod/hello`)
        .sort()
        .map((destination) => ({ destination, state: 'promoted' })),
    )
  })
})

describe('a journal', () => {
  const journal = (): string => join(folder, 'state', 'journal.jsonl')

  test('makes a second run ask less; without it that asks more, and comes to the same end', async () => {
    await run({ journal: journal() })
    requests()
    expect(await run({ journal: journal() })).toMatchObject({ changed: false })
    const withJournal = requests()
    await rm(journal())
    expect(await run({ journal: journal() })).toMatchObject({ changed: false })
    expect(withJournal).toBeLessThan(requests())
    // What that run looked at and found whole is known again.
    expect(await run({ journal: journal() })).toMatchObject({ changed: false })
    expect(requests()).toBe(withJournal)
  })

  test.each<[string, string]>([
    ['torn by a kill', '{"source":"127.0.'],
    ['of something else', 'hello\n{"a":1}\n[]\nnull\n'],
  ])('%s counts for nothing', async (_, text) => {
    await run({ journal: journal() })
    await writeFile(journal(), text)
    expect(await run({ journal: journal() })).toMatchObject({ changed: false })
    expect((await readFile(journal(), 'utf8')).split('\n').at(-2)).toContain(hello.index.digest)
  })

  test('is not believed where the registry says otherwise', async () => {
    await run({ journal: journal() })
    const { tags, manifests: stored } = mirrors[0].repository('prod/hello')
    tags.delete('v1.2.3')
    for (const { digest } of [hello.index, ...hello.platforms]) stored.delete(digest)
    expect(await run({ journal: journal() })).toMatchObject({ changed: true })
    expect(await isTagged(mirrors[0], 'hello')).toBe(true)
    for (const { digest } of hello.platforms) expect(stored.has(digest)).toBe(true)
  })
})

describe('a pull request (GitHub is a fake server on loopback)', () => {
  test('gets the plan as one comment, which a later run replaces', async () => {
    const comments: { id: number; body: string }[] = []
    const github = await listen(
      createServer(async (request, response) => {
        const body = (await buffer(request)).toString()
        if (request.method === 'POST') comments.push({ id: 7, body: JSON.parse(body).body })
        else if (request.method === 'PATCH') comments.splice(0, 1, { id: 7, body: JSON.parse(body).body })
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(request.method === 'GET' ? comments : {}))
      }),
    )
    const step = (): TestStep =>
      promotionStep(folder, { environment: { GITHUB_API_URL: github.url, GITHUB_TOKEN: 'ghs_token' } })
    const options = { pullRequest: 'example/manifests#5', dryRun: true }
    await run(options, step())
    expect(comments).toHaveLength(1)
    expect(comments[0]?.body).toContain(`staging/hello@${hello.index.digest}`)
    await wish({ world })
    await run(options, step())
    expect(comments).toHaveLength(1)
    expect(comments[0]?.body).toContain(`staging/world@${world.index.digest}`)
    await github.close()
  })
})

describe('a mirrors policy', () => {
  test('says the destinations of images, and stands for all mirrors where a manifest names one', async () => {
    const policy = join(folder, 'mirrors.yaml')
    await writeFile(
      policy,
      `canonical: ${mirrors[0].host}/prod
vendors:
  - {name: google, share: 50, mirrors: [{region: europe-west1, registry: "${mirrors[0].host}/prod"}]}
  - {name: aws, share: 50, mirrors: [{region: eu-west-1, registry: "${mirrors[1].host}/prod"}]}
`,
    )
    await run({ manifests: undefined, images: [`${source.host}/staging/hello@${hello.index.digest}`], mirrors: policy })
    const one = (await readFile(manifests, 'utf8')).replace(`- {name: ${mirrors[1].host}/prod}\n`, '')
    await writeFile(
      manifests,
      one.replace('name: hello', 'name: world').replace(hello.index.digest, world.index.digest),
    )
    await run({ mirrors: policy })
    for (const mirror of mirrors) {
      expect(mirror.repository('prod/hello').manifests.has(hello.index.digest)).toBe(true)
      expect(await isTagged(mirror, 'world')).toBe(true)
    }
  })
})

describe('options that do not go together', () => {
  test.each<[string, Partial<PromotionOptions>, RegExp]>([
    ['a digest without a plan', { planDigest: digestOfBytes('x') }, /'plan-digest' is of the file 'plan'/],
    ['a plan that is not there', { plan: '/nonexistent/plan.json' }, /Cannot read the plan/],
    ['a key without anything to sign', { key: 'signer.key' }, /nothing is to be signed/],
    ['no shard', { shards: 0 }, /'shards' is 0/],
    ['markers without a release', { versionMarkers: 'file:site' }, /'version-markers' says the version of a release/],
    ['a pull request without number', { pullRequest: 'example/manifests' }, /is not a pull request on GitHub/],
    [
      'two places for the destinations',
      { manifests: undefined, images: ['a.io/b:v1'], to: ['oci:x'], mirrors: 'x' },
      /both name destinations/,
    ],
  ])('%s', async (_, options, message) => {
    const error = await failure(options)
    expect(error).toBeInstanceOf(UserError)
    expect(String(error)).toMatch(message)
    expect(await readdir(folder)).toEqual(['promoter-manifest.yaml'])
  })
})
