import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { attest, predicateTypes } from '../../../src/attest/index.ts'
import { openLayout } from '../../../src/registry/index.ts'
import { imageSubjects, openRelease, saveRelease, writeChecksums } from '../../../src/release/index.ts'
import { openVerifier } from '../../../src/sigstore/index.ts'
import { testStep } from '../../step.ts'
import {
  addFile,
  attestWishes,
  copyTestRelease,
  createTestRelease,
  spdx,
  type TestRelease,
  writeKeyPair,
} from '../../unit/attest/release.ts'

let template: TestRelease
let release: TestRelease

beforeAll(async () => {
  template = await createTestRelease()
})
afterAll(() => template.remove())

beforeEach(async () => {
  release = await copyTestRelease(template)
})

afterEach(() => release.remove())

describe('a release', () => {
  test('gets provenance over everything and each SBOM over what it describes', async () => {
    const { attestations, changed, releaseDigest } = await attest(attestWishes(release), testStep())
    expect(changed).toBe(true)
    const opened = await openRelease(release.directory)
    expect(releaseDigest).toBe(opened.digest)
    const digests = opened.record.subjects.flatMap((subject) =>
      subject.kind === 'file' ? [subject.sha256] : [subject.digest, ...subject.manifests.map(({ digest }) => digest)],
    )
    const provenance = await readStatement(release, 'evidence/provenance.sigstore.json')
    expect(provenance.predicateType).toBe(predicateTypes.provenance)
    expect(provenance.subject.map(({ digest }) => digest.sha256).sort()).toEqual(
      digests.map((digest) => digest.replace('sha256:', '')).sort(),
    )
    expect(attestations.map(({ target, subjects }) => [target, subjects.length])).toEqual([
      ['evidence/provenance.sigstore.json', digests.length],
      ['evidence/hello-linux-amd64.spdx.json.attestation.sigstore.json', 1],
      ['evidence/hello-linux-arm.spdx.json.attestation.sigstore.json', 1],
      ['evidence/hello.spdx.json.attestation.sigstore.json', 6],
      ['evidence/images-hello-linux-amd64.spdx.json.attestation.sigstore.json', 1],
      ['evidence/images-hello-linux-armv7.spdx.json.attestation.sigstore.json', 1],
    ])
    const sbom = await readStatement(release, 'evidence/hello-linux-amd64.spdx.json.attestation.sigstore.json')
    expect(sbom.predicateType).toBe('https://spdx.dev/Document')
    expect(sbom.predicate).toEqual(
      JSON.parse(await readFile(join(release.directory, 'files/hello-linux-amd64.spdx.json'), 'utf8')),
    )
  })

  test('has its attestations beside its images, too', async () => {
    await attest(attestWishes(release), testStep())
    const [image] = imageSubjects((await openRelease(release.directory)).record)
    const layout = openLayout(join(release.directory, 'images'), 'hello')
    const types = async (digest: `sha256:${string}`): Promise<unknown[]> =>
      (await layout.listReferrers(digest))
        .map(({ annotations }) => annotations?.['dev.sigstore.bundle.predicateType'])
        .sort()
    const provenanceAndRelease = [predicateTypes.provenance, predicateTypes.spdx]
    expect(await types(image?.digest ?? 'sha256:')).toEqual(provenanceAndRelease)
    for (const { digest } of image?.manifests ?? []) {
      expect(await types(digest)).toEqual([...provenanceAndRelease, predicateTypes.spdx].sort())
    }
    expect(image?.manifests).toHaveLength(2)
  })

  test('stays as it is when it is attested again', async () => {
    const counts: number[] = []
    const progress = (title: string, total: number) => {
      if (title === 'Attesting') counts.push(total)
      return { advance: () => undefined, done: () => undefined }
    }
    const [first, second] = [testStep({ progress }), testStep({ progress })]
    await attest(attestWishes(release), first)
    const before = await contentOf(release.directory)
    const again = await attest(attestWishes(release), second)
    expect(again.changed).toBe(false)
    expect(counts).toEqual([6, 0])
    expect(first.messages).toEqual([])
    expect(second.messages).toEqual([{ kind: 'info', message: 'All 6 attestations were there: nothing changed' }])
    expect(again.attestations.every(({ present }) => present)).toBe(true)
    expect(await contentOf(release.directory)).toEqual(before)
  })

  test('is not touched by a dry run', async () => {
    const before = await contentOf(release.directory)
    const step = testStep()
    const { attestations, changed } = await attest(attestWishes(release, { dryRun: true }), step)
    expect(changed).toBe(true)
    expect(attestations).toHaveLength(6)
    expect(attestations.some(({ present }) => present)).toBe(false)
    expect(await contentOf(release.directory)).toEqual(before)
    expect(step.blocks.some((block) => block.kind === 'table' && block.rows.length === 6)).toBe(true)
  })

  test('that a killed run left without record or referrers is healed, not attested anew', async () => {
    const unattested = await openRelease(release.directory)
    await attest(attestWishes(release), testStep())
    const whole = await contentOf(release.directory)
    await saveRelease(release.directory, unattested.record)
    const index = join(release.directory, 'images/index.json')
    const layout = JSON.parse(await readFile(index, 'utf8'))
    await writeFile(index, JSON.stringify({ ...layout, manifests: layout.manifests.slice(0, 1) }))
    const healed = await attest(attestWishes(release), testStep())
    expect(healed.changed).toBe(true)
    expect(healed.attestations.every(({ present }) => present)).toBe(true)
    expect(await contentOf(release.directory)).toEqual(whole)
  })

  test('that got another file keeps its attestations and gets a provenance of the rest', async () => {
    await attest(attestWishes(release), testStep())
    const before = await contentOf(release.directory)
    const { record } = await openRelease(release.directory)
    const added = await addFile(release.directory, record, 'hello.deb', 'package', 'package')
    await saveRelease(release.directory, await writeChecksums(release.directory, added))
    const { attestations } = await attest(attestWishes(release), testStep())
    const made = attestations.filter(({ present }) => !present)
    expect(made.map(({ target, subjects }) => [target, subjects])).toEqual([
      ['evidence/provenance-1.sigstore.json', ['SHA256SUMS', 'SHA512SUMS', 'hello.deb']],
    ])
    const after = await contentOf(release.directory)
    for (const [path, content] of Object.entries(before)) {
      if (path.startsWith('evidence/')) expect(after[path]).toBe(content)
    }
  })

  test('that another signer attested keeps both attestations', async () => {
    await attest(attestWishes(release), testStep())
    const first = await readFile(join(release.directory, 'evidence/provenance.sigstore.json'), 'utf8')
    const other = await writeKeyPair(release.folder, 'other')
    const { attestations } = await attest(attestWishes(release, { key: other.key }), testStep())
    expect(attestations[0]).toMatchObject({ target: 'evidence/provenance-1.sigstore.json', present: false })
    expect(await readFile(join(release.directory, 'evidence/provenance.sigstore.json'), 'utf8')).toBe(first)
    expect((await openRelease(release.directory)).record.evidence).toHaveLength(12)
    const again = await attest(attestWishes(release, { key: other.key }), testStep())
    expect(again.changed).toBe(false)
  })

  test('with a damaged attestation gets a good one in its place', async () => {
    await attest(attestWishes(release), testStep())
    const path = join(release.directory, 'evidence/provenance.sigstore.json')
    await writeFile(path, (await readFile(path, 'utf8')).replace('"payload":"ey', '"payload":"eY'))
    const { attestations } = await attest(attestWishes(release), testStep())
    expect(attestations[0]).toMatchObject({ target: 'evidence/provenance.sigstore.json', present: false })
    expect((await attest(attestWishes(release), testStep())).changed).toBe(false)
  })

  test('whose SBOM changed has the new one attested, and the old one no longer beside the image', async () => {
    await attest(attestWishes(release), testStep())
    const layout = openLayout(join(release.directory, 'images'), 'hello')
    const { record } = await openRelease(release.directory)
    const digest = imageSubjects(record)[0]?.manifests[0]?.digest ?? 'sha256:'
    const before = (await layout.listReferrers(digest)).map((referrer) => referrer.digest)
    const name = 'images-hello-linux-amd64.spdx.json'
    const changed = await addFile(release.directory, record, name, `${spdx('again', [digest], [digest])}\n`, 'sbom')
    await saveRelease(release.directory, await writeChecksums(release.directory, changed))
    const { key } = await writeKeyPair(release.folder, 'other')
    await attest(attestWishes(release, { key }), testStep())
    expect((await layout.listReferrers(digest)).length).toBe(before.length + 3)
    await attest(attestWishes(release), testStep())
    const after = (await layout.listReferrers(digest)).map((referrer) => referrer.digest)
    expect(after).toHaveLength(before.length + 3)
    expect(before.filter((each) => !after.includes(each))).toHaveLength(1)
    expect((await attest(attestWishes(release), testStep())).changed).toBe(false)
  })

  test('that differs from its record is not attested', async () => {
    await writeFile(join(release.directory, 'files/hello.tar.gz'), 'archivE')
    const before = await contentOf(release.directory)
    await expect(attest(attestWishes(release), testStep())).rejects.toThrow(/hello\.tar\.gz: digest mismatch/)
    expect(await contentOf(release.directory)).toEqual(before)
  })

  test('with an SBOM of something else is not attested', async () => {
    const { record } = await openRelease(release.directory)
    const stranger = `sha256:${'0'.repeat(64)}` as const
    const added = await addFile(release.directory, record, 'x.spdx.json', spdx('x', [stranger], [stranger]), 'sbom')
    await saveRelease(release.directory, await writeChecksums(release.directory, added))
    await expect(attest(attestWishes(release), testStep())).rejects.toThrow(/x\.spdx\.json speaks of nothing/)
    expect(await readdir(release.directory)).not.toContain('evidence')
  })

  test('with an SBOM that is not SPDX is not attested', async () => {
    const { record } = await openRelease(release.directory)
    await saveRelease(
      release.directory,
      await addFile(release.directory, record, 'x.json', '{"bomFormat":"CycloneDX"}', 'sbom'),
    )
    await expect(attest(attestWishes(release), testStep())).rejects.toThrow(/x\.json is not an SPDX 2 document/)
  })
})

