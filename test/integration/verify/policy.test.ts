import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { stringify } from 'yaml'
import { attest } from '../../../src/attest/index.ts'
import { digestOfBytes } from '../../../src/oci/index.ts'
import { openRelease, saveRelease } from '../../../src/release/index.ts'
import { FailedItems } from '../../../src/runner/index.ts'
import { sign } from '../../../src/sign/index.ts'
import { openSigner } from '../../../src/sigstore/index.ts'
import { type Report, type VerifyWishes, verify } from '../../../src/verify/index.ts'
import { inMemorySigstore, nextMinute, unsignedToken } from '../../sigstore/index.ts'
import { type TestStep, testStep } from '../../step.ts'
import {
  attestWishes,
  copyTestRelease,
  createTestRelease,
  signTestRelease,
  type TestRelease,
  writeKeyPair,
} from '../../unit/attest/release.ts'
import { noSigner } from '../../unit/sigstore/options.ts'
import { noVerification } from '../../unit/verify/wishes.ts'

const terminal = 'https://github.com/k8s-release/k8s-release/blob/v1/docs/build-type.md#terminal'
const spdx = 'https://spdx.dev/Document'

let release: TestRelease
const path = (name: string): string => join(release.directory, name)

/** Verifies by a policy that lies beside the release directory. */
async function judged(policy: object, changed: Partial<VerifyWishes> = {}, step: TestStep = testStep()) {
  const file = path('../policy.yaml')
  await writeFile(file, stringify(policy))
  return verify({ ...noVerification, release: release.directory, policy: file, ...changed }, step)
}

/** The checks that fail, and why. */
async function failuresOf(policy: object, step: TestStep = testStep()) {
  const report = path('../report.json')
  await expect(judged(policy, { report }, step)).rejects.toThrow(FailedItems)
  const { checks }: Report = JSON.parse(await readFile(report, 'utf8'))
  const failures = checks.filter(({ passed }) => !passed)
  return {
    failed: failures.map(({ subject, check }) => `${subject} ${check}`),
    reasons: failures.map(({ reason }) => reason).join('\n'),
  }
}

