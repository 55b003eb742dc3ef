import { link, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { attest, predicateTypes } from '../../../src/attest/index.ts'
import type { Statement } from '../../../src/attest/statement.ts'
import { type Digest, digestOfBytes } from '../../../src/oci/index.ts'
import {
  type Evidence,
  imageSubjects,
  openRelease,
  type ReleaseRecord,
  type Source,
  saveRelease,
} from '../../../src/release/index.ts'
import { FailedItems, UserError } from '../../../src/runner/index.ts'
import { openSigner } from '../../../src/sigstore/index.ts'
import { type Report, type VerifyWishes, verify } from '../../../src/verify/index.ts'
import { type TestStep, testStep } from '../../step.ts'
import {
  attestWishes,
  copyTestRelease,
  createTestRelease,
  signTestRelease,
  spdx,
  type TestRelease,
  writeKeyPair,
} from '../../unit/attest/release.ts'
import { noSigner } from '../../unit/sigstore/options.ts'
import { noVerification } from '../../unit/verify/wishes.ts'

let template: TestRelease
let release: TestRelease
const path = (name: string): string => join(release.directory, name)

async function createSigned(source: Partial<Source> = {}): Promise<TestRelease> {
  const created = await createTestRelease(source)
  await attest(attestWishes(created), testStep())
  await signTestRelease(created)
  return created
}

beforeAll(async () => {
  template = await createSigned()
})
afterAll(() => template.remove())

beforeEach(async () => {
  release = await copyTestRelease(template)
})
afterEach(() => release.remove())

const wishes = (changed: Partial<VerifyWishes> = {}): VerifyWishes => ({
  ...noVerification,
  release: release.directory,
  key: release.publicKey,
  ...changed,
})

/** The checks that fail, as `subject check`; and the reasons. */
async function failuresOf(changed: Partial<VerifyWishes> = {}, step: TestStep = testStep()) {
  const report = path('../report.json')
  const error = await verify(wishes({ report, ...changed }), step).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(FailedItems)
  const { checks, verified }: Report = JSON.parse(await readFile(report, 'utf8'))
  expect(verified).toBe(false)
  const failures = checks.filter(({ passed }) => !passed)
  expect(failures).toHaveLength((error as FailedItems).failures.length)
  return {
    failed: failures.map(({ subject, check }) => `${subject} ${check}`).sort(),
    reasons: failures.map(({ reason }) => reason).join('\n'),
    checks,
  }
}

async function editRecord(edit: (record: ReleaseRecord) => ReleaseRecord): Promise<void> {
  const { record } = await openRelease(release.directory)
  await saveRelease(release.directory, edit(record))
}

/** Puts a statement, properly signed, in the place of recorded evidence, and has the record tell of it. */
async function replaceStatement(
  evidencePath: string,
  edit: (statement: Statement) => Statement,
  recorded: Partial<Evidence> = {},
) {
  const bundle = JSON.parse(await readFile(path(evidencePath), 'utf8'))
  const statement = JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString())
  const signer = await openSigner({ ...noSigner, key: release.key }, testStep())
  const bytes = await signer.signStatement(Buffer.from(JSON.stringify(edit(statement))))
  await writeFile(path(evidencePath), bytes)
  await editEvidence(evidencePath, { ...recorded, size: bytes.length, sha256: digestOfBytes(bytes).slice(7) })
}

const editEvidence = (evidencePath: string, changed: Partial<Evidence>): Promise<void> =>
  editRecord((record) => ({
    ...record,
    evidence: record.evidence.map((one) => (one.path === evidencePath ? { ...one, ...changed } : one)),
  }))

const provenance = 'evidence/provenance.sigstore.json'
const sbom = 'evidence/hello-linux-amd64.spdx.json.attestation.sigstore.json'
const releaseSbom = 'evidence/hello.spdx.json.attestation.sigstore.json'

