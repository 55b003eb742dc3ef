import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
import { parseTag } from '../../../src/oci/index.ts'
import { type PromotionOptions, type PromotionResult, promote } from '../../../src/promote/index.ts'
import { openRepository, type Repository } from '../../../src/registry/index.ts'
import { FailedItems, renderText } from '../../../src/runner/index.ts'
import { type BundleSigner, openSigner } from '../../../src/sigstore/index.ts'
import { promotionOptions } from '../../promote/options.ts'
import { type TestStep, testStep } from '../../step.ts'
import { writeKeyPair } from '../../unit/attest/release.ts'
import { fastClock } from '../../unit/http/server.ts'
import {
  attest,
  legacySignatureOf,
  legacyTag,
  manifestsOf,
  provenance,
  type TestImage,
  writeLegacy,
  writeTestImage,
} from '../../unit/policy/image.ts'
import { type FakeOptions, type FakeRegistry, startFakeRegistry } from '../../unit/registry/fake-registry.ts'
import { noSigner } from '../../unit/sigstore/options.ts'

let folder: string
let signer: BundleSigner
let stranger: BundleSigner
const registries: FakeRegistry[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promote-policy-'))
  signer = await writeSigner('signer')
  stranger = await writeSigner('stranger')
})
afterEach(async () => {
  for (const registry of registries.splice(0)) await registry.close()
  await rm(folder, { recursive: true })
})

async function writeSigner(name: string): Promise<BundleSigner> {
  const { key } = await writeKeyPair(folder, name)
  return openSigner({ ...noSigner, key }, testStep())
}

async function registry(options: FakeOptions = { referrers: true }): Promise<FakeRegistry> {
  const started = await startFakeRegistry(options)
  registries.push(started)
  return started
}

const newStep = (): TestStep =>
  testStep({ workspace: folder, http: createHttpClient({ signal: new AbortController().signal, clock: fastClock() }) })
const at = ({ host }: FakeRegistry, name: string): Repository =>
  openRepository({ kind: 'registry', host, prefix: '' }, name, newStep())
const run = (options: Partial<PromotionOptions>, step = newStep()): Promise<PromotionResult> =>
  promote(promotionOptions(options), step)
const writes = ({ log }: FakeRegistry): string[] => log.filter((line) => /^(PUT|POST|PATCH|DELETE) /.test(line))
const tagOf = ({ host }: FakeRegistry, name: string): string | undefined =>
  registries
    .find((one) => one.host === host)
    ?.repository(name)
    .tags.get('v1')

/** `stage/NAME:v1`, of which somebody signed every manifest. */
async function publish(place: FakeRegistry, name: string, by: BundleSigner | undefined): Promise<TestImage> {
  const repository = at(place, `stage/${name}`)
  const image = await writeTestImage(repository, name)
  if (by) for (const manifest of manifestsOf(image)) await attest(repository, manifest, by)
  const root = await repository.readManifest(image.index.digest)
  if (!root) throw new Error('it was just written')
  await repository.writeManifest(root.bytes, root.descriptor.mediaType, parseTag('v1'))
  return image
}

/** A policy file. JSON is YAML. */
async function policyOf(policy: object): Promise<string> {
  const path = join(folder, 'policy.yaml')
  await writeFile(path, JSON.stringify(policy))
  return path
}

const demand = (mode: string, changed: object = {}) => ({ mode, signers: [{ key: 'signer.pub' }], ...changed })