describe('bad input', () => {
  test.each([
    [{ predicate: 'x.json' }, /nothing to attest it over/],
    [{ files: ['*'] }, /need a predicate and its type/],
    [{ files: ['*'], predicate: 'x.json', predicateType: 'spdx json' }, /'spdx json' is not a predicate type/],
    [{ files: ['*'], predicate: '/nowhere/x.json', predicateType: 'openvex' }, /Cannot read/],
    [{ images: ['-x'], predicate: import.meta.filename, predicateType: 'openvex' }, /is not JSON/],
  ])('%j', async (wishes, message) => {
    await expect(attest(attestWishes(release, wishes), testStep())).rejects.toThrow(message)
  })

  test('no release', async () => {
    await rm(join(release.directory, 'release.json'))
    await expect(attest(attestWishes(release), testStep())).rejects.toThrow(/release\.json is missing/)
  })
})

describe('files and images of no release', () => {
  let predicate: string
  const step = () => testStep({ workspace: release.folder })
  const wishes = (changed = {}) =>
    attestWishes(release, { predicate, predicateType: 'openvex', files: ['release/files/hello-linux-*'], ...changed })

  beforeEach(async () => {
    predicate = join(release.folder, 'vex.json')
    await writeFile(predicate, '{"statements":[]}')
    for (const platform of ['amd64', 'arm'])
      await rm(join(release.directory, `files/hello-linux-${platform}.spdx.json`))
  })

  test('a bundle lies beside each file, named by the type, and a second run makes none', async () => {
    const first = await attest(wishes(), step())
    expect(first.changed).toBe(true)
    expect(first.releaseDigest).toBe('')
    expect(first.attestations.map(({ target }) => target)).toEqual(
      ['amd64', 'arm'].map((platform) =>
        join(release.directory, `files/hello-linux-${platform}.openvex.sigstore.json`),
      ),
    )
    const statement = await readStatement(release, 'files/hello-linux-amd64.openvex.sigstore.json')
    expect(statement).toMatchObject({ predicateType: 'https://openvex.dev/ns', predicate: { statements: [] } })
    expect(statement.subject).toEqual([
      { name: 'hello-linux-amd64', digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    ])
    const before = await contentOf(release.directory)
    expect((await attest(wishes(), step())).changed).toBe(false)
    expect(await contentOf(release.directory)).toEqual(before)
  })

  test('a changed predicate replaces what the same signer said, and nothing of another signer', async () => {
    await attest(wishes(), step())
    await writeFile(predicate, '{"statements":[1]}')
    expect((await attest(wishes(), step())).changed).toBe(true)
    const statement = await readStatement(release, 'files/hello-linux-amd64.openvex.sigstore.json')
    expect(statement.predicate).toEqual({ statements: [1] })
    const other = await writeKeyPair(release.folder, 'other')
    const before = await contentOf(release.directory)
    await expect(attest(wishes({ key: other.key }), step())).rejects.toThrow(/2 failed[\s\S]*not by this signer/)
    expect(await contentOf(release.directory)).toEqual(before)
  })

  test('nothing is replaced by a predicate of a type that has the same name', async () => {
    await attest(wishes({ predicateType: 'https://example.com/a/v1' }), step())
    const before = await contentOf(release.directory)
    const clash = wishes({ predicateType: 'https://example.org/a/v1' })
    await expect(attest(clash, step())).rejects.toThrow(/2 failed[\s\S]*about this type of predicate/)
    expect(await contentOf(release.directory)).toEqual(before)
  })

  test('bundles are not attested themselves', async () => {
    await attest(wishes(), step())
    await expect(attest(wishes({ files: ['release/files/*.sigstore.json'] }), step())).rejects.toThrow(/Only Sigstore/)
  })

  test('an image gets a referrer, found again by the second run', async () => {
    const images = [`oci:${release.directory}/images:hello:v1.2.3`]
    const type = { predicateType: 'https://example.com/audit/v2', files: [], images }
    const { attestations, changed } = await attest(wishes(type), step())
    expect(changed).toBe(true)
    expect(attestations[0]?.target).toMatch(/hello:v1\.2\.3@sha256:[0-9a-f]{64}$/)
    const [image] = imageSubjects((await openRelease(release.directory)).record)
    const referrers = await openLayout(join(release.directory, 'images'), 'hello').listReferrers(
      image?.digest ?? 'sha256:',
    )
    expect(referrers).toHaveLength(1)
    expect((await attest(wishes(type), step())).changed).toBe(false)
  })

  test('one image that is not there does not stop the others', async () => {
    const images = [`oci:${release.directory}/images:nothing:v1`]
    await expect(attest(wishes({ images }), step())).rejects.toThrow(/1 failed[\s\S]*There is no image/)
    expect(await readdir(join(release.directory, 'files'))).toContain('hello-linux-amd64.openvex.sigstore.json')
  })
})

interface ReadStatement {
  readonly subject: readonly { readonly name?: string; readonly digest: Readonly<Record<string, string>> }[]
  readonly predicateType: string
  readonly predicate: unknown
}

/** The statement of a bundle, verified by the release's key. */
async function readStatement({ directory, publicKey }: TestRelease, path: string): Promise<ReadStatement> {
  const options = {
    key: publicKey,
    certificateIdentity: undefined,
    keyPassword: undefined,
    certificateOidcIssuer: undefined,
    trustedRoot: undefined,
  }
  const verifier = await openVerifier(options, testStep())
  const { statement } = await verifier.verifyStatement(await readFile(join(directory, path)))
  return statement as ReadStatement
}

async function contentOf(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const contents = await Promise.all(
    files.sort().map(async (path) => [path.slice(directory.length + 1), await readFile(path, 'latin1')]),
  )
  return Object.fromEntries(contents)
}