describe('a whole release', () => {
  test('passes, and the report has every check of every artifact', async () => {
    const step = testStep()
    const report = await verify(wishes({ report: path('../report.json') }), step)
    expect(report.verified).toBe(true)
    expect(report.release).toBe((await openRelease(release.directory)).digest)
    expect(report.policy).toEqual({ kind: 'key', identity: expect.stringMatching(/^sha256:/) })
    const of = (check: string) => report.checks.filter((each) => each.check === check).map(({ subject }) => subject)
    expect(of('signature')).toHaveLength(13)
    expect(of('provenance')).toEqual(of('signature'))
    expect(of('sbom')).toEqual([
      'hello-linux-amd64',
      'hello-linux-arm',
      'images/hello:linux-amd64',
      'images/hello:linux-armv7',
    ])
    expect(of('checksums')).toEqual(['SHA256SUMS', 'SHA512SUMS'])
    expect(of('bytes')).toHaveLength(10 + 19)
    expect(of('image')).toEqual(['images/hello'])
    expect(of('referrers')).toEqual(['images/hello', 'images/hello:linux-amd64', 'images/hello:linux-armv7'])
    expect(JSON.parse(await readFile(path('../report.json'), 'utf8'))).toEqual(report)
    expect(step.blocks[0]).toEqual({ kind: 'heading', text: 'Verified' })
  })

  test('passes with the private key, whose public half counts', async () => {
    expect((await verify(wishes({ key: release.key }), testStep())).verified).toBe(true)
  })

  test('writes nothing in a dry run', async () => {
    await verify(wishes({ report: path('../report.json'), dryRun: true }), testStep())
    expect(await readdir(release.folder)).not.toContain('report.json')
  })

  test('passes with the attestations of another signer beside those that count', async () => {
    const { key } = await writeKeyPair(release.folder, 'other')
    await attest(attestWishes(release, { key }), testStep())
    const report = await verify(wishes(), testStep())
    expect(report.checks.filter(({ reason }) => reason.includes('another signer'))).toHaveLength(6)
  })
})

describe('bytes and folder', () => {
  test('a flipped byte in a file', async () => {
    await writeFile(path('files/hello-linux-amd64'), 'binary for hello-linux-amd65')
    const { failed, reasons } = await failuresOf()
    expect(failed).toEqual([
      'evidence/hello-linux-amd64.sigstore.json evidence',
      'hello-linux-amd64 bytes',
      'hello-linux-amd64 signature',
    ])
    expect(reasons).toMatch(/recorded sha256:[0-9a-f]{64}, found sha256:[0-9a-f]{64}/)
  })

  test('a missing file', async () => {
    await rm(path('files/hello.tar.gz'))
    expect((await failuresOf()).failed).toContain('hello.tar.gz bytes')
  })

  test('a file replaced by a link, even to the same bytes', async () => {
    await rename(path('files/hello.tar.gz'), path('other.tar.gz'))
    await symlink('../other.tar.gz', path('files/hello.tar.gz'))
    const { failed, reasons } = await failuresOf()
    expect(failed).toEqual(['hello.tar.gz bytes'])
    expect(reasons).toMatch(/not a regular file/)
  })

  test('a link that leads out of the directory', async () => {
    await writeFile(path('../outside'), 'archive')
    await rm(path('files/hello.tar.gz'))
    await symlink('../../outside', path('files/hello.tar.gz'))
    await expect(verify(wishes(), testStep())).rejects.toThrow(/outside the release directory: files\/hello\.tar\.gz/)
  })

  test.each(['files/extra', 'files/deep/er/extra', 'evidence/extra.sigstore.json', 'files/.hidden'])(
    'an extra %s',
    async (name) => {
      await mkdir(join(path(name), '..'), { recursive: true })
      await writeFile(path(name), 'x')
      expect((await failuresOf()).failed).toEqual([`${name} recorded`])
    },
  )

  test('an extra link', async () => {
    await symlink('/etc/passwd', path('files/extra'))
    expect((await failuresOf()).failed).toEqual(['files/extra recorded'])
  })

  test('several at once, each named', async () => {
    await writeFile(path('files/extra'), 'x')
    await rm(path('files/hello.tar.gz'))
    await rm(path(sbom))
    const step = testStep()
    const { failed } = await failuresOf({}, step)
    expect(failed).toEqual(expect.arrayContaining(['files/extra recorded', 'hello.tar.gz bytes', `${sbom} bytes`]))
    expect(step.blocks.some((block) => block.kind === 'table' && block.columns.includes('Reason'))).toBe(true)
  })

  test('a hard link is a file like any other', async () => {
    await rename(path('files/hello.tar.gz'), path('other'))
    await link(path('other'), path('files/hello.tar.gz'))
    expect((await verify(wishes(), testStep())).verified).toBe(true)
  })
})