describe('an image that the wrong signer signed', () => {
  let [source, first, second]: FakeRegistry[] = []
  let options: Partial<PromotionOptions>
  beforeEach(async () => {
    ;[source, first, second] = [await registry(), await registry(), await registry({})]
    await publish(source, 'fine', signer)
    await publish(source, 'foreign', stranger)
    options = {
      images: [`${source.host}/stage/fine:v1`, `${source.host}/stage/foreign:v1`],
      to: [`${first.host}/prod`, `${second.host}/prod`],
    }
  })
  const each = (): FakeRegistry[] => [first, second].filter((one) => one !== undefined)

  test('is blocked alone: nothing of it is written anywhere, and the others are promoted', async () => {
    const step = newStep()
    const policy = await policyOf({ default: demand('require') })
    const failure = await run({ ...options, policy }, step).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(FailedItems)
    expect(String(failure)).toMatch(/3 failed/)
    expect(String(failure)).toMatch(/stage\/foreign@sha256:\w+: sha256:\w+: .*who is no signer of the policy/)
    for (const place of each()) {
      expect(place.log.filter((line) => /^(?!GET|HEAD)\w+ \/v2\/prod\/foreign\//.test(line))).toEqual([])
      expect(place.repository('prod/foreign').blobs.size).toBe(0)
      expect(tagOf(place, 'prod/fine')).toBeDefined()
    }
    expect(renderText(step.blocks)).toMatch(/judged 2 images: 1 blocked, 0 with warnings/)
  })

  test('is promoted with a warning where the policy says warn', async () => {
    const step = newStep()
    const { changed } = await run({ ...options, policy: await policyOf({ default: demand('warn') }) }, step)
    expect(changed).toBe(true)
    for (const place of each()) expect(tagOf(place, 'prod/foreign')).toBeDefined()
    const warnings = step.messages.filter(({ kind }) => kind === 'warning').map(({ message }) => message)
    expect(warnings).toHaveLength(3)
    for (const message of warnings) expect(message).toMatch(/stage\/foreign@sha256:.*who is no signer of the policy/)
    expect(renderText(step.blocks)).toMatch(/judged 2 images: 0 blocked, 1 with warnings/)
  })

  test('is promoted where the policy says off, and the summary says that nobody looked', async () => {
    const step = newStep()
    await run({ ...options, policy: await policyOf({ default: { mode: 'off' } }) }, step)
    for (const place of each()) expect(tagOf(place, 'prod/foreign')).toBeDefined()
    expect(step.messages.filter(({ kind }) => kind === 'warning')).toEqual([])
    expect(renderText(step.blocks)).toMatch(/judged 0 images: .* it says 'off': 2 images/)
  })

  test('is promoted where there is no policy, and the summary says that it was not judged', async () => {
    const step = newStep()
    await run(options, step)
    for (const place of each()) expect(tagOf(place, 'prod/foreign')).toBeDefined()
    expect(renderText(step.blocks)).toMatch(/carried before its tag .* but not judged: 6 pieces/)
  })

  test('stays where it is under an approved plan, though nobody judges it any more', async () => {
    const plan = join(folder, 'plan.json')
    const policy = await policyOf({ default: demand('require') })
    await expect(run({ ...options, policy, plan, dryRun: true })).rejects.toThrow(FailedItems)
    await expect(run({ ...options, plan })).rejects.toThrow(/3 failed\n- .*stage\/foreign@/)
    for (const place of each()) {
      expect(tagOf(place, 'prod/fine')).toBeDefined()
      expect(place.repository('prod/foreign').manifests.size).toBe(0)
    }
  })

  test('whose signature is only lost after the approval is not promoted either', async () => {
    const plan = join(folder, 'plan.json')
    const policy = await policyOf({ default: demand('require') })
    await run({ ...options, images: options.images?.slice(0, 1) ?? [], policy, plan, dryRun: true })
    const { manifests } = source?.repository('stage/fine') ?? { manifests: new Map() }
    for (const [digest, { bytes }] of manifests) if (JSON.parse(bytes.toString()).subject) manifests.delete(digest)
    await expect(run({ ...options, images: options.images?.slice(0, 1) ?? [], policy, plan })).rejects.toThrow(
      /nobody signed it/,
    )
    for (const place of each()) expect(writes(place)).toEqual([])
  })
})

describe('the default and the projects of a thin tree', () => {
  async function writeTree(source: FakeRegistry, place: FakeRegistry, images: ReadonlyMap<string, TestImage>) {
    for (const [project, image] of images) {
      await mkdir(join(folder, 'tree', 'manifests', project), { recursive: true })
      await mkdir(join(folder, 'tree', 'images', project), { recursive: true })
      await writeFile(
        join(folder, 'tree', 'manifests', project, 'promoter-manifest.yaml'),
        `registries:\n- {name: ${source.host}/stage, src: true}\n- {name: ${place.host}/prod}\n`,
      )
      await writeFile(
        join(folder, 'tree', 'images', project, 'images.yaml'),
        `- name: ${project}\n  dmap:\n    "${image.index.digest}": [v1]\n`,
      )
    }
    return join(folder, 'tree')
  }

  test('each project has its own demands, in place of the default', async () => {
    const [source, place] = [await registry(), await registry()]
    const images = new Map<string, TestImage>()
    for (const project of ['own', 'other', 'trusting', 'thorough']) {
      images.set(project, await publish(source, project, project === 'other' ? signer : stranger))
    }
    const policy = await policyOf({
      default: demand('require'),
      projects: {
        own: { mode: 'require', signers: [{ key: 'stranger.pub' }] },
        trusting: { mode: 'off' },
        thorough: { mode: 'require', signers: [{ key: 'stranger.pub' }], predicates: [provenance] },
      },
    })
    const manifests = await writeTree(source, place, images)
    const step = newStep()
    const failure = await run({ manifests, policy }, step).catch(String)
    expect(failure).toMatch(
      /1 failed\n- .*stage\/thorough@sha256:.*no signer attested https:\/\/slsa\.dev\/provenance\/v1/,
    )
    const promoted = [...images.keys()].filter((project) => tagOf(place, `prod/${project}`))
    expect(promoted).toEqual(['own', 'other', 'trusting'])
    expect(renderText(step.blocks)).toMatch(/judged 3 images: 1 blocked, 0 with warnings\. .*'off': 1 image/)
  })

  test('an image that is whole everywhere and gone from its source is told of', async () => {
    const [source, place] = [await registry(), await registry()]
    const image = await publish(source, 'own', signer)
    const manifests = await writeTree(source, place, new Map([['own', image]]))
    const policy = await policyOf({ default: demand('require') })
    await run({ manifests, policy })
    source.repository('stage/own').manifests.clear()
    source.repository('stage/own').tags.clear()
    const step = newStep()
    expect(await run({ manifests, policy }, step)).toMatchObject({ changed: false })
    expect(renderText(step.blocks)).toMatch(/judged 0 images: .*gone from their source: 1 image/)
  })
})

describe('at a destination', () => {
  const isReferrer = (place: FakeRegistry, name: string) =>
    [...place.repository(name).manifests].filter(([, { bytes }]) => JSON.parse(bytes.toString()).subject)

  test.each([{ referrers: true }, {}])(
    'evidence that one lacks is restored there, before its tag (%p)',
    async (kind) => {
      const [source, first, second] = [await registry(), await registry(), await registry(kind)]
      const image = await publish(source, 'hello', signer)
      const policy = await policyOf({ default: demand('require') })
      const options = {
        images: [`${source.host}/stage/hello:v1`],
        to: [`${first.host}/prod`, `${second.host}/prod`],
        policy,
      }
      await run(options)
      const there = second.repository('prod/hello')
      for (const [digest] of isReferrer(second, 'prod/hello')) there.manifests.delete(digest)
      for (const tag of [...there.tags.keys()]) there.tags.delete(tag)
      for (const place of registries) place.log.splice(0)
      const { plan } = await run(options)
      expect(plan).toMatchObject({
        images: [
          { transfers: [{ destinations: [`${second.host}/prod/hello`], evidence: [{}, {}, {}], tags: ['v1'] }] },
        ],
      })
      expect(writes(first)).toEqual([])
      for (const { digest } of manifestsOf(image)) {
        expect(await at(second, 'prod/hello').listReferrers(digest)).toHaveLength(1)
      }
      expect(writes(second).at(-1)).toBe('PUT /v2/prod/hello/manifests/v1')
    },
  )

  test('what the policy demands is looked for before the tag; where it is not found, there is no tag', async () => {
    const [source, first, second] = [await registry(), await registry(), await registry()]
    const image = await publish(source, 'hello', signer)
    const policy = await policyOf({ default: demand('require') })
    // A registry that forgets a signature as soon as it is written.
    second.intercept = (request) => {
      if (request.method === 'GET' && request.url?.includes(`/referrers/${image.index.digest}`)) {
        for (const [digest, { bytes }] of isReferrer(second, 'prod/hello')) {
          if (bytes.includes(image.index.digest)) second.repository('prod/hello').manifests.delete(digest)
        }
      }
      return false
    }
    const failure = await run({
      images: [`${source.host}/stage/hello:v1`],
      to: [`${first.host}/prod`, `${second.host}/prod`],
      policy,
    }).catch(String)
    expect(failure).toMatch(/1 failed\n- .*prod\/hello: sha256:\w+, which the evidence policy demands, is not found/)
    expect(tagOf(first, 'prod/hello')).toBe(image.index.digest)
    expect(second.repository('prod/hello').tags.size).toBe(0)
  })

  test('a legacy signature counts, and is found under its tag before the tag of the image', async () => {
    const [source, place] = [await registry({}), await registry({})]
    const image = await publish(source, 'hello', undefined)
    for (const { digest } of manifestsOf(image)) {
      await writeLegacy(at(source, 'stage/hello'), digest, 'sig', [await legacySignatureOf(digest, signer)])
    }
    const policy = await policyOf({ default: demand('require') })
    await run({ images: [`${source.host}/stage/hello:v1`], to: [`${place.host}/prod`], policy })
    const order = writes(place).flatMap((line) => /manifests\/(v1|sha256-.*)$/.exec(line)?.[1] ?? [])
    expect(order.toSorted()).toEqual([...manifestsOf(image).map(({ digest }) => legacyTag(digest, 'sig')), 'v1'].sort())
    expect(order.at(-1)).toBe('v1')
  })
})