describe('a release that was signed by a key', () => {
  let template: TestRelease
  beforeAll(async () => {
    template = await createTestRelease()
    await attest(attestWishes(template), testStep())
    await signTestRelease(template)
    await writeKeyPair(template.folder, 'other')
  })
  afterAll(() => template.remove())
  beforeEach(async () => {
    release = await copyTestRelease(template)
  })
  afterEach(() => release.remove())

  const policy = {
    signers: [{ key: 'other.pub' }, { key: 'signer.pub' }],
    predicates: { binary: [spdx, 'https://slsa.dev/provenance/v1'], image: [spdx] },
    source: { repository: 'https://github.com/example/hello', 'ref-pattern': '^refs/tags/v[0-9.]+$' },
    builders: [{ id: terminal, 'slsa-level': 1 }],
    'slsa-level': 1,
  }

  test('passes by a policy that it fulfills, and the report names the policy', async () => {
    const step = testStep()
    const report = await judged(policy, {}, step)
    expect(report.verified).toBe(true)
    expect(report.policy).toEqual({ kind: 'policy', digest: digestOfBytes(await readFile(path('../policy.yaml'))) })
    expect(report.checks.filter(({ check }) => check === 'predicate').map(({ subject }) => subject)).toEqual([
      'hello-linux-amd64',
      'hello-linux-amd64',
      'hello-linux-arm',
      'hello-linux-arm',
      'images/hello',
      'images/hello:linux-amd64',
      'images/hello:linux-armv7',
    ])
    expect(step.blocks[1]).toMatchObject({ text: expect.stringContaining('any of the policy sha256:') })
  })

  const provenance = 'evidence/provenance.sigstore.json'
  test.each([
    [
      'repository',
      { source: { repository: 'https://github.com/example/other' } },
      /its provenance names the source repository "https:\/\/github\.com\/example\/hello"; the policy accepts https:\/\/github\.com\/example\/other/,
    ],
    [
      'ref',
      { source: { 'ref-pattern': '^refs/tags/v1$' } },
      /names the source ref "refs\/tags\/v1\.2\.3", which the policy's pattern does not match/,
    ],
    [
      'builder',
      { builders: [{ id: `${terminal}s`, 'slsa-level': 1 }] },
      /its builder ".*#terminal" is none of the policy/,
    ],
    ['level', { 'slsa-level': 2 }, /trusted for SLSA build level 1, and the policy demands 2/],
    ['event', { events: ['push'] }, /its provenance names the event absent; the policy accepts push/],
    ['runner environment', { 'runner-environments': ['github-hosted'] }, /names the runner environment absent/],
  ])('fails by another %s: its provenance proves nothing', async (_, changed, message) => {
    const { failed, reasons } = await failuresOf({ ...policy, predicates: {}, ...changed })
    expect(failed).toContain(`${provenance} evidence`)
    expect(failed.filter((each) => each.endsWith(' provenance'))).toHaveLength(13)
    expect(failed).toHaveLength(14)
    expect(reasons).toMatch(message)
  })

  test('nothing but the former attachment fails by events and runner environments that its provenance names', async () => {
    const bundle = JSON.parse(await readFile(path(provenance), 'utf8'))
    const statement = JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString())
    statement.predicate.buildDefinition.internalParameters = {
      github: { event_name: 'push', runner_environment: 'github-hosted' },
    }
    const signer = await openSigner({ ...noSigner, key: release.key }, testStep())
    const bytes = await signer.signStatement(Buffer.from(JSON.stringify(statement)))
    await writeFile(path(provenance), bytes)
    const { record } = await openRelease(release.directory)
    const changed = { size: bytes.length, sha256: digestOfBytes(bytes).slice('sha256:'.length) }
    await saveRelease(release.directory, {
      ...record,
      evidence: record.evidence.map((one) => (one.path === provenance ? { ...one, ...changed } : one)),
    })
    const rules = { events: ['push'], 'runner-environments': ['github-hosted'] }
    const { failed } = await failuresOf({ ...policy, ...rules })
    // What is attached to the image is still the former bundle.
    expect(failed.filter((each) => !each.endsWith(' referrers'))).toEqual([])
  })

  test('fails where a kind of subject lacks a predicate', async () => {
    const openvex = 'https://openvex.dev/ns'
    const { failed, reasons } = await failuresOf({ ...policy, predicates: { archive: [openvex], image: [spdx] } })
    expect(failed).toEqual(['hello.tar.gz predicate'])
    expect(reasons).toBe(`no signer of the policy attested ${openvex} of it`)
  })

  test('fails by a policy of strangers', async () => {
    const { failed, reasons } = await failuresOf({ ...policy, signers: [{ key: 'other.pub' }] })
    expect(failed.filter((each) => each.endsWith(' signature'))).toHaveLength(13)
    expect(reasons).toMatch(/nobody signed it|who is no signer of the policy/)
  })

  test('fails by an age, since no time of signing is proven', async () => {
    const { failed, reasons } = await failuresOf({ ...policy, 'maximum-age-days': 36500 })
    expect(failed.filter((each) => each.endsWith(' signature'))).toHaveLength(13)
    expect(reasons).toMatch(/its age is not proven/)
  })

  test('is not judged by a policy that names nobody, even where its own key made it', async () => {
    await expect(judged({ ...policy, signers: [] })).rejects.toThrow(/No identity given/)
  })

  test.each([
    [{ key: 'signer.pub' }, /Both a policy and a signer were given/],
    [{ certificateIdentity: 'a@b', certificateOidcIssuer: 'https://a.test' }, /Both a policy and a signer were given/],
    [{ files: ['*'] }, /'policy' is for a release/],
    [{ images: ['registry.example.com/hello:v1'] }, /'policy' is for a release/],
    [{ policy: '/nowhere/policy.yaml' }, /Cannot read the verification policy/],
  ])('%j beside a policy is an error', async (changed, message) => {
    await expect(judged(policy, changed)).rejects.toThrow(message)
  })
})