describe('checksums', () => {
  const edit = async (change: (text: string) => string): Promise<string> => {
    await writeFile(path('files/SHA256SUMS'), change(await readFile(path('files/SHA256SUMS'), 'utf8')))
    const { failed, reasons } = await failuresOf()
    expect(failed).toContain('SHA256SUMS checksums')
    expect(failed).not.toContain('SHA512SUMS checksums')
    return reasons
  }

  test('a missing line', async () => {
    expect(await edit((text) => text.replace(/.*hello\.tar\.gz\n/, ''))).toMatch(/does not list hello\.tar\.gz/)
  })
  test('no sums in the record', async () => {
    await rm(path('files/SHA512SUMS'))
    await rm(path('evidence/SHA512SUMS.sigstore.json'))
    await editRecord((record) => ({
      ...record,
      subjects: record.subjects.filter(({ name }) => name !== 'SHA512SUMS'),
      evidence: record.evidence.filter((one) => one.path !== 'evidence/SHA512SUMS.sigstore.json'),
    }))
    expect((await failuresOf()).failed).toEqual(['SHA512SUMS checksums'])
  })
})

describe('images', () => {
  const blobs = () => path('images/blobs/sha256')
  const image = async () => {
    const [found] = imageSubjects((await openRelease(release.directory)).record)
    if (!found) throw new Error('no image')
    return found
  }
  const blobOf = (digest: Digest): string => join(blobs(), digest.slice(7))

  test('a corrupted layer', async () => {
    const [manifest] = (await image()).manifests
    const { layers } = JSON.parse(await readFile(blobOf(manifest?.digest ?? 'sha256:'), 'utf8'))
    await writeFile(blobOf(layers[0].digest), 'layer of amd65')
    const { failed, reasons } = await failuresOf()
    expect(failed).toEqual(['images/hello image'])
    expect(reasons).toContain(layers[0].digest)
  })

  test('a missing config', async () => {
    const [, manifest] = (await image()).manifests
    const { config } = JSON.parse(await readFile(blobOf(manifest?.digest ?? 'sha256:'), 'utf8'))
    await rm(blobOf(config.digest))
    expect((await failuresOf()).failed).toEqual(['images/hello image'])
  })

  test('a corrupted manifest', async () => {
    const [manifest] = (await image()).manifests
    const file = blobOf(manifest?.digest ?? 'sha256:')
    await writeFile(file, `${await readFile(file, 'utf8')} `)
    expect((await failuresOf()).failed).toContain('images/hello image')
  })

  test('a missing index', async () => {
    await rm(blobOf((await image()).digest))
    expect((await failuresOf()).failed).toContain('images/hello image')
  })

  test('no layout', async () => {
    await rm(path('images'), { recursive: true })
    expect((await failuresOf()).failed).toContain('images/hello image')
  })

  test('a layout that is none', async () => {
    await writeFile(path('images/index.json'), '{}')
    expect((await failuresOf()).failed).toContain('images image')
  })

  const editEntries = async (
    edit: (manifests: { digest: Digest; annotations?: Record<string, string> }[]) => unknown,
  ) => {
    const index = JSON.parse(await readFile(path('images/index.json'), 'utf8'))
    await writeFile(path('images/index.json'), JSON.stringify({ ...index, manifests: edit(index.manifests) }))
    return failuresOf()
  }

  test('an extra tag', async () => {
    const name = 'org.opencontainers.image.ref.name'
    const { failed } = await editEntries((entries) => [
      ...entries,
      { ...entries[0], annotations: { [name]: 'hello:latest' } },
    ])
    expect(failed).toEqual(['images/hello:latest recorded'])
  })

  test('a missing tag', async () => {
    const { failed, reasons } = await editEntries((entries) => entries.slice(1))
    expect(failed).toEqual(['images/hello image'])
    expect(reasons).toMatch(/hello:v1\.2\.3 0 times/)
  })

  test('a tag on another manifest', async () => {
    const { manifests } = await image()
    const { failed, reasons } = await editEntries(([first, ...others]) => [
      { ...first, ...manifests[0], platform: undefined },
      ...others,
    ])
    expect(failed).toEqual(['images/hello image'])
    expect(reasons).toMatch(/hello:v1\.2\.3 is sha256:/)
  })

  test('an untagged stranger', async () => {
    const { manifests } = await image()
    const { digest, mediaType, size } = manifests[0] ?? {}
    const { failed } = await editEntries((entries) => [...entries, { digest, mediaType, size }] as typeof entries)
    expect(failed).toEqual([`images/${digest} recorded`])
  })

  test('a platform that the record does not name', async () => {
    await editRecord((record) => ({
      ...record,
      subjects: record.subjects.map((subject) =>
        subject.kind === 'image' ? { ...subject, manifests: subject.manifests.slice(0, 1) } : subject,
      ),
    }))
    const { reasons } = await failuresOf()
    expect(reasons).toMatch(/does not name its manifest linux\/arm\/v7/)
  })

  test('a referrer that is not attached', async () => {
    const { failed, reasons } = await editEntries((entries) => entries.slice(0, -1))
    expect(failed).toHaveLength(1)
    expect(failed[0]).toMatch(/^images\/hello.* referrers$/)
    expect(reasons).toMatch(/is not attached/)
  })

  test('a referrer that the record does not name', async () => {
    const images = [`oci:${path('images')}:hello:v1.2.3`]
    await writeFile(path('../vex.json'), '{}')
    await attest(
      attestWishes(release, { images, predicate: path('../vex.json'), predicateType: 'openvex' }),
      testStep(),
    )
    const { failed, reasons } = await failuresOf()
    expect(failed).toEqual(['images/hello referrers'])
    expect(reasons).toMatch(/is attached, which is not in evidence/)
  })
})

