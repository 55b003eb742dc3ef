import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Digest, digestOfBytes } from '../../../src/oci/index.ts'
import { type PromotionOptions, type PromotionResult, promote } from '../../../src/promote/index.ts'
import { UserError } from '../../../src/runner/index.ts'
import { promotionOptions } from '../../promote/options.ts'
import { promotionStep, repositoryAt } from '../../promote/step.ts'
import { type ImageFixture, writeImage } from '../../unit/promote/fixture.ts'
import { type FakeRegistry, startFakeRegistry } from '../../unit/registry/fake-registry.ts'

let folder: string
let source: FakeRegistry
let mirrors: [FakeRegistry, FakeRegistry]
let image: ImageFixture
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signatures-'))
  source = await startFakeRegistry()
  mirrors = [await startFakeRegistry({ referrers: true }), await startFakeRegistry()]
  image = await writeImage(repositoryAt(source.host, 'staging/hello'), 'hello', 'v1.2.3')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await writeFile(join(folder, 'signer.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
})
afterEach(async () => {
  for (const registry of [source, ...mirrors]) await registry.close()
  await rm(folder, { recursive: true })
})

const run = (options: Partial<PromotionOptions>): Promise<PromotionResult> =>
  promote(
    promotionOptions({
      images: [`${source.host}/staging/hello:v1.2.3`],
      to: mirrors.map(({ host }) => `${host}/prod`),
      sign: true,
      attest: true,
      key: join(folder, 'signer.key'),
      ...options,
    }),
    promotionStep(folder),
  )
const writes = ({ log }: FakeRegistry): string[] => log.filter((line) => /^(PUT|POST|PATCH|DELETE) /.test(line))

/** The referrers of the image and its platforms that the source does not have. */
async function signedAt({ host }: FakeRegistry): Promise<Digest[]> {
  const carried = new Set(image.referrers.map(({ digest }) => digest))
  const repository = repositoryAt(host, 'prod/hello')
  const listed = await Promise.all(
    [image.index, ...image.platforms].map(({ digest }) => repository.listReferrers(digest)),
  )
  return listed
    .flat()
    .map(({ digest }) => digest)
    .filter((digest) => !carried.has(digest))
    .sort()
}

describe('what is signed at a promotion', () => {
  test('is made once for all destinations, and not again', async () => {
    await run({})
    const [first, second] = await Promise.all(mirrors.map(signedAt))
    expect(first).toHaveLength(4) // three manifests, and one promotion
    expect(second).toEqual(first)
    expect(await run({})).toMatchObject({ changed: false })
    expect(await signedAt(mirrors[0])).toEqual(first)
  })

  test.each([0, 1] as const)('is found by the run after one that failed before its tag (mirror %d)', async (index) => {
    // Without it, no tag at all is at a mirror that has the referrers API.
    source.repository('staging/hello').tags.delete(image.signatureTag)
    const mirror = mirrors[index]
    const to = [`${mirror.host}/prod`]
    mirror.intercept = ({ method, url }, response) => {
      if (method !== 'PUT' || !url?.endsWith('/manifests/v1.2.3')) return false
      response.writeHead(403).end()
      return true
    }
    await expect(run({ to })).rejects.toThrow(/1 failed/)
    mirror.intercept = () => false
    const signed = await signedAt(mirror)
    expect(signed).toHaveLength(4)
    await run({ to })
    expect(await signedAt(mirror)).toEqual(signed)
  })

  test('says of an image from two sources where each copy came from, also when it is attached once more', async () => {
    await writeImage(repositoryAt(source.host, 'other/hello'), 'hello', 'v1.2.3')
    for (const [index, name] of ['staging', 'other'].entries()) {
      for (const part of ['manifests', 'images']) await mkdir(join(folder, 'tree', part, name), { recursive: true })
      await writeFile(
        join(folder, 'tree', 'manifests', name, 'promoter-manifest.yaml'),
        `registries:\n- {name: ${source.host}/${name}, src: true}\n- {name: ${mirrors[index]?.host}/prod}\n`,
      )
      await writeFile(
        join(folder, 'tree', 'images', name, 'images.yaml'),
        `- name: hello\n  dmap: {"${image.index.digest}": [v1.2.3]}\n`,
      )
    }
    const manifests = join(folder, 'tree')
    await run({ images: [], to: [], manifests, hosts: [mirrors[0].host] })
    await run({ images: [], to: [], manifests })
    const [first, second] = await Promise.all(mirrors.map(signedAt))
    // The signatures are the same; what is said of the promotion is not.
    expect(first?.filter((digest) => second?.includes(digest))).toHaveLength(3)
    expect([first?.length, second?.length]).toEqual([4, 4])
    expect(await run({ images: [], to: [], manifests })).toMatchObject({ changed: false })
  })

  test('is taken from a destination only if nothing was put beside it', async () => {
    await run({ to: [`${mirrors[0].host}/prod`], attest: false })
    const { manifests, blobs } = mirrors[0].repository('prod/hello')
    const [digest = ''] = await signedAt(mirrors[0])
    const { bytes, type } = manifests.get(digest) ?? { bytes: Buffer.from('{}'), type: '' }
    const signature = JSON.parse(bytes.toString())
    const smuggled = Buffer.from('what nobody promoted')
    const layer = { mediaType: 'text/plain', digest: digestOfBytes(smuggled), size: smuggled.length }
    const changed = Buffer.from(JSON.stringify({ ...signature, layers: [...signature.layers, layer] }))
    blobs.set(layer.digest, smuggled)
    manifests.delete(digest)
    manifests.set(digestOfBytes(changed), { bytes: changed, type })
    await run({ attest: false })
    expect(await signedAt(mirrors[1])).toHaveLength(3)
    expect(mirrors[1].repository('prod/hello').blobs.has(layer.digest)).toBe(false)
  })

  test('goes to a destination that comes later as it is', async () => {
    await run({ to: [`${mirrors[0].host}/prod`], attest: false })
    await run({ attest: false })
    expect(await signedAt(mirrors[1])).toEqual(await signedAt(mirrors[0]))
  })
})

