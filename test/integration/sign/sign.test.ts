import { generateKeyPairSync } from 'node:crypto'
import { mkdir, readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Digest, parseTag } from '../../../src/oci/index.ts'
import { openLayout } from '../../../src/registry/index.ts'
import { type ImageSubject, imageSubjects, openRelease, saveRelease } from '../../../src/release/index.ts'
import { renderText } from '../../../src/runner/index.ts'
import { imageSignatureType, type SignInput, type SignResult, sign } from '../../../src/sign/index.ts'
import { openVerifier } from '../../../src/sigstore/index.ts'
import { type TestStep, testStep } from '../../step.ts'
import { copyTestRelease, createTestRelease, type TestRelease } from '../../unit/attest/release.ts'
import { noSigner, noVerifier } from '../../unit/sigstore/options.ts'

let template: TestRelease
let release: TestRelease
let step: TestStep
beforeAll(async () => {
  template = await createTestRelease()
})
afterAll(() => template.remove())
beforeEach(async () => {
  release = await copyTestRelease(template)
  step = testStep({ workspace: release.folder })
})
afterEach(() => release.remove())

const unknown: Digest = `sha256:${'1'.repeat(64)}`

const nothing: SignInput = {
  ...noSigner,
  release: 'none',
  files: [],
  images: [],
  recursive: false,
  plainHttp: [],
  dryRun: false,
}

const signRelease = (changed: Partial<SignInput> = {}): Promise<SignResult> =>
  sign({ ...nothing, release: release.directory, key: release.key, ...changed }, step)

const evidence = async () => (await openRelease(release.directory)).record.evidence

async function images(): Promise<{ name: string; digests: Digest[] }[]> {
  const { record } = await openRelease(release.directory)
  return imageSubjects(record).map(({ name, digest, manifests }) => ({
    name,
    digests: [digest, ...manifests.map((manifest) => manifest.digest)],
  }))
}

/** Every file of the release with its bytes' digest and time. */
async function snapshot(): Promise<string[]> {
  const names = await readdir(release.directory, { recursive: true })
  const lines = await Promise.all(
    names.sort().map(async (name) => {
      const { mtimeMs, size } = await stat(join(release.directory, name))
      return `${name} ${size} ${mtimeMs}`
    }),
  )
  return lines
}

async function otherKey(): Promise<string> {
  const path = join(release.folder, 'other.key')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  return path
}