describe('signatures', () => {
  test('by another key', async () => {
    const { publicKey } = await writeKeyPair(release.folder, 'other')
    const { failed } = await failuresOf({ key: publicKey })
    for (const check of ['signature', 'provenance'])
      expect(failed.filter((each) => each.endsWith(` ${check}`))).toHaveLength(13)
    expect(failed.filter((each) => each.endsWith(' sbom'))).toHaveLength(4)
  })

  test('none', async () => {
    const signature = 'evidence/hello.tar.gz.sigstore.json'
    await rm(path(signature))
    await editRecord((record) => ({ ...record, evidence: record.evidence.filter((one) => one.path !== signature) }))
    const { failed, reasons } = await failuresOf()
    expect(failed).toEqual(['hello.tar.gz signature'])
    expect(reasons).toBe('nobody signed it')
  })

  test('of another file in its place', async () => {
    const other = await readFile(path('evidence/hello-linux-amd64.sigstore.json'))
    await writeFile(path('evidence/hello.tar.gz.sigstore.json'), other)
    await editEvidence('evidence/hello.tar.gz.sigstore.json', {
      sha256: digestOfBytes(other).slice(7),
      size: other.length,
    })
    expect((await failuresOf()).failed).toEqual([
      'evidence/hello.tar.gz.sigstore.json evidence',
      'hello.tar.gz signature',
    ])
  })

  test('of another image in its place: the statement counts, not where it lies', async () => {
    const { failed } = await failuresAfterReplacing('evidence/hello.image.sigstore.json', (statement) => ({
      ...statement,
      subject: [{ digest: { sha256: '0'.repeat(64) } }],
    }))
    expect(failed).toEqual([
      'evidence/hello.image.sigstore.json evidence',
      'images/hello referrers',
      'images/hello signature',
    ])
  })

  test('that the record calls an attestation of another signer, to hide it', async () => {
    const signer = { kind: 'keyless', identity: 'x', issuer: 'y' } as const
    await editEvidence('evidence/hello.tar.gz.sigstore.json', { signer })
    const { failed, reasons } = await failuresOf()
    expect(failed).toEqual(['evidence/hello.tar.gz.sigstore.json evidence'])
    expect(reasons).toMatch(/another signer than it has/)
  })

  test('that is no bundle', async () => {
    await writeFile(path('evidence/hello.tar.gz.sigstore.json'), 'junk')
    expect((await failuresOf()).failed).toEqual([
      'evidence/hello.tar.gz.sigstore.json bytes',
      'evidence/hello.tar.gz.sigstore.json evidence',
      'hello.tar.gz signature',
    ])
  })

  test('that claims files it does not sign', async () => {
    const { record } = await openRelease(release.directory)
    const digests = record.evidence
      .filter((one) => one.path.includes('hello-linux-a') && one.kind === 'signature')
      .flatMap((one) => one.subjects)
    await editEvidence('evidence/hello-linux-amd64.sigstore.json', { subjects: digests })
    expect((await failuresOf()).failed).toContain('evidence/hello-linux-amd64.sigstore.json evidence')
  })
})

