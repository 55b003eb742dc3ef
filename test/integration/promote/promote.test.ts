import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { digestOfBytes, hexOf, mediaTypes, parseTag } from '../../../src/oci/index.ts'
import { type PromotionOptions, type PromotionResult, promote } from '../../../src/promote/index.ts'
import { openLayout, type Repository } from '../../../src/registry/index.ts'
import { FailedItems, pathResolver, renderText, UserError } from '../../../src/runner/index.ts'
import { promotionOptions } from '../../promote/options.ts'
import { promotionStep, repositoryAt } from '../../promote/step.ts'
import { type TestStep, testStep } from '../../step.ts'
import { type ReleaseFixture, writeImage, writeRelease } from '../../unit/promote/fixture.ts'
import { type FakeOptions, type FakeRegistry, startFakeRegistry } from '../../unit/registry/fake-registry.ts'

let folder: string
let release: ReleaseFixture
const registries: FakeRegistry[] = []
let made: ReleaseFixture
beforeAll(async () => {
  made = await writeRelease(join(await mkdtemp(join(tmpdir(), 'promote-')), 'release'))
})
afterAll(() => rm(join(made.directory, '..'), { recursive: true }))
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promote-'))
  release = { ...made, directory: join(folder, 'release') }
  await cp(made.directory, release.directory, { recursive: true })
})
afterEach(async () => {
  for (const registry of registries.splice(0)) await registry.close()
  await rm(folder, { recursive: true })
})

async function registry(options: FakeOptions = {}): Promise<FakeRegistry> {
  const started = await startFakeRegistry(options)
  registries.push(started)
  return started
}

const newStep = (): TestStep => promotionStep(folder)

function run(options: Partial<PromotionOptions>, step = newStep()): Promise<PromotionResult> {
  return promote(promotionOptions(options), step)
}

const writes = ({ log }: FakeRegistry): string[] => log.filter((line) => /^(PUT|POST|PATCH|DELETE) /.test(line))
const at = (place: FakeRegistry, name: string): Repository => repositoryAt(place.host, name)

/** What a user would find missing: of the image, of its evidence, of its tag. */
async function lacks(place: FakeRegistry, name: string, fixture = release.image): Promise<string[]> {
  const repository = at(place, name)
  const { blobs } = place.repository(name)
  const missing: string[] = []
  for (const { digest } of [fixture.index, ...fixture.platforms]) {
    const manifest = await repository.readManifest(digest)
    if (!manifest) missing.push(`manifest ${digest}`)
    const text = manifest ? Buffer.from(manifest.bytes).toString() : '{}'
    for (const layer of JSON.parse(text).layers ?? [])
      if (!blobs.has(layer.digest)) missing.push(`blob ${layer.digest}`)
  }
  for (const { subject, digest } of fixture.referrers) {
    if (!(await repository.listReferrers(subject)).some((found) => found.digest === digest))
      missing.push(`evidence ${digest}`)
  }
  if (!(await repository.headManifest(parseTag(fixture.signatureTag)))) missing.push('evidence .sig')
  if (!(await repository.headManifest(parseTag('v1.2.3')))) missing.push('tag')
  return missing
}