describe('signing a release', () => {
  test('signs every file, index and platform manifest, and records it', async () => {
    const result = await signRelease()
    const { record, digest } = await openRelease(release.directory)
    expect(result).toMatchObject({ releaseDigest: digest, changed: true, signer: { kind: 'key', origin: 'given' } })
    const verifier = await openVerifier({ ...noVerifier, key: release.publicKey }, step)
    for (const subject of record.subjects) {
      if (subject.kind === 'image') continue
      const entry = record.evidence.find(({ path }) => path === `evidence/${subject.name}.sigstore.json`)
      expect(entry).toMatchObject({ kind: 'signature', subjects: [`sha256:${subject.sha256}`], signer: result.signer })
      const bundle = await readFile(join(release.directory, entry?.path ?? ''))
      const { createReadStream } = await import('node:fs')
      await verifier.verifyBlob(bundle, () => createReadStream(join(release.directory, subject.path)))
    }
    for (const { name, digests } of await images()) {
      for (const each of digests) {
        const entry = record.evidence.find(({ subjects }) => subjects.includes(each))
        expect(entry).toMatchObject({ kind: 'signature', predicateType: imageSignatureType, subjects: [each] })
        const referrers = await openLayout(join(release.directory, 'images'), name).listReferrers(each)
        expect(referrers).toHaveLength(1)
        const bundle = await readFile(join(release.directory, entry?.path ?? ''))
        expect((await verifier.verifyStatement(bundle)).statement).toEqual({
          _type: 'https://in-toto.io/Statement/v1',
          subject: [{ digest: { sha256: each.slice(7) } }],
          predicateType: imageSignatureType,
          predicate: {},
        })
      }
    }
    expect(record.evidence.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['evidence/hello.image.sigstore.json', 'evidence/hello-linux-armv7.image.sigstore.json']),
    )
    expect(result.bundles).toHaveLength(record.evidence.length)
    expect(renderText(step.blocks)).toMatch(/SUBJECT +DIGEST +BUNDLE +SIGNER +STATE/)
  })

  test('a second run signs nothing, writes nothing and says so', async () => {
    const first = await signRelease()
    const before = await snapshot()
    step.blocks.length = 0
    expect(step.messages.map(({ message }) => message).join()).not.toContain('nothing changed')
    const second = await signRelease()
    const count = first.bundles.length
    expect(step.messages).toContainEqual({
      kind: 'info',
      message: `All ${count} signatures were there: nothing changed`,
    })
    expect(second).toEqual({ ...first, changed: false })
    expect(await snapshot()).toEqual(before)
    expect(renderText(step.blocks)).toContain('Everything was signed before.')
  })

  test('a dry run writes nothing and prints what is missing', async () => {
    const before = await snapshot()
    const result = await signRelease({ dryRun: true })
    expect(result).toMatchObject({ changed: true, bundles: [] })
    expect(await snapshot()).toEqual(before)
    expect(renderText(step.blocks)).toMatch(/to be signed[\s\S]*nothing was written/)
    await signRelease()
    expect(await signRelease({ dryRun: true })).toMatchObject({ changed: false })
  })

  test.each<[string, () => Promise<unknown>]>([
    [
      'before the record was written',
      async () => {
        const { record } = await openRelease(release.directory)
        await saveRelease(release.directory, { ...record, evidence: [] })
      },
    ],
    [
      'before a bundle was attached to its image',
      async () => {
        const path = join(release.directory, 'images', 'index.json')
        const index = JSON.parse(await readFile(path, 'utf8'))
        index.manifests = index.manifests.filter(
          ({ annotations }: { annotations?: object }) =>
            annotations && 'org.opencontainers.image.ref.name' in annotations,
        )
        await writeFile(path, JSON.stringify(index))
      },
    ],
    [
      'before a bundle of an image was in evidence/',
      () => unlink(join(release.directory, 'evidence', 'hello.image.sigstore.json')),
    ],
  ])('a run that was killed %s is healed without another signature', async (_, kill) => {
    await signRelease()
    const index = JSON.parse(await readFile(join(release.directory, 'images', 'index.json'), 'utf8'))
    const bundles = await readdir(join(release.directory, 'evidence'))
    const contents = await Promise.all(
      bundles.map((name) => readFile(join(release.directory, 'evidence', name), 'utf8')),
    )
    await kill()
    expect(await signRelease()).toMatchObject({ changed: true })
    expect(await evidence()).toHaveLength(bundles.length)
    expect(JSON.parse(await readFile(join(release.directory, 'images', 'index.json'), 'utf8'))).toEqual(index)
    expect(
      await Promise.all(bundles.map((name) => readFile(join(release.directory, 'evidence', name), 'utf8'))),
    ).toEqual(contents)
  })

  test('only what is missing is signed', async () => {
    await signRelease()
    const kept = await readFile(join(release.directory, 'evidence', 'hello.tar.gz.sigstore.json'), 'utf8')
    await unlink(join(release.directory, 'evidence', 'SHA256SUMS.sigstore.json'))
    step.blocks.length = 0
    expect(await signRelease()).toMatchObject({ changed: true })
    expect(renderText(step.blocks).match(/ signed$/gm)).toHaveLength(1)
    expect(await readFile(join(release.directory, 'evidence', 'hello.tar.gz.sigstore.json'), 'utf8')).toBe(kept)
  })

  test('a damaged or forged bundle is replaced', async () => {
    await signRelease()
    const path = join(release.directory, 'evidence', 'hello.tar.gz.sigstore.json')
    await writeFile(path, await readFile(join(release.directory, 'evidence', 'SHA256SUMS.sigstore.json')))
    expect(await signRelease()).toMatchObject({ changed: true })
    expect(await signRelease()).toMatchObject({ changed: false })
  })

  test('another signer adds signatures and replaces none', async () => {
    const first = await signRelease()
    const second = await signRelease({ key: await otherKey() })
    const recorded = await evidence()
    expect(recorded).toHaveLength(first.bundles.length + second.bundles.length)
    expect(recorded.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'evidence/hello.tar.gz.sigstore.json',
        'evidence/hello.tar.gz-2.sigstore.json',
        'evidence/hello-2.image.sigstore.json',
      ]),
    )
    expect(await signRelease()).toMatchObject({ changed: false })
    expect(await signRelease({ key: await otherKey() })).toMatchObject({ changed: true })
  })

  test('two files of the same bytes are signed each', async () => {
    const { record } = await openRelease(release.directory)
    const [first] = record.subjects.filter((subject) => subject.kind === 'file')
    if (!first) throw new Error('the release has no file')
    const twin = { ...first, name: 'twin', path: 'files/twin' }
    await writeFile(join(release.directory, 'files', 'twin'), await readFile(join(release.directory, first.path)))
    await saveRelease(release.directory, { ...record, subjects: [...record.subjects, twin] })
    await signRelease()
    expect((await evidence()).filter(({ subjects }) => subjects.includes(`sha256:${first.sha256}`))).toHaveLength(2)
    expect(await signRelease()).toMatchObject({ changed: false })
  })
})