async function failuresAfterReplacing(
  evidencePath: string,
  edit: (statement: Statement) => Statement,
  recorded: Partial<Evidence> = {},
) {
  await replaceStatement(evidencePath, edit, recorded)
  const { failed, reasons, checks } = await failuresOf()
  // The referrers still hold the bundle of before, which is a finding of its own.
  return {
    failed: failed.filter((each) => !each.endsWith(' referrers') || each === 'images/hello referrers'),
    reasons,
    checks,
  }
}

describe('provenance', () => {
  type Predicate = {
    buildDefinition: {
      buildType: string
      externalParameters: { source: object; parameters: object }
      resolvedDependencies: object[]
    }
    runDetails: object
  }
  const withPredicate = (edit: (predicate: Predicate) => object) =>
    failuresAfterReplacing(provenance, (statement) => ({
      ...statement,
      predicate: edit(statement.predicate as Predicate),
    }))
  const everyProvenance = 13

  test('of another source repository', async () => {
    const repository = 'https://github.com/evil/hello'
    const { failed, reasons } = await withPredicate((predicate) =>
      merge(predicate, { buildDefinition: { externalParameters: { source: { repository } } } }),
    )
    expect(failed.filter((each) => each.endsWith(' provenance'))).toHaveLength(everyProvenance)
    expect(reasons).toMatch(
      /its source 'repository' is "https:\/\/github\.com\/evil\/hello", the record says "https:\/\/github\.com\/example\/hello"/,
    )
  })

  test('by another builder than was asked for', async () => {
    const { reasons, failed } = await failuresOf({ builderId: 'https://example.com/builder' })
    expect(failed).toHaveLength(everyProvenance)
    expect(reasons).toMatch(/its builder is ".*#terminal", not "https:\/\/example\.com\/builder"/)
  })

  test('by the builder that was asked for', async () => {
    const builderId = 'https://github.com/k8s-release/k8s-release/blob/v1/docs/build-type.md#terminal'
    expect((await verify(wishes({ builderId }), testStep())).policy.builderId).toBe(builderId)
  })

  test('that was signed for another record', async () => {
    await editRecord((record) => ({ ...record, source: { ...record.source, commit: 'e'.repeat(40) } }))
    const { failed } = await failuresOf()
    expect(failed.filter((each) => each.endsWith(' provenance'))).toHaveLength(everyProvenance)
  })

  test('none', async () => {
    await rm(path(provenance))
    await editRecord((record) => ({ ...record, evidence: record.evidence.filter((one) => one.path !== provenance) }))
    expect((await failuresOf()).failed.filter((each) => each.endsWith(' provenance'))).toHaveLength(everyProvenance)
  })
})

describe('SBOMs', () => {
  test('none for a binary: the one of the whole release speaks of it, too; without both it fails', async () => {
    await rm(path(sbom))
    await editRecord((record) => ({ ...record, evidence: record.evidence.filter((one) => one.path !== sbom) }))
    expect((await verify(wishes(), testStep())).verified).toBe(true)
    const { failed } = await failuresAfterReplacing(releaseSbom, (statement) => ({
      ...statement,
      subject: statement.subject.filter(({ name }) => name !== 'hello-linux-amd64'),
    }))
    expect(failed.filter((each) => each.endsWith(' sbom'))).toEqual(['hello-linux-amd64 sbom'])
  })

  test('whose subjects are not what the document is about', async () => {
    const stranger = `sha256:${'0'.repeat(64)}` as const
    const predicate = JSON.parse(spdx('x', [stranger], [stranger]))
    for (const evidencePath of [sbom, releaseSbom]) {
      await replaceStatement(evidencePath, (statement) => ({ ...statement, predicate }))
    }
    const { failed, reasons } = await failuresOf()
    expect(failed.filter((each) => each.endsWith(' sbom'))).toContain('hello-linux-amd64 sbom')
    expect(reasons).toMatch(/the document does not speak of sha256:/)
  })

  test('by actions/attest: its predicate type with a version is accepted, too', async () => {
    const predicateType = predicateTypes.spdxVersioned
    await replaceStatement(releaseSbom, (statement) => ({ ...statement, predicateType }), { predicateType })
    await replaceStatement(sbom, (statement) => ({ ...statement, predicateType }), { predicateType })
    const { failed } = await failuresOf()
    expect(failed.filter((each) => !each.endsWith(' referrers'))).toEqual([])
  })
})