describe('a release that was signed keyless, by @sigstore/mock', () => {
  const now = nextMinute()
  const issuer = 'https://issuer.test'
  const identity = 'https://example.com/release.yml@refs/tags/v1.2.3'
  let template: TestRelease
  beforeAll(async () => {
    template = await createTestRelease()
    const { http, trustedRoot: root, fulcioUrl, rekorUrl, timestampUrl } = await inMemorySigstore(now)
    const trustedRoot = join(template.folder, 'trusted_root.json')
    await writeFile(trustedRoot, JSON.stringify(root))
    const identityToken = unsignedToken({ iss: issuer, sub: identity, exp: now.getTime() / 1000 + 300 })
    const signing = { key: undefined, identityToken, trustedRoot, fulcioUrl, rekorUrl, timestampUrl }
    const step = testStep({ http, now: () => now })
    await attest(attestWishes(template, signing), step)
    const { directory } = template
    const what = { release: directory, files: [], images: [], recursive: false, plainHttp: [], dryRun: false }
    await sign({ ...noSigner, ...what, ...signing }, step)
  })
  afterAll(() => template.remove())
  beforeEach(async () => {
    release = await copyTestRelease(template)
  })
  afterEach(() => release.remove())

  const day = 86_400_000
  const daysLater = (days: number) => testStep({ now: () => new Date(now.getTime() + days * day) })
  const policy = {
    signers: [
      { identity: 'somebody@example.com', issuer: 'https://accounts.test' },
      { 'identity-pattern': '^https://example\\.com/release\\.yml@refs/tags/v[0-9.]+$', issuer },
    ],
    'log-entries': 1,
    timestamps: 2,
    'certificate-timestamps': 1,
    'maximum-age-days': 30,
    'trusted-root': 'trusted_root.json',
  }
  const signedBy = (signer: object) => ({ ...policy, signers: [signer] })

  test('passes by a pattern, thresholds and an age that it fulfills', async () => {
    expect((await judged(policy, {}, daysLater(29))).verified).toBe(true)
  })

  test('passes by its exact identity', async () => {
    expect((await judged(signedBy({ identity, issuer }), {}, daysLater(0))).verified).toBe(true)
  })

  test.each([
    ['an identity of which it has the prefix', { identity: `${identity}.4`, issuer }],
    ['an identity that is its prefix', { identity: identity.slice(0, -2), issuer }],
    ['a pattern that matches a part of it', { 'identity-pattern': '^https://example\\.com/release\\.yml@$', issuer }],
    ['another issuer', { identity, issuer: 'https://issuer.test.evil' }],
    ['another issuer of a pattern', { 'identity-pattern': '^https://example\\.com/.*$', issuer: 'https://a.test' }],
  ])('fails by %s', async (_, signer) => {
    const { failed, reasons } = await failuresOf(signedBy(signer), daysLater(0))
    expect(failed.filter((each) => each.endsWith(' signature'))).toHaveLength(13)
    expect(reasons).toContain(`It is by '${identity}' (${issuer}), who is no signer of the policy`)
  })

  test.each([
    ['log-entries', 2, /expected 2 tlog entries, got 1/],
    ['timestamps', 3, /expected 3 timestamps, got 2/],
    ['certificate-timestamps', 2, /expected 2 SCTs, got 1/],
  ])('fails by %s: %i', async (name, least, message) => {
    const { failed, reasons } = await failuresOf({ ...policy, [name]: least }, daysLater(0))
    expect(failed.filter((each) => each.endsWith(' signature'))).toHaveLength(13)
    expect(reasons).toMatch(message)
  })

  test('fails when it is too old', async () => {
    const { failed, reasons } = await failuresOf(policy, daysLater(31))
    expect(failed.filter((each) => each.endsWith(' signature'))).toHaveLength(13)
    expect(reasons).toMatch(/it was signed at 20.*Z, more than 30 days ago/)
  })
})
