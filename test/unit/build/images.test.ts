import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { extract } from 'tar-stream'
import { assembleImage, layerMaker } from '../../../src/build/assemble.ts'
import { observeBase } from '../../../src/build/base-image.ts'
import { basePackageUrl, type ImageSpec, imageTag, parseImages } from '../../../src/build/image-spec.ts'
import type { BuildPlan } from '../../../src/build/plan.ts'
import { parseTargets } from '../../../src/build/target.ts'
import {
  type Descriptor,
  type Digest,
  digestOfBytes,
  mediaTypes,
  type Platform,
  parseIndex,
  parseManifest,
  parseReference,
  parseTag,
} from '../../../src/oci/index.ts'
import { openLayout } from '../../../src/registry/index.ts'
import { testStep } from '../../step.ts'

const mains = ['hello', 'probe'].map((command) => ({
  command,
  importPath: `example.com/x/cmd/${command}`,
  directory: `cmd/${command}`,
}))
const targets = parseTargets(['linux/amd64', 'linux/arm', 'darwin/arm64'])
const digest: Digest = `sha256:${'a'.repeat(64)}`
const parse = (input: unknown) => parseImages(input, mains, targets)

describe('the input images', () => {
  test('absent, is an image on scratch for each command, for every Linux platform', () => {
    expect(parse(undefined)).toEqual(
      ['hello', 'probe'].map((command) => ({
        name: command,
        command,
        base: undefined,
        user: '65532:65532',
        entrypoint: [`/usr/local/bin/${command}`],
        labels: {},
        platforms: [
          { os: 'linux', architecture: 'amd64' },
          { os: 'linux', architecture: 'arm', variant: 'v7' },
        ],
      })),
    )
    expect(parseImages(undefined, mains, parseTargets(['darwin/arm64']))).toEqual([])
    expect(parse([])).toEqual([])
  })

  test('takes every key, sorted by name', () => {
    const images = parse([
      {
        name: 'project/zzz',
        'main-package': './cmd/probe',
        base: `gcr.io/distroless/static@${digest}`,
        user: 'nonroot',
        entrypoint: ['/usr/local/bin/probe', '--all'],
        labels: { b: '2', a: '1' },
        platforms: ['linux/arm'],
      },
      { name: 'hello' },
    ])
    expect(images.map(({ name, command }) => [name, command])).toEqual([
      ['hello', 'hello'],
      ['project/zzz', 'probe'],
    ])
    expect(images[1]).toMatchObject({
      user: 'nonroot',
      base: { name: 'distroless/static', digest },
      platforms: [{ variant: 'v7' }],
    })
    expect(Object.keys(images[1]?.labels ?? {})).toEqual(['a', 'b'])
  })

  test('lets an image have another name than the only command', () => {
    expect(parseImages([{ name: 'other' }], mains.slice(0, 1), targets)[0]?.command).toBe('hello')
    expect(parse([{ name: 'x', 'main-package': 'example.com/x/cmd/probe' }])[0]?.command).toBe('probe')
    expect(parse([{ name: 'x', 'main-package': 'probe' }])[0]?.command).toBe('probe')
  })

  test.each<[unknown, RegExp, RegExp]>([
    ['hello', /is not a list/, /\[\] for none/],
    [['hello'], /images\[0\] is not a map/, /name, main-package/],
    [[{ name: 'hello', entrypiont: ['x'] }], /unknown key 'entrypiont'/, /Did you mean 'entrypoint'/],
    [[{ name: 'Hello' }], /'Hello' is not a name/, /lower-case/],
    [[{ name: 'hello:v1' }], /is not a name/, /./],
    [[{ base: 'scratch' }], /'' is not a name/, /./],
    [[{ name: 'other' }], /no main package for 'other'/, /\.\/cmd\/hello, \.\/cmd\/probe/],
    [[{ name: 'hello', 'main-package': './cmd/x' }], /'\.\/cmd\/x' is no main package/, /\.\/cmd\/hello/],
    [
      [{ name: 'hello', base: 'gcr.io/distroless/static:nonroot' }],
      /has no digest/,
      /gcr\.io\/distroless\/static@sha256:…; 'crane digest gcr/,
    ],
    [[{ name: 'hello', base: 'debian' }], /is not an image reference/, /./],
    [[{ name: 'hello', base: 'oci:base:debian' }], /neither tag nor digest/, /^$/],
    [[{ name: 'hello', user: 'nonroot' }], /'nonroot' is not a user/, /On scratch there are no names/],
    [[{ name: 'hello', user: 65532 }], /user is not text/, /in quotes: "65532"/],
    [[{ name: 'hello', base: `x.io/y@${digest}`, user: '-u' }], /'-u' is not a user/, /./],
    [[{ name: 'hello', entrypoint: 'x' }], /entrypoint is not a list/, /^$/],
    [[{ name: 'hello', labels: ['x'] }], /labels is not a map/, /^$/],
    [[{ name: 'hello', labels: { a: 1 } }], /label 'a' is not text/, /in quotes/],
    [[{ name: 'hello', platforms: ['linux/s390x'] }], /linux\/s390x is not built/, /platforms/],
    [[{ name: 'hello', platforms: ['darwin/arm64'] }], /darwin\/arm64 is not built/, /for Linux/],
    [[{ name: 'hello' }, { name: 'hello' }], /Two images are called 'hello'/, /^$/],
  ])('%j is refused', (input, message, hint) => {
    expect(() => parse(input)).toThrow(message)
    expect(() => parse(input)).toThrow(expect.objectContaining({ name: 'UserError' }))
    try {
      parse(input)
    } catch (error) {
      expect(error instanceof Object && 'hint' in error ? (error.hint ?? '') : '').toMatch(hint)
    }
  })

  test('a version with + makes a tag with _', () => {
    expect(imageTag('v1.2.3+k3s1')).toBe('v1.2.3_k3s1')
  })

  test('a base is named the same on every machine', () => {
    expect(basePackageUrl(parseReference(`gcr.io/distroless/static@${digest}`), digest)).toBe(
      `pkg:oci/static@sha256%3A${'a'.repeat(64)}?repository_url=gcr.io%2Fdistroless%2Fstatic`,
    )
    expect(basePackageUrl(parseReference('oci:/home/me/base:debian:13'), digest)).toBe(
      `pkg:oci/debian@sha256%3A${'a'.repeat(64)}`,
    )
  })
})