describe('the policy', () => {
  const anybody = { key: undefined }

  test('that names nobody is an error, whatever key the record names', async () => {
    await expect(verify(wishes(anybody), testStep({ environment: stateOf('state') }))).rejects.toThrow(
      /No identity given/,
    )
    await editRecord((record) => ({
      ...record,
      evidence: record.evidence.map((one) => ({
        ...one,
        signer: { ...one.signer, origin: 'local' } as Evidence['signer'],
      })),
    }))
    await expect(verify(wishes(anybody), testStep({ environment: stateOf('state') }))).rejects.toThrow(
      /No identity given/,
    )
  })

  test("may be left out for what this machine's own key signed, on this machine only", async () => {
    await release.remove()
    release = await createTestRelease()
    const step = testStep({ environment: stateOf('mine') })
    await attest(attestWishes(release, { key: undefined }), step)
    const { failed } = await failuresOf(anybody, step)
    expect(failed.every((each) => each.endsWith(' signature'))).toBe(true)
    const elsewhere = testStep({ environment: stateOf('yours') })
    await expect(verify(wishes(anybody), elsewhere)).rejects.toThrow(/No identity given/)
    const onGitHub = testStep({ environment: stateOf('mine'), onGitHub: true })
    await expect(verify(wishes(anybody), onGitHub)).rejects.toThrow(/who must have signed/)
  })

  test.each([
    [{ certificateIdentity: 'x' }, /key and a certificate identity/],
    [{ key: undefined, certificateIdentity: 'x' }, /who must have signed/],
    [{ key: undefined, certificateOidcIssuer: 'https://example.com' }, /who must have signed/],
    [{ key: '/nowhere/key.pub' }, /Cannot read the key/],
    [{ key: import.meta.filename }, /is not a public key/],
  ])('%j', async (changed, message) => {
    await expect(verify(wishes(changed), testStep())).rejects.toThrow(message)
  })

  const stateOf = (name: string) => ({ XDG_STATE_HOME: join(release.folder, name) })
})

describe('the record', () => {
  test('that is missing, cut off or not by the schema', async () => {
    const text = await readFile(path('release.json'), 'utf8')
    await writeFile(path('release.json'), text.slice(0, 100))
    await expect(verify(wishes(), testStep())).rejects.toThrow(UserError)
    await writeFile(path('release.json'), text.replace('"schemaVersion": 1', '"schemaVersion": 2'))
    await expect(verify(wishes(), testStep())).rejects.toThrow(/not a release record/)
    await rm(path('release.json'))
    await expect(verify(wishes(), testStep())).rejects.toThrow(/release\.json is missing/)
  })

  test('that forgets a file', async () => {
    await editRecord((record) => ({
      ...record,
      subjects: record.subjects.filter(({ name }) => name !== 'hello.tar.gz'),
    }))
    expect((await failuresOf()).failed).toEqual(
      expect.arrayContaining(['files/hello.tar.gz recorded', 'SHA256SUMS checksums', 'SHA512SUMS checksums']),
    )
  })

  test('of a modified source', async () => {
    await release.remove()
    release = await createSigned({ modified: true })
    const { failed, reasons } = await failuresOf()
    expect(failed).toEqual(['hello source'])
    expect(reasons).toMatch(/differed from its commit/)
    expect((await verify(wishes({ allowModified: true }), testStep())).policy.allowModified).toBe(true)
  })

  test('that misstates size, SHA-512 or predicate type', async () => {
    await editRecord((record) => ({
      ...record,
      subjects: record.subjects.map((subject) =>
        subject.kind === 'file' && subject.name === 'hello.tar.gz'
          ? { ...subject, size: 1, sha512: '0'.repeat(128) }
          : subject,
      ),
    }))
    await editEvidence(sbom, { predicateType: 'https://example.com/x' })
    const { failed, reasons } = await failuresOf()
    expect(failed).toEqual(['SHA512SUMS checksums', `${sbom} evidence`, 'hello.tar.gz bytes'])
    expect(reasons).toMatch(/recorded 1 bytes, found 7; .*another SHA-512/)
  })
})

/** `changed` laid over `base`, object by object. */
function merge(base: object, changed: object): object {
  const isObject = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  const entries = Object.entries(changed).map(([key, value]) => {
    const old: unknown = Reflect.get(base, key)
    return [key, isObject(old) && isObject(value) ? merge(old, value) : value]
  })
  return { ...base, ...Object.fromEntries(entries) }
}
