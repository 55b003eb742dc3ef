import { describe, expect, test } from '@jest/globals'
import { predicateTypes } from '../../../src/attest/index.ts'
import { provenanceOf } from '../../../src/attest/provenance.ts'
import { createStatement, type Statement } from '../../../src/attest/statement.ts'
import type { ReleaseRecord } from '../../../src/release/index.ts'
import type { EvidenceFact, ReleaseFacts } from '../../../src/verify/facts.ts'
import { judgeRelease } from '../../../src/verify/judge.ts'
import type { Check } from '../../../src/verify/verdict.ts'

const workflow = 'https://github.com/example/hello/.github/workflows/release.yml@refs/tags/v1.2.3'
const commit = 'c'.repeat(40)
const file = {
  kind: 'file',
  name: 'hello.tar.gz',
  path: 'files/hello.tar.gz',
  role: 'archive',
  mediaType: 'application/gzip',
  size: 1,
  sha256: 'a'.repeat(64),
  sha512: 'b'.repeat(128),
} as const

const record: ReleaseRecord = {
  schemaVersion: 1,
  project: 'hello',
  version: 'v1.2.3',
  source: {
    repository: 'https://github.com/example/hello',
    ref: 'refs/tags/v1.2.3',
    commit,
    commitTime: '2026-01-02T03:04:05Z',
    modified: false,
  },
  build: { parameters: {}, dependencies: {} },
  subjects: [file],
  evidence: [],
}

/** What Fulcio certifies of the workflow that made the provenance below; numbers of docs/oid-info.md. */
const certified: Readonly<Record<number, string>> = {
  9: workflow,
  10: commit,
  11: 'github-hosted',
  12: 'https://github.com/example/hello',
  13: commit,
  14: 'refs/tags/v1.2.3',
  15: '17',
  16: 'https://github.com/example',
  17: '4',
  18: workflow,
  19: commit,
  20: 'push',
  21: 'https://github.com/example/hello/actions/runs/99/attempts/1',
}

const statement = createStatement(
  [{ name: file.name, digest: `sha256:${file.sha256}` }],
  predicateTypes.provenance,
  provenanceOf(record, {
    id: workflow,
    internalParameters: {
      github: {
        event_name: 'push',
        repository_id: '17',
        repository_owner_id: '4',
        runner_environment: 'github-hosted',
      },
    },
    invocationId: 'https://github.com/example/hello/actions/runs/99/attempts/1',
  }),
)

function factsWith(extensions: Readonly<Record<number, string>>, changed: Partial<Statement> = {}): ReleaseFacts {
  const evidence: EvidenceFact = {
    evidence: {
      kind: 'attestation',
      predicateType: predicateTypes.provenance,
      subjects: [`sha256:${file.sha256}`],
      path: 'evidence/provenance.sigstore.json',
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      size: 1,
      sha256: '0'.repeat(64),
      signer: { kind: 'keyless', identity: workflow, issuer: 'https://token.actions.githubusercontent.com' },
    },
    expected: true,
    content: {
      kind: 'statement',
      statement: { ...statement, ...changed },
      signer: {
        kind: 'keyless',
        identity: workflow,
        issuer: 'https://token.actions.githubusercontent.com',
        extensions: Object.fromEntries(
          Object.entries(extensions).map(([number, text]) => [`1.3.6.1.4.1.57264.1.${number}`, text]),
        ),
      },
    },
  }
  return {
    record,
    files: [],
    checksums: { sha256: undefined, sha512: undefined },
    evidence: [evidence],
    layout: { problem: undefined, entries: [], manifests: [], damaged: [] },
  }
}

const provenanceOfFile = (facts: ReleaseFacts): Check | undefined =>
  judgeRelease(facts, { builderId: undefined, allowModified: false }).find(({ check }) => check === 'provenance')

describe('provenance and its certificate', () => {
  test('agree', () => {
    expect(provenanceOfFile(factsWith(certified))).toMatchObject({ passed: true })
  })

  test('agree where a certificate says less, as one for an email address does', () => {
    expect(provenanceOfFile(factsWith({}))).toMatchObject({ passed: true })
  })

  test.each([
    [9, 'https://github.com/evil/hello/.github/workflows/release.yml@refs/tags/v1.2.3', 'builder'],
    [9, `${workflow}0`, 'builder'],
    [11, 'self-hosted', 'runner environment'],
    [12, 'https://github.com/evil/hello', 'source repository'],
    [13, 'd'.repeat(40), 'source commit'],
    [14, 'refs/heads/main', 'source ref'],
    [15, '18', 'repository id'],
    [17, '5', 'repository owner id'],
    [20, 'pull_request', 'event'],
    [21, 'https://github.com/example/hello/actions/runs/98/attempts/1', 'invocation'],
  ])('disagree when extension %i is %s', (number, text, what) => {
    const check = provenanceOfFile(factsWith({ ...certified, [number]: text }))
    expect(check?.passed).toBe(false)
    expect(check?.reason).toMatch(
      new RegExp(`its ${what} is ".*", but the certificate says '${text.replaceAll('.', '\\.')}'`),
    )
  })

  test('disagree when the predicate claims a terminal and a workflow signed', () => {
    const predicate = provenanceOf(record, {
      id: 'https://example.com/#terminal',
      internalParameters: { terminal: {} },
    })
    const check = provenanceOfFile(factsWith(certified, { predicate }))
    expect(check).toMatchObject({
      passed: false,
      reason: expect.stringMatching(/its builder is .*its event is absent/),
    })
  })

  test.each([
    null,
    'text',
    [],
    { buildDefinition: [] },
    { buildDefinition: { resolvedDependencies: {} }, runDetails: null },
  ])('a predicate that is %j is judged, not stumbled over', (predicate) => {
    expect(provenanceOfFile(factsWith(certified, { predicate }))).toMatchObject({ passed: false })
  })
})
