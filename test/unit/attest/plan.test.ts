import { describe, expect, test } from '@jest/globals'
import { releaseArtifacts } from '../../../src/attest/index.ts'
import { planReleaseAttestations, supersededAttestations } from '../../../src/attest/plan.ts'
import type { Statement } from '../../../src/attest/statement.ts'
import type { EvidenceSigner, ReleaseRecord } from '../../../src/release/index.ts'

const signer: EvidenceSigner = { kind: 'keyless', identity: 'https://example.com/me', issuer: 'https://example.com' }
const builder = { id: 'https://example.com/builder', internalParameters: {} }

const recordOf = (count: number): ReleaseRecord => ({
  schemaVersion: 1,
  project: 'hello',
  version: 'v1',
  source: { repository: 'https://example.com/hello', commitTime: '2026-01-02T03:04:05Z', modified: false },
  build: { parameters: {}, dependencies: {} },
  subjects: Array.from({ length: count }, (_, index) => ({
    kind: 'file',
    name: `f${String(index).padStart(5, '0')}`,
    path: `files/f${index}`,
    role: 'other',
    mediaType: 'text/plain',
    size: 1,
    sha256: index.toString(16).padStart(64, '0'),
    sha512: index.toString(16).padStart(128, '0'),
  })),
  evidence: [],
})

const plan = (record: ReleaseRecord, existing: { path: string; statement: Statement; bundle: Uint8Array }[] = []) =>
  planReleaseAttestations(record, [], builder, signer, existing)

describe('provenance of many artifacts', () => {
  test('is one statement up to 1024 subjects', () => {
    expect(plan(recordOf(1024)).map(({ path, artifacts }) => [path, artifacts.length])).toEqual([
      ['evidence/provenance.sigstore.json', 1024],
    ])
  })

  test('is split above, each artifact in one statement', () => {
    const record = recordOf(2500)
    const planned = plan(record)
    expect(planned.map(({ path, statement }) => [path, statement.subject.length])).toEqual([
      ['evidence/provenance-1.sigstore.json', 1024],
      ['evidence/provenance-2.sigstore.json', 1024],
      ['evidence/provenance-3.sigstore.json', 452],
    ])
    const subjects = planned.flatMap(({ statement }) => statement.subject.map(({ name }) => name))
    expect(subjects).toEqual(releaseArtifacts(record).map(({ name }) => name))
  })

  test('of nothing is no statement', () => {
    expect(plan(recordOf(0))).toEqual([])
  })
})

describe('provenance that is there already', () => {
  const [made] = plan(recordOf(2))
  if (!made) throw new Error('nothing was planned')
  const existing = { path: made.path, statement: made.statement, bundle: Buffer.from('bundle') }

  test('stays, when only the run differs', () => {
    const { predicate } = made.statement
    const otherRun = {
      ...(predicate as object),
      runDetails: { builder: { id: builder.id }, metadata: { invocationId: 'https://example.com/runs/1' } },
    }
    const planned = plan(recordOf(2), [{ ...existing, statement: { ...made.statement, predicate: otherRun } }])
    expect(planned).toMatchObject([{ path: made.path, bundle: existing.bundle, statement: { predicate: otherRun } }])
  })

  test('is replaced at its place, when the build differs', () => {
    const record = { ...recordOf(2), build: { parameters: { build: { tags: 'other' } }, dependencies: {} } }
    const planned = plan(record, [existing])
    expect(planned).toHaveLength(1)
    expect(planned[0]?.bundle).toBeUndefined()
    expect(planned[0]?.path).toBe(made.path)
  })

  test('is left alone, when it speaks of nothing in the release any more', () => {
    const record = recordOf(4)
    const planned = plan({ ...record, subjects: record.subjects.slice(2) }, [existing])
    expect(planned).toHaveLength(1)
    expect(planned[0]?.bundle).toBeUndefined()
  })

  test('of another build is superseded where it is not replaced at its place', () => {
    const numbered = { ...existing, path: 'evidence/provenance-1.sigstore.json' }
    const other = { ...existing, path: 'evidence/other.sigstore.json' }
    const unknown = { ...other, statement: { ...made.statement, predicateType: 'https://example.com/other/v1' } }
    const found = [existing, numbered, unknown]
    const record = { ...recordOf(2), build: { parameters: { build: { tags: 'other' } }, dependencies: {} } }
    expect(supersededAttestations(found, plan(record, found))).toEqual([numbered.path])
    expect(supersededAttestations(found, plan(recordOf(2), found))).toEqual([])
  })

  test("never takes a signature's path", () => {
    const record = recordOf(1)
    const signature = {
      kind: 'signature' as const,
      subjects: [`sha256:${'0'.repeat(64)}` as const],
      path: 'evidence/provenance.sigstore.json',
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      size: 1,
      sha256: '0'.repeat(64),
      signer,
    }
    expect(plan({ ...record, evidence: [signature] })[0]?.path).toBe('evidence/provenance-1.sigstore.json')
  })
})