describe('a folder of signatures', () => {
  const signatures = (): string => join(folder, 'signatures')
  const plan = (): string => join(folder, 'plan.json')

  test('is filled without promoting anything; then all shards attach the same', async () => {
    const { planDigest } = await run({ plan: plan(), dryRun: true })
    const approved = { plan: plan(), planDigest, signatures: signatures() }
    const signed = await run({ ...approved, signOnly: true })
    expect(signed.promoted).toHaveLength(4)
    for (const mirror of mirrors) expect(writes(mirror)).toEqual([])
    expect(await run({ ...approved, signOnly: true })).toMatchObject({ changed: false, promoted: [] })

    for (const { host } of mirrors) await run({ ...approved, hosts: [host] })
    const [first, second] = await Promise.all(mirrors.map(signedAt))
    expect(first).toHaveLength(4)
    expect(second).toEqual(first)
    expect(await run({ ...approved })).toMatchObject({ changed: false })
  })

  test('gets what one destination has, for the shards that do not look there', async () => {
    await run({ to: [`${mirrors[0].host}/prod`], attest: false })
    const options = { attest: false, signatures: signatures() }
    expect((await run({ ...options, signOnly: true })).promoted).toHaveLength(3)
    await run({ ...options, hosts: [mirrors[1].host] })
    expect(await signedAt(mirrors[1])).toEqual(await signedAt(mirrors[0]))
  })

  test('keeps what was signed by a promotion that failed', async () => {
    const options = { signatures: signatures(), attest: false }
    mirrors[0].intercept = ({ method, url }, response) => {
      if (method !== 'PUT' || !url?.endsWith('/manifests/v1.2.3')) return false
      response.writeHead(403).end()
      return true
    }
    await expect(run({ ...options, hosts: [mirrors[0].host] })).rejects.toThrow(/1 failed/)
    await run({ ...options, hosts: [mirrors[1].host] })
    expect(await signedAt(mirrors[1])).toHaveLength(3)
    expect(await signedAt(mirrors[1])).toEqual(await signedAt(mirrors[0]))
  })

  test.each<[string, Partial<PromotionOptions>, RegExp]>([
    [
      'without anything to sign',
      { sign: false, attest: false, key: undefined, signatures: 'x' },
      /nothing is to be signed/,
    ],
    ['that is not named', { signOnly: true }, /'sign-only' needs a folder/],
  ])('%s is a mistake', async (_, options, message) => {
    const error = await run(options).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect(String(error)).toMatch(message)
  })
})