describe('what is not signed', () => {
  test('a file that differs from the record: nothing is', async () => {
    await writeFile(join(release.directory, 'files', 'hello.tar.gz'), 'tampered')
    await expect(signRelease()).rejects.toThrow(/hello\.tar\.gz: digest mismatch/)
    expect(await readdir(release.directory)).not.toContain('evidence')
  })

  test('a file that changes while it is signed', async () => {
    const path = join(release.folder, 'changing')
    await writeFile(path, 'after')
    const { signContent } = await import('../../../src/sign/content.ts')
    const { openSigner } = await import('../../../src/sigstore/index.ts')
    const signer = await openSigner({ ...noSigner, key: release.key }, step)
    const digest: Digest = `sha256:${'0'.repeat(64)}`
    await expect(signContent({ kind: 'file', path, digest }, signer)).rejects.toThrow(/changed while it was signed/)
  })

  test.each<[string, (image: ImageSubject) => ImageSubject, RegExp]>([
    ['that the layout lacks', (image) => ({ ...image, digest: unknown }), /hello: sha256:1+ is not in the layout/],
    ['of another size', (image) => ({ ...image, size: image.size + 1 }), /another size or media type/],
    [
      'with a platform that it does not list',
      (image) => ({ ...image, manifests: image.manifests.map((one) => ({ ...one, digest: image.digest })) }),
      /is not a platform of/,
    ],
  ])('an image %s: nothing is', async (_, change, message) => {
    const { record } = await openRelease(release.directory)
    const subjects = record.subjects.map((subject) => (subject.kind === 'image' ? change(subject) : subject))
    await saveRelease(release.directory, { ...record, subjects })
    await expect(signRelease()).rejects.toThrow(message)
    expect(await readdir(release.directory)).not.toContain('evidence')
  })

  test('evidence whose names would meet', async () => {
    const { record } = await openRelease(release.directory)
    const [image] = imageSubjects(record)
    if (!image) throw new Error('the release has no image')
    const clash = { ...image, name: 'hello-linux-amd64', manifests: [] }
    await saveRelease(release.directory, { ...record, subjects: [...record.subjects, clash] })
    await expect(signRelease()).rejects.toThrow(/would both be evidence\/hello-linux-amd64\.image\.sigstore\.json/)
  })

  test('a release without subjects, and none at all', async () => {
    const { record } = await openRelease(release.directory)
    await saveRelease(release.directory, { ...record, subjects: [] })
    await expect(signRelease()).rejects.toThrow(/has nothing to sign/)
    await expect(signRelease({ release: join(release.folder, 'none') })).rejects.toThrow(/release\.json is missing/)
  })
})

describe('signing files', () => {
  test('each gets its bundle beside it, and bundles are no files', async () => {
    await mkdir(join(release.folder, 'dist'))
    await writeFile(join(release.folder, 'dist', 'a'), 'a')
    await writeFile(join(release.folder, 'dist', 'b'), 'b')
    const input = { ...nothing, key: release.key, files: ['dist/*'] }
    const result = await sign(input, step)
    expect(result).toMatchObject({ releaseDigest: '', changed: true })
    expect(result.bundles).toEqual([
      { subject: 'dist/a', digest: expect.stringMatching(/^sha256:ca978112/), bundle: 'dist/a.sigstore.json' },
      { subject: 'dist/b', digest: expect.stringMatching(/^sha256:3e23e816/), bundle: 'dist/b.sigstore.json' },
    ])
    expect(await sign(input, step)).toEqual({ ...result, changed: false })
    expect((await readdir(join(release.folder, 'dist'))).sort()).toEqual([
      'a',
      'a.sigstore.json',
      'b',
      'b.sigstore.json',
    ])
    await writeFile(join(release.folder, 'dist', 'a'), 'changed')
    expect(await sign(input, step)).toMatchObject({ changed: true })
  })

  test.each([
    ['nothing', 'none/*', /No file matches/],
    ['only bundles', '*.sigstore.json', /Only Sigstore bundles match/],
  ])('%s', async (_, pattern, message) => {
    await writeFile(join(release.folder, 'x.sigstore.json'), '{}')
    await expect(sign({ ...nothing, key: release.key, files: [pattern] }, step)).rejects.toThrow(message)
  })
})

describe('signing images in a layout', () => {
  const layout = (): string => join(release.directory, 'images')

  test('an index alone, or with its manifests; a tag is resolved', async () => {
    const reference = `oci:${layout()}:hello:v1.2.3`
    const [image] = await images()
    const one = await sign({ ...nothing, key: release.key, images: [reference] }, step)
    expect(one.bundles).toMatchObject([{ digest: image?.digests[0] }])
    const all = await sign({ ...nothing, key: release.key, images: [reference], recursive: true }, step)
    expect(all.bundles.map(({ digest }) => digest).sort()).toEqual([...(image?.digests ?? [])].sort())
    expect(all.bundles[0]).toEqual(one.bundles[0])
    expect(await sign({ ...nothing, key: release.key, images: [reference], recursive: true }, step)).toMatchObject({
      changed: false,
    })
    for (const digest of image?.digests ?? []) {
      expect(await openLayout(layout(), 'hello').listReferrers(digest)).toHaveLength(1)
    }
  })

  test.each([
    ['no tag or digest', ':hello', /names neither a tag nor a digest/],
    ['a tag that is not there', ':hello:none', /There is no image/],
    ['no reference', '', /is not an image reference/],
  ])('%s', async (_, rest, message) => {
    const images = [`oci:${layout()}${rest}`]
    await expect(sign({ ...nothing, key: release.key, images }, step)).rejects.toThrow(message)
  })

  test('the layout keeps its tags', async () => {
    await sign({ ...nothing, key: release.key, images: [`oci:${layout()}:hello:v1.2.3`], recursive: true }, step)
    expect(await openLayout(layout(), 'hello').listTags()).toContain(parseTag('v1.2.3'))
  })
})
