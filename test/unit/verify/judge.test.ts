import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { attest, predicateTypes } from '../../../src/attest/index.ts'
import type { Statement } from '../../../src/attest/statement.ts'
import { openRelease } from '../../../src/release/index.ts'
import { openVerifier } from '../../../src/sigstore/index.ts'
import type { EvidenceFact, ReleaseFacts } from '../../../src/verify/facts.ts'
import { judgeRelease } from '../../../src/verify/judge.ts'
import { observeRelease } from '../../../src/verify/observe.ts'
import { oneSigner } from '../../../src/verify/signers.ts'
import { testStep } from '../../step.ts'
import { attestWishes, createTestRelease, signTestRelease, type TestRelease } from '../attest/release.ts'

let release: TestRelease
/** Of a release to which nothing objects; each test changes one thing. */
let facts: ReleaseFacts

beforeAll(async () => {
  release = await createTestRelease()
  await attest(attestWishes(release), testStep())
  await signTestRelease(release)
  const nobody = {
    keyPassword: undefined,
    certificateIdentity: undefined,
    certificateOidcIssuer: undefined,
    trustedRoot: undefined,
  }
  const verifier = await openVerifier({ key: release.publicKey, ...nobody }, testStep())
  facts = await observeRelease(await openRelease(release.directory), oneSigner(verifier), testStep())
})
afterAll(() => release.remove())

function failuresOf(changed: Partial<ReleaseFacts>) {
  const checks = judgeRelease({ ...facts, ...changed }, { builderId: undefined, allowModified: false })
  const failures = checks.filter(({ passed }) => !passed)
  return {
    failed: failures.map(({ subject, check }) => `${subject} ${check}`).sort(),
    reasons: failures.map(({ reason }) => reason).join('\n'),
  }
}

const provenance = 'evidence/provenance.sigstore.json'

/** The evidence with another statement in the provenance's bundle. */
const withStatement = (edit: (statement: Statement) => Statement): EvidenceFact[] =>
  facts.evidence.map((fact) =>
    fact.evidence.path === provenance && fact.content.kind === 'statement'
      ? { ...fact, content: { ...fact.content, statement: edit(fact.content.statement) } }
      : fact,
  )

test('nothing objects to the release as it is', () => expect(failuresOf({}).failed).toEqual([]))

describe('SHA256SUMS with', () => {
  const reasonsOf = (change: (text: string) => string): string => {
    const { failed, reasons } = failuresOf({
      checksums: { ...facts.checksums, sha256: change(facts.checksums.sha256 ?? '') },
    })
    expect(failed).toEqual(['SHA256SUMS checksums'])
    return reasons
  }

  test.each<[string, (text: string) => string, RegExp]>([
    ['a missing line', (text) => text.replace(/.*hello\.tar\.gz\n/, ''), /^it does not list hello\.tar\.gz$/],
    [
      'an extra line',
      (text) => `${text}${'0'.repeat(64)}  nothing\n`,
      /^it lists nothing, which is no file of the release$/,
    ],
    ['a line for itself', (text) => `${text}${'0'.repeat(64)}  SHA256SUMS\n`, /^it lists SHA256SUMS, which is no file/],
    [
      'another sum',
      (text) => text.replace(/[0-9a-f]{64} {2}hello\.tar\.gz/, `${'0'.repeat(64)}  hello.tar.gz`),
      /^its sum of hello\.tar\.gz is not/,
    ],
    [
      'a sum that is cut off',
      (text) => text.replace(/[0-9a-f](?= {2}hello\.tar\.gz)/, ''),
      /is not a sum and a name; it does not list hello\.tar\.gz$/,
    ],
    ['a line twice', (text) => text.replace(/(.*hello\.tar\.gz\n)/, '$1$1'), /^it lists hello\.tar\.gz twice$/],
    ['two sums of one name', (text) => `${text}${'0'.repeat(64)}  hello.tar.gz\n`, /^it lists hello\.tar\.gz twice$/],
    ['a comment', (text) => `# sums\n${text}`, /^line 1 is not a sum and a name$/],
    ['an empty line', (text) => text.replace('\n', '\n\n'), /^line 2 is not a sum and a name$/],
    ['CRLF', (text) => text.replaceAll('\n', '\r\n'), /line 1 is not a sum and a name/],
    ['no line at all', () => '', /it does not list hello-linux-amd64/],
  ])('%s', (_, change, reason) => expect(reasonsOf(change)).toMatch(reason))

  test("lines in sha256sum's binary mode is as good", () => {
    const sha256 = facts.checksums.sha256?.replaceAll('  ', ' *')
    expect(failuresOf({ checksums: { ...facts.checksums, sha256 } }).failed).toEqual([])
  })

  test('nothing to read', () => {
    expect(failuresOf({ checksums: { ...facts.checksums, sha512: undefined } }).failed).toEqual([
      'SHA512SUMS checksums',
    ])
  })
})