describe('a release', () => {
  test.each([{ referrers: true }, { referrers: false }])(
    'goes to a registry and a folder whole; a second run writes nothing (%p)',
    async (options) => {
      const place = await registry(options)
      const to = [`${place.host}/project`, 'file:site']
      const result = await run({ to })
      expect(result.changed).toBe(true)
      expect(result.releaseDigest).toBe(digestOfBytes(await readFile(join(release.directory, 'release.json'))))
      expect(await lacks(place, 'project/hello')).toEqual([])
      expect((await readdir(join(folder, 'site'))).sort()).toEqual([
        'SHA256SUMS',
        'SHA256SUMS.sigstore.json',
        'hello-linux-amd64',
        'hello-linux-amd64.sigstore.json',
        'hello-linux-arm64',
        'hello-linux-arm64.sigstore.json',
        'provenance.sigstore.json',
      ])
      place.log.splice(0)
      const step = newStep()
      const second = await run({ to }, step)
      expect(second).toMatchObject({ changed: false, promoted: [], plan: { images: [], files: [], conflicts: [] } })
      expect(writes(place)).toEqual([])
      expect(renderText(step.blocks)).toMatch(/Nothing to do/)
    },
  )

  test('a dry run plans the same and writes nothing', async () => {
    const place = await registry()
    const to = [`${place.host}/project`, 'file:site', 'oci:layout']
    const step = newStep()
    const planned = await run({ to, dryRun: true }, step)
    expect(planned.changed).toBe(false)
    expect(writes(place)).toEqual([])
    expect((await readdir(folder)).sort()).toEqual(['release'])
    expect(renderText(step.blocks)).toMatch(/dry run/)
    const done = await run({ to })
    expect(done.planDigest).toBe(planned.planDigest)
    expect(done.plan).toEqual(planned.plan)
  })

  test('goes to a layout, and from there on as images', async () => {
    await run({ to: ['oci:mirror'] })
    const place = await registry()
    await run({ images: ['oci:mirror:hello:v1.2.3'], to: [`${place.host}/next`] })
    expect(await lacks(place, 'next/hello')).toEqual([])
  })

  test('the default is the folder release', async () => {
    expect((await run({ to: ['oci:mirror'] })).promoted).toEqual([
      `oci:${folder}/mirror:hello:v1.2.3@${release.image.index.digest}`,
    ])
  })

  test('a file that differs from the record stops everything before a write', async () => {
    await writeFile(join(release.directory, 'files', 'hello-linux-amd64'), 'tampered')
    const place = await registry()
    await expect(run({ to: [`${place.host}/project`, 'file:site'] })).rejects.toThrow(
      /hello-linux-amd64: digest mismatch/,
    )
    expect(place.log).toEqual([])
  })

  test('a blob that was tampered with never gets a tag', async () => {
    const manifest = await openLayout(join(release.directory, 'images'), 'hello').readManifest(
      release.image.platforms[0]?.digest ?? parseTag('x'),
    )
    const layer = JSON.parse(Buffer.from(manifest?.bytes ?? '').toString()).layers[1]
    await writeFile(join(release.directory, 'images/blobs/sha256', hexOf(layer.digest)), 'x'.repeat(layer.size))
    const place = await registry()
    await expect(run({ to: [`${place.host}/project`] })).rejects.toThrow(/Digest mismatch/)
    expect(place.repository('project/hello').tags.size).toBeLessThan(6)
    expect(await at(place, 'project/hello').headManifest(parseTag('v1.2.3'))).toBeUndefined()
  })

  test('a published file is never overwritten, and a file does not go without its evidence', async () => {
    await run({ to: ['file:site'] })
    await writeFile(join(folder, 'site', 'hello-linux-amd64.sigstore.json'), 'another signature')
    await rm(join(folder, 'site', 'hello-linux-amd64'))
    await rm(join(folder, 'site', 'hello-linux-arm64'))
    const failure = await run({ to: ['file:site'] }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(FailedItems)
    expect(String(failure)).toMatch(/1 failed/)
    expect(await readFile(join(folder, 'site', 'hello-linux-amd64.sigstore.json'), 'utf8')).toBe('another signature')
    const present = await readdir(join(folder, 'site'))
    expect(present).not.toContain('hello-linux-amd64')
    expect(present).toContain('hello-linux-arm64')
  })
})

describe('a crash', () => {
  test.each([{ referrers: true }, { referrers: false }])(
    'at any write leaves no tag without its evidence, and the next run completes (%p)',
    async (options) => {
      const whole = await registry(options)
      await run({ to: [`${whole.host}/project`] })
      const total = writes(whole).length
      expect(total).toBeGreaterThan(20)
      for (let crash = 0; crash < total; crash += 6) {
        const place = await registry(options)
        let done = 0
        place.intercept = (request, response) => {
          if (request.method === 'GET' || request.method === 'HEAD' || done++ < crash) return false
          response.writeHead(403).end()
          return true
        }
        await expect(run({ to: [`${place.host}/project`] })).rejects.toThrow(FailedItems)
        place.intercept = () => false
        const missing = await lacks(place, 'project/hello')
        expect(missing).toContain('tag')
        expect(await run({ to: [`${place.host}/project`] })).toMatchObject({ changed: true })
        expect(await lacks(place, 'project/hello')).toEqual([])
        expect(await run({ to: [`${place.host}/project`] })).toMatchObject({ changed: false })
        await place.close()
      }
    },
    20_000,
  )

  test('evidence that was lost is restored, though the tag is right', async () => {
    const place = await registry()
    await run({ to: [`${place.host}/project`] })
    const { tags } = place.repository('project/hello')
    tags.delete(release.image.signatureTag)
    tags.delete(`sha256-${hexOf(release.image.index.digest)}`)
    const { plan } = await run({ to: [`${place.host}/project`] })
    expect(plan).toMatchObject({ images: [{ transfers: [{ manifests: [], tags: [], evidence: [{}, {}] }] }] })
    expect(await lacks(place, 'project/hello')).toEqual([])
  })

  test('a fallback tag that another tool broke is healed', async () => {
    const place = await registry()
    await run({ to: [`${place.host}/project`] })
    place
      .repository('project/hello')
      .tags.set(`sha256-${hexOf(release.image.index.digest)}`, release.image.platforms[0]?.digest ?? '')
    await run({ to: [`${place.host}/project`] })
    expect(await lacks(place, 'project/hello')).toEqual([])
  })
})

describe('conflicts', () => {
  test('a tag with another digest is not moved; it blocks its image everywhere, and no other', async () => {
    const [source, first, second] = [await registry(), await registry(), await registry()]
    const moved = await writeImage(at(source, 'stage/moved'), 'moved', 'v1')
    await writeImage(at(source, 'stage/fine'), 'fine', 'v1')
    const other = Buffer.from(`{"schemaVersion":2,"mediaType":"${mediaTypes.index}","manifests":[]}`)
    await at(first, 'prod/moved').writeManifest(other, mediaTypes.index, parseTag('v1'))
    const failure = await run({
      images: [`${source.host}/stage/moved:v1`, `${source.host}/stage/fine:v1`],
      to: [`${first.host}/prod`, `${second.host}/prod`],
    }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(FailedItems)
    expect(String(failure)).toContain(
      `${first.host}/prod/moved:v1 is ${digestOfBytes(other)}, and a tag is never moved`,
    )
    expect(await at(first, 'prod/moved').headManifest(moved.index.digest)).toBeUndefined()
    expect(await at(second, 'prod/moved').listTags()).toEqual([])
    expect(await at(first, 'prod/fine').headManifest(parseTag('v1'))).toBeDefined()
    expect(await at(second, 'prod/fine').headManifest(parseTag('v1'))).toBeDefined()
  })

  test('a tag set by another while we work is not moved', async () => {
    const place = await registry()
    const other = Buffer.from(`{"schemaVersion":2,"mediaType":"${mediaTypes.index}","manifests":[]}`)
    place.intercept = (request) => {
      if (request.method === 'PUT' && request.url?.endsWith(`/manifests/${release.image.signatureTag}`)) {
        place.repository('project/hello').manifests.set(digestOfBytes(other), { bytes: other, type: mediaTypes.index })
        place.repository('project/hello').tags.set('v1.2.3', digestOfBytes(other))
      }
      return false
    }
    await expect(run({ to: [`${place.host}/project`] })).rejects.toThrow(/meanwhile, and is not moved/)
    expect(place.repository('project/hello').tags.get('v1.2.3')).toBe(digestOfBytes(other))
  })

  test('an older signature that differs is not replaced', async () => {
    const place = await registry()
    const other = Buffer.from(`{"schemaVersion":2,"mediaType":"${mediaTypes.index}","manifests":[]}`)
    await at(place, 'project/hello').writeManifest(other, mediaTypes.index, parseTag(release.image.signatureTag))
    await expect(run({ to: [`${place.host}/project`] })).rejects.toThrow(/\.sig is sha256:/)
    expect(place.repository('project/hello').tags.size).toBe(1)
  })

  test('a destination that is away does not stop the others', async () => {
    const [away, place] = [await registry(), await registry()]
    const { host } = away
    await away.close()
    const failure = await run({ to: [`${host}/project`, `${place.host}/project`] }).catch((error: unknown) => error)
    expect(String(failure)).toMatch(/Cannot reach/)
    expect(await lacks(place, 'project/hello')).toEqual([])
  })

  test('a source that lists what it does not have is an error', async () => {
    const [source, place] = [await registry(), await registry()]
    const image = await writeImage(at(source, 'stage/hello'), 'hello', 'v1')
    source.repository('stage/hello').manifests.delete(image.platforms[1]?.digest ?? '')
    await expect(run({ images: [`${source.host}/stage/hello:v1`], to: [`${place.host}/p`] })).rejects.toThrow(
      new RegExp(`@${image.platforms[1]?.digest} is not there`),
    )
    expect(writes(place)).toEqual([])
  })

  test('a referrer that refers to something else is not carried', async () => {
    const [source, place] = [await registry(), await registry()]
    const image = await writeImage(at(source, 'stage/hello'), 'hello', 'v1')
    const { tags } = source.repository('stage/hello')
    tags.set(
      `sha256-${hexOf(image.platforms[0]?.digest ?? 'sha256:')}`,
      tags.get(`sha256-${hexOf(image.platforms[1]?.digest ?? 'sha256:')}`) ?? '',
    )
    await expect(run({ images: [`${source.host}/stage/hello:v1`], to: [`${place.host}/p`] })).rejects.toThrow(
      /does not refer to it/,
    )
  })
})

describe('images', () => {
  test('by tag and by digest; within one registry blobs are mounted, not read', async () => {
    const place = await registry()
    const image = await writeImage(at(place, 'stage/hello'), 'hello', 'v1.2.3')
    place.log.splice(0)
    await run({ images: [`${place.host}/stage/hello:v1.2.3`], to: [`${place.host}/prod`] })
    expect(place.log.filter((line) => /^GET .*\/blobs\//.test(line))).toEqual([])
    expect(place.log.filter((line) => /^PUT .*\/blobs\//.test(line))).toEqual([])
    expect(await lacks(place, 'prod/hello', image)).toEqual([])
    const byDigest = await run({
      images: [`${place.host}/stage/hello@${image.index.digest}`],
      to: [`${place.host}/other`],
    })
    expect(byDigest.promoted).toEqual([`${place.host}/other/hello@${image.index.digest}`])
    expect(await lacks(place, 'other/hello', image)).toEqual(['tag'])
  })

  test('a tag is resolved once', async () => {
    const [source, place] = [await registry(), await registry()]
    const image = await writeImage(at(source, 'stage/hello'), 'hello', 'v1')
    source.log.splice(0)
    await run({ images: [`${source.host}/stage/hello:v1`], to: [`${place.host}/p`] })
    expect(source.log.filter((line) => line.endsWith('/manifests/v1'))).toHaveLength(1)
    expect(place.repository('p/hello').tags.get('v1')).toBe(image.index.digest)
  })

  test('every one that is not there is named', async () => {
    const source = await registry()
    const failure = await run({ images: [`${source.host}/a:v1`, `${source.host}/b:v2`], to: ['oci:x'] }).catch(
      (error: unknown) => String(error),
    )
    expect(failure).toMatch(/\/a:v1 is not there/)
    expect(failure).toMatch(/\/b:v2 is not there/)
  })

  test('two that would share a tag are both left', async () => {
    const [source, place] = [await registry(), await registry()]
    await writeImage(at(source, 'one/hello'), 'one', 'v1')
    await writeImage(at(source, 'two/hello'), 'two', 'v1')
    const failure = await run({
      images: [`${source.host}/one/hello:v1`, `${source.host}/two/hello:v1`],
      to: [`${place.host}/p`],
    }).catch(String)
    expect(failure).toMatch(/2 failed/)
    expect(failure).toMatch(/p\/hello:v1 is asked to be sha256:\w+ and sha256:/)
    expect(writes(place)).toEqual([])
  })

  test('an image without evidence is carried, and the summary says so', async () => {
    const [source, place] = [await registry(), await registry()]
    const bytes = Buffer.from(`{"schemaVersion":2,"mediaType":"${mediaTypes.index}","manifests":[]}`)
    await at(source, 'stage/bare').writeManifest(bytes, mediaTypes.index, parseTag('v1'))
    const step = newStep()
    await run({ images: [`${source.host}/stage/bare:v1`], to: [`${place.host}/p`] }, step)
    expect(renderText(step.blocks)).toMatch(/Without any evidence at the source: .*stage\/bare@sha256/)
    expect(place.repository('p/bare').tags.get('v1')).toBe(digestOfBytes(bytes))
  })
})

describe('manifests', () => {
  test('say source, destinations and tags; a malformed entry fails alone', async () => {
    const [source, first, second] = [await registry(), await registry(), await registry()]
    const image = await writeImage(at(source, 'staging/hello'), 'hello')
    const path = join(folder, 'manifest.yaml')
    await writeFile(
      path,
      `registries:
- {name: ${source.host}/staging, src: true}
- {name: ${first.host}/prod}
- {name: ${second.host}/prod}
images:
- name: hello
  dmap:
    ${image.index.digest}: [1.10, v1.2.3]
    sha256:abc: [v0]
`,
    )
    const step = newStep()
    const failure = await run({ manifests: path }, step).catch((error: unknown) => String(error))
    expect(failure).toMatch(/1 failed\n- .*manifest\.yaml:9:5: digest: 'sha256:abc' is not/)
    for (const place of [first, second]) {
      expect(await lacks(place, 'prod/hello', image)).toEqual([])
      expect([...place.repository('prod/hello').tags.keys()]).toContain('1.10')
    }
  })
})

describe('bad input', () => {
  test.each<[string, Partial<PromotionOptions>, RegExp]>([
    ['nowhere to go', {}, /'to' is empty/],
    ['two sources', { images: ['a.io/b:v1'], manifests: 'x', to: ['oci:y'] }, /Two sources/],
    ['a release and images', { release: 'r', images: ['a.io/b:v1'], to: ['oci:y'] }, /Two sources/],
    ['no release', { release: '/nonexistent', to: ['oci:y'] }, /release\.json is missing/],
    ['a destination that is none', { to: ['not a place'] }, /not where images can lie/],
    ['a bucket without credentials', { to: ['s3://bucket/x'] }, /Set AWS_REGION/],
    ['images to a folder', { images: ['a.io/b:v1'], to: ['file:x'] }, /cannot be promoted to file:/],
    ['an image without tag', { images: ['a.io/b'], to: ['oci:x'] }, /neither a tag nor a digest/],
    ['an image that is none', { images: ['-a'], to: ['oci:x'] }, /not an image reference/],
    ['manifests with a destination', { manifests: 'x', to: ['oci:x'] }, /'to' has no meaning/],
    ['manifests that are not there', { manifests: '/nonexistent' }, /No manifests at/],
  ])('%s', async (_, options, message) => {
    const failure = await run(options).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(UserError)
    expect(String(failure)).toMatch(message)
    expect(await readdir(folder)).toEqual(['release'])
  })
})

describe('on GitHub', () => {
  const layoutManifest = 'registries: [{name: "oci:release/images", src: true}, {name: "oci:../x"}]\nimages: []\n'
  test.each<[string, Partial<PromotionOptions>]>([
    ['a folder', { to: ['file:../../x'] }],
    ['a folder behind a link', { to: ['file:link/x'] }],
    ['a layout', { to: ['oci:../x'] }],
    ['a layout that is absolute', { to: ['oci:/x'] }],
    ['an image in a layout', { images: ['oci:../x:hello:v1'], to: ['oci:y'] }],
    ['a layout of a manifest', { manifests: 'promoter-manifest.yaml' }],
  ])('%s outside the workspace is refused, and nothing is written', async (_, options) => {
    const workspace = join(folder, 'workspace')
    await cp(release.directory, join(workspace, 'release'), { recursive: true })
    await symlink(folder, join(workspace, 'link'))
    await writeFile(join(workspace, 'promoter-manifest.yaml'), layoutManifest)
    const resolvePath = pathResolver({ workspace, allowedRoots: [workspace] })
    const step = testStep({ workspace, onGitHub: true, resolvePath })
    const manifests = options.manifests && join(workspace, options.manifests)
    await expect(run({ ...options, manifests }, step)).rejects.toThrow(/^A path is outside the workspace: '/)
    expect((await readdir(folder)).sort()).toEqual(['release', 'workspace'])
    expect((await readdir(workspace)).sort()).toEqual(['link', 'promoter-manifest.yaml', 'release'])
  })

  test('a release that is a link out of the workspace is refused', async () => {
    const workspace = join(folder, 'workspace')
    await cp(release.directory, join(folder, 'elsewhere'), { recursive: true })
    await cp(release.directory, workspace, { recursive: true })
    await symlink(join(folder, 'elsewhere'), join(workspace, 'release'))
    const step = testStep({ workspace, resolvePath: pathResolver({ workspace, allowedRoots: [workspace] }) })
    await expect(run({ to: ['file:site'] }, step)).rejects.toThrow("A path is outside the workspace: 'release'")
  })
})