describe('an image', () => {
  let folder: string
  let layout: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'images-'))
    layout = join(folder, 'images')
    await writeFile(join(folder, 'hello'), 'the binary')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const amd64: Platform = { os: 'linux', architecture: 'amd64' }
  const arm: Platform = { os: 'linux', architecture: 'arm', variant: 'v7' }
  const plan: BuildPlan = {
    project: 'hello',
    version: 'v1.2.3',
    source: {
      repository: 'https://github.com/example/hello',
      commit: 'c'.repeat(40),
      commitTime: '2026-01-02T03:04:05Z',
      modified: false,
    },
    goVersion: '1.26.8',
    arguments: [],
    platforms: [],
    images: [],
    parameters: {},
    dependencies: [],
  }
  const spec: ImageSpec = {
    name: 'hello',
    command: 'hello',
    base: undefined,
    user: '65532:65532',
    entrypoint: ['/usr/local/bin/hello'],
    labels: { 'org.opencontainers.image.licenses': 'Apache-2.0', team: 'release' },
    platforms: [amd64, arm],
  }
  const build = async (base?: Awaited<ReturnType<typeof observeBase>>, used: ImageSpec = spec) => {
    const binaries = [amd64, arm].map((platform) => ({
      command: 'hello',
      platform,
      path: join(folder, 'hello'),
      size: 10,
    }))
    const makeLayer = layerMaker(layout, binaries, new Date(plan.source.commitTime))
    const subject = await assembleImage(plan, { spec: used, tag: parseTag('v1.2.3') }, base, layout, makeLayer)
    const repository = openLayout(layout, used.name)
    const index = parseIndex((await repository.readManifest(parseTag('v1.2.3')))?.bytes ?? Buffer.alloc(0), 'index')
    const platforms = await Promise.all(
      index.manifests.map(async (entry) => {
        const manifest = parseManifest(
          (await repository.readManifest(entry.digest))?.bytes ?? Buffer.alloc(0),
          'manifest',
        )
        const config = JSON.parse((await buffer(await repository.readBlob(manifest.config))).toString())
        return { entry, manifest, config }
      }),
    )
    return { subject, index, platforms, repository }
  }
  const annotations = {
    'org.opencontainers.image.created': '2026-01-02T03:04:05Z',
    'org.opencontainers.image.licenses': 'Apache-2.0',
    'org.opencontainers.image.revision': 'c'.repeat(40),
    'org.opencontainers.image.source': 'https://github.com/example/hello',
    'org.opencontainers.image.title': 'hello',
    'org.opencontainers.image.version': 'v1.2.3',
  }

  test('on scratch has one layer, a config and annotations for each platform', async () => {
    const { subject, index, platforms, repository } = await build()
    expect(index.annotations).toEqual(annotations)
    expect(index.manifests.map(({ platform }) => platform)).toEqual([amd64, arm])
    expect(subject).toMatchObject({ kind: 'image', name: 'hello', tags: ['v1.2.3'], mediaType: mediaTypes.index })
    expect(subject.manifests.map(({ digest: found }) => found)).toEqual(
      index.manifests.map(({ digest: found }) => found),
    )
    for (const { manifest, config } of platforms) {
      expect(manifest.annotations).toEqual(annotations)
      expect(config.config).toEqual({
        User: '65532:65532',
        Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
        Entrypoint: ['/usr/local/bin/hello'],
        Labels: { ...annotations, team: 'release' },
      })
      const [layer] = manifest.layers
      const tar = gunzipSync(await buffer(await repository.readBlob(layer as Descriptor)))
      expect(config.rootfs.diff_ids).toEqual([digestOfBytes(tar)])
      const parser = extract()
      Readable.from([tar]).pipe(parser)
      const entries: [string, number | undefined, string][] = []
      for await (const entry of parser)
        entries.push([entry.header.name, entry.header.mode, (await buffer(entry)).toString()])
      expect(entries).toEqual([
        ['usr/', 0o755, ''],
        ['usr/local/', 0o755, ''],
        ['usr/local/bin/', 0o755, ''],
        ['usr/local/bin/hello', 0o755, 'the binary'],
      ])
    }
    expect(platforms.map(({ config }) => [config.architecture, config.variant])).toEqual([
      ['amd64', undefined],
      ['arm', 'v7'],
    ])
  })

  test('made twice is the same image', async () => {
    const first = await build()
    expect((await build()).subject).toEqual(first.subject)
  })

  describe('on a base', () => {
    const baseLayer = Buffer.from('a layer')
    const config = (platform: Platform, more: object = {}) => ({
      ...platform,
      config: { Env: ['PATH=/bin', 'A=b'], Cmd: ['sh'], User: 'root', WorkingDir: '/work', Labels: { base: 'yes' } },
      rootfs: { type: 'layers', diff_ids: [digestOfBytes('a layer')] },
      history: [{ created_by: 'debian' }],
      ...more,
    })
    const makeBase = async (
      platforms: readonly Platform[],
      more: object = {},
      layerType: string = mediaTypes.layer,
    ) => {
      const repository = openLayout(join(folder, 'base'), 'debian')
      const put = (bytes: Buffer) => repository.addBlob(Readable.from([bytes]))
      const layer = { mediaType: layerType, ...(await put(baseLayer)) }
      const manifests = await Promise.all(
        platforms.map(async (platform) => {
          const stored = {
            mediaType: mediaTypes.config,
            ...(await put(Buffer.from(JSON.stringify(config(platform, more))))),
          }
          const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config: stored, layers: [layer] }
          return {
            ...(await repository.writeManifest(Buffer.from(JSON.stringify(manifest)), mediaTypes.manifest)),
            platform,
          }
        }),
      )
      const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests }
      return repository.writeManifest(Buffer.from(JSON.stringify(index)), mediaTypes.index, parseTag('13'))
    }
    const observe = (platforms: readonly Platform[], text = 'oci:base:debian:13') =>
      observeBase(parseReference(text), platforms, testStep({ workspace: folder }))

    test('has its layers below, and inherits what it does not set', async () => {
      const { digest: baseDigest } = await makeBase([amd64, { os: 'linux', architecture: 'arm' }, arm])
      const { platforms, index, repository } = await build(await observe([amd64, arm]))
      expect(index.annotations).toEqual({ ...annotations, 'org.opencontainers.image.base.digest': baseDigest })
      for (const { manifest, config: made } of platforms) {
        expect(manifest.layers).toHaveLength(2)
        expect(await buffer(await repository.readBlob(manifest.layers[0] as Descriptor))).toEqual(baseLayer)
        expect(made.rootfs.diff_ids[0]).toBe(digestOfBytes('a layer'))
        expect(made.history).toHaveLength(2)
        expect(made.config).toMatchObject({
          Env: ['PATH=/bin', 'A=b'],
          User: '65532:65532',
          WorkingDir: '/work',
          Labels: { base: 'yes', team: 'release' },
        })
        expect(made.config).not.toHaveProperty('Cmd')
      }
    })

    test('by digest is the base of that digest', async () => {
      const { digest: baseDigest } = await makeBase([amd64])
      expect((await observe([amd64], `oci:base:debian@${baseDigest}`)).digest).toBe(baseDigest)
    })

    test('of Docker gets layers of OCI', async () => {
      await makeBase([amd64], {}, 'application/vnd.docker.image.rootfs.diff.tar.gzip')
      const base = await observe([amd64])
      expect(base.platforms.get('linux/amd64')?.layers[0]?.mediaType).toBe(mediaTypes.layer)
    })

    test('serves arm64 as v8, and every variant where it names none', async () => {
      const arm64: Platform = { os: 'linux', architecture: 'arm64' }
      await makeBase([
        { ...arm64, variant: 'v8' },
        { os: 'linux', architecture: 'arm' },
      ])
      expect([...(await observe([arm64, arm])).platforms.keys()]).toEqual(['linux/arm64', 'linux/arm/v7'])
    })

    test.each<[string, () => Promise<unknown>, RegExp]>([
      ['is not there', async () => undefined, /was not found/],
      ['lacks a platform', () => makeBase([arm]), /is not there for linux\/amd64/],
      ['has only another variant', () => makeBase([{ ...amd64, variant: 'v3' }]), /is not there for linux\/amd64/],
      [
        'lies about its platform',
        () => makeBase([amd64], { architecture: 's390x' }),
        /is for linux\/s390x, not linux\/amd64/,
      ],
      [
        'has more layers than its config',
        () => makeBase([amd64], { rootfs: { type: 'layers', diff_ids: [] } }),
        /contradicts itself/,
      ],
      ['has no configuration', () => makeBase([amd64], { rootfs: undefined }), /has no image configuration/],
      [
        'may not be passed on',
        () => makeBase([amd64], {}, 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'),
        /cannot be passed on/,
      ],
    ])('that %s is refused', async (_, make, message) => {
      await make()
      const observed = observe([amd64])
      await expect(observed).rejects.toThrow(message)
      await expect(observed).rejects.toMatchObject({ name: 'UserError' })
    })

    test('whose layer was tampered with ends the build', async () => {
      await makeBase([amd64])
      const base = await observe([amd64])
      await writeFile(join(folder, 'base', 'blobs', 'sha256', digestOfBytes('a layer').slice(7)), 'A layer')
      await expect(build(base, { ...spec, platforms: [amd64] })).rejects.toThrow(/Digest mismatch/)
      expect(await openLayout(layout, 'hello').listTags()).toEqual([])
    })
  })
})