interface Predicate {
  readonly buildDefinition: { readonly resolvedDependencies: readonly object[] }
}

describe('provenance', () => {
  const everyProvenance = 13
  const failuresWith = (edit: (statement: Statement) => Statement) => failuresOf({ evidence: withStatement(edit) })
  const provenancesIn = (failed: readonly string[]): string[] => failed.filter((each) => each.endsWith(' provenance'))

  test.each<[string, (predicate: Predicate) => object, RegExp]>([
    [
      'another source repository',
      (p) =>
        merge(p, {
          buildDefinition: { externalParameters: { source: { repository: 'https://github.com/evil/hello' } } },
        }),
      /its source 'repository' is "https:\/\/github\.com\/evil\/hello", the record says "https:\/\/github\.com\/example\/hello"/,
    ],
    [
      'another ref',
      (p) => merge(p, { buildDefinition: { externalParameters: { source: { ref: 'refs/heads/main' } } } }),
      /its source 'ref' is "refs\/heads\/main"/,
    ],
    [
      'another commit',
      (p) =>
        merge(p, {
          buildDefinition: {
            resolvedDependencies: [
              { ...p.buildDefinition.resolvedDependencies[0], digest: { gitCommit: 'f'.repeat(40) } },
              ...p.buildDefinition.resolvedDependencies.slice(1),
            ],
          },
        }),
      /resolved dependencies/,
    ],
    [
      'a missing dependency',
      (p) =>
        merge(p, { buildDefinition: { resolvedDependencies: p.buildDefinition.resolvedDependencies.slice(0, -1) } }),
      /resolved dependencies/,
    ],
    [
      'another parameter',
      (p) => merge(p, { buildDefinition: { externalParameters: { parameters: { build: { ldflags: '-X evil' } } } } }),
      /its build parameter 'ldflags' is "-X evil", the record says "-s -w"/,
    ],
    [
      'a parameter too many',
      (p) => merge(p, { buildDefinition: { externalParameters: { parameters: { build: { tags: 'x' } } } } }),
      /its build parameter 'tags' is "x", the record says absent/,
    ],
    [
      'parameters of an action that the record does not know',
      (p) => merge(p, { buildDefinition: { externalParameters: { parameters: { 'build-packages': {} } } } }),
      /its set of parameters 'build-packages' is \{\}, the record says absent/,
    ],
    [
      'parameters that are none',
      (p) => merge(p, { buildDefinition: { externalParameters: { parameters: { build: 'x' } } } }),
      /its set of parameters 'build' is "x", the record says/,
    ],
    [
      'an unknown external parameter',
      (p) => merge(p, { buildDefinition: { externalParameters: { vars: {} } } }),
      /unknown external parameter 'vars'/,
    ],
    [
      'a modified source that the record denies',
      (p) => merge(p, { buildDefinition: { externalParameters: { source: { modified: true } } } }),
      /its source 'modified' is true/,
    ],
    [
      'another build type',
      (p) => merge(p, { buildDefinition: { buildType: 'https://example.com/x' } }),
      /its build type is/,
    ],
    ['no builder', (p) => ({ ...p, runDetails: {} }), /names no builder/],
    ['nothing', () => ({}), /its build type is absent/],
  ])('of %s', (_, edit, reason) => {
    const { failed, reasons } = failuresWith((statement) => ({
      ...statement,
      predicate: edit(statement.predicate as Predicate),
    }))
    expect(provenancesIn(failed)).toHaveLength(everyProvenance)
    expect(reasons).toMatch(reason)
  })

  test('of another predicate type', () => {
    const { failed, reasons } = failuresWith((statement) => ({ ...statement, predicateType: predicateTypes.spdx }))
    expect(failed).toContain(`${provenance} evidence`)
    expect(provenancesIn(failed)).toHaveLength(everyProvenance)
    expect(reasons).toMatch(/no provenance by the expected signer/)
  })

  test('that leaves out one artifact', () => {
    const { failed } = failuresWith((statement) => ({
      ...statement,
      subject: statement.subject.filter(({ name }) => name !== 'hello.tar.gz'),
    }))
    expect(failed).toEqual([`${provenance} evidence`, 'hello.tar.gz provenance'])
  })

  test('of artifacts with the right names and other digests', () => {
    const { failed } = failuresWith((statement) => ({
      ...statement,
      subject: statement.subject.map((subject, index) => ({
        ...subject,
        digest: { sha256: index.toString(16).padStart(64, '0') },
      })),
    }))
    expect(provenancesIn(failed)).toHaveLength(everyProvenance)
  })

  test('that somebody else made does not count', () => {
    const evidence = facts.evidence.map((fact) =>
      fact.evidence.path === provenance
        ? { ...fact, content: { kind: 'invalid', reason: 'signed by another' } as const }
        : fact,
    )
    const { failed } = failuresOf({ evidence })
    expect(provenancesIn(failed)).toHaveLength(everyProvenance)
    expect(failed).toContain(`${provenance} evidence`)
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
