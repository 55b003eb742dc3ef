import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { attest } from '../../../src/attest/index.ts'
import { imageSubjects, openRelease } from '../../../src/release/index.ts'
import { FailedItems } from '../../../src/runner/index.ts'
import { sign } from '../../../src/sign/index.ts'
import { type VerifyWishes, verify } from '../../../src/verify/index.ts'
import { testStep } from '../../step.ts'
import { attestWishes, copyTestRelease, createTestRelease, type TestRelease, writeKeyPair } from '../attest/release.ts'
import { noSigner } from '../sigstore/options.ts'
import { noVerification } from './wishes.ts'

let template: TestRelease
let release: TestRelease
const path = (name: string): string => join(release.directory, name)
const step = () => testStep({ workspace: release.directory })
const images = ['oci:images:hello:v1.2.3']

const signWishes = (changed: object) => ({
  ...noSigner,
  release: release.directory,
  key: release.key,
  files: [],
  images: [],
  recursive: false,
  plainHttp: [],
  dryRun: false,
  ...changed,
})

const wishes = (changed: Partial<VerifyWishes>): VerifyWishes => ({
  ...noVerification,
  release: release.directory,
  key: release.publicKey,
  ...changed,
})

const failing = async (changed: Partial<VerifyWishes>): Promise<readonly string[]> => {
  const error = await verify(wishes(changed), step()).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(FailedItems)
  return (error as FailedItems).failures.map(({ message }) => message)
}

beforeAll(async () => {
  template = await createTestRelease()
})
afterAll(() => template.remove())
beforeEach(async () => {
  release = await copyTestRelease(template)
})
afterEach(() => release.remove())

describe('files', () => {
  const files = ['files/hello-linux-amd64', 'files/hello-linux-arm']
  beforeEach(() => sign(signWishes({ files }), step()))

  test('are verified by the bundle beside each', async () => {
    const report = await verify(wishes({ files }), step())
    expect(report.checks.map(({ subject, passed }) => [subject, passed])).toEqual([
      ['hello-linux-amd64', true],
      ['hello-linux-arm', true],
    ])
    expect(report.release).toBeUndefined()
  })

  test('fail one by one', async () => {
    await writeFile(path('files/hello-linux-arm'), 'other')
    const [failure, ...others] = await failing({ files })
    expect(others).toEqual([])
    expect(failure).toMatch(/^hello-linux-arm: signature: The file differs/)
  })

  test('fail without a bundle, with one that is none, by another key, and with the bundle of another file', async () => {
    await rm(path('files/hello-linux-arm.sigstore.json'))
    expect(await failing({ files })).toEqual([expect.stringMatching(/there is no bundle/)])
    await writeFile(path('files/hello-linux-arm.sigstore.json'), '[]')
    expect(await failing({ files })).toEqual([expect.stringMatching(/Not a Sigstore bundle/)])
    await copyFile(path('files/hello-linux-amd64.sigstore.json'), path('files/hello-linux-arm.sigstore.json'))
    expect(await failing({ files })).toHaveLength(1)
    const { publicKey } = await writeKeyPair(release.folder, 'other')
    expect(await failing({ files, key: publicKey })).toHaveLength(2)
  })

  test('are verified by a bundle elsewhere', async () => {
    await copyFile(path('files/hello-linux-arm.sigstore.json'), path('../bundle.json'))
    await rm(path('files/hello-linux-arm.sigstore.json'))
    const report = await verify(wishes({ files: ['files/hello-linux-arm'], bundle: path('../bundle.json') }), step())
    expect(report.verified).toBe(true)
    await expect(verify(wishes({ files, bundle: path('../bundle.json') }), step())).rejects.toThrow(/is for one file/)
  })

  test('an attestation counts only for the file that its statement names', async () => {
    await writeFile(path('../vex.json'), '{}')
    const [file] = files
    await attest(attestWishes(release, { files, predicate: path('../vex.json'), predicateType: 'openvex' }), step())
    const bundle = path('files/hello-linux-amd64.openvex.sigstore.json')
    expect((await verify(wishes({ files: [file ?? ''], bundle }), step())).verified).toBe(true)
    expect(await failing({ files: ['files/hello-linux-arm'], bundle })).toEqual([
      expect.stringMatching(/its attestation does not speak of sha256:/),
    ])
  })

  test('nobody named who must have signed is an error, never a pass', async () => {
    await expect(verify(wishes({ files, key: undefined }), step())).rejects.toThrow(/who must have signed/)
  })
})

describe('images', () => {
  test('are verified by their referrers', async () => {
    await sign(signWishes({ images }), step())
    const report = await verify(wishes({ images }), step())
    expect(report.checks).toHaveLength(1)
    expect(report.checks[0]).toMatchObject({ check: 'signature', passed: true })
  })

  test('with every platform, when that is asked for', async () => {
    await sign(signWishes({ images }), step())
    expect(await failing({ images, recursive: true })).toEqual([
      expect.stringMatching(/nobody signed it/),
      expect.stringMatching(/nobody signed it/),
    ])
    await sign(signWishes({ images, recursive: true }), step())
    expect((await verify(wishes({ images, recursive: true }), step())).checks).toHaveLength(3)
  })

  test('fail without signature, with an attestation only, by another key, and where there is none', async () => {
    expect(await failing({ images })).toEqual([expect.stringMatching(/nobody signed it/)])
    await writeFile(path('../vex.json'), '{}')
    await attest(attestWishes(release, { images, predicate: path('../vex.json'), predicateType: 'openvex' }), step())
    expect(await failing({ images })).toEqual([expect.stringMatching(/nobody signed it/)])
    await sign(signWishes({ images }), step())
    const { publicKey } = await writeKeyPair(release.folder, 'other')
    expect(await failing({ images, key: publicKey })).toHaveLength(1)
    expect(await failing({ images: ['oci:images:hello:v9', ...images] })).toEqual([
      expect.stringMatching(/there is no such image/),
    ])
    expect(await failing({ images: ['oci:images:hello'] })).toEqual([expect.stringMatching(/neither tag nor digest/)])
  })

  test("fail when another image's signature was moved to them", async () => {
    const [image] = imageSubjects((await openRelease(release.directory)).record)
    const digests = image?.manifests.map(({ digest }) => digest) ?? []
    await sign(signWishes({ images: [`oci:images:hello@${digests[0]}`] }), step())
    const index = JSON.parse(await readFile(path('images/index.json'), 'utf8'))
    const referrer = index.manifests.at(-1)
    const blob = path(`images/blobs/sha256/${referrer.digest.slice(7)}`)
    const manifest = JSON.parse(await readFile(blob, 'utf8'))
    const { openLayout } = await import('../../../src/registry/index.ts')
    const moved = { ...manifest, subject: { ...manifest.subject, digest: digests[1], size: image?.manifests[1]?.size } }
    await openLayout(path('images'), 'hello').writeReferrer(Buffer.from(JSON.stringify(moved)), referrer.mediaType)
    expect((await verify(wishes({ images: [`oci:images:hello@${digests[0]}`] }), step())).verified).toBe(true)
    expect(await failing({ images: [`oci:images:hello@${digests[1]}`] })).toEqual([
      expect.stringMatching(/signs another image/),
    ])
  })
})
