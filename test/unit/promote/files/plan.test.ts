import { describe, expect, test } from '@jest/globals'
import {
  type FileObservation,
  type FileWish,
  planFiles,
  wishOfFileManifests,
} from '../../../../src/promote/files/index.ts'

const hash = (letter: string): string => letter.repeat(64)

const wish = (name: string, overrides: Partial<FileWish> = {}): FileWish => ({
  kind: 'file',
  name,
  source: { address: 'gs://staging', name },
  sha256: hash('a'),
  destination: 's3://mirror',
  evidence: [],
  ...overrides,
})

function observation(overrides: Partial<FileObservation> = {}): FileObservation {
  return { destinations: new Map(), sources: new Map(), unreadable: new Map(), ...overrides }
}

/** Sources that are there with the hash that is asked for. */
const sources = (...names: string[]): FileObservation['sources'] =>
  new Map(names.map((name) => [`gs://staging ${name}`, { name, size: 7, sha256: hash('a') }]))

describe('the plan of files', () => {
  test('what is there with the same bytes is left, what is missing is brought with its size', () => {
    const plan = planFiles(
      [wish('a'), wish('b')],
      observation({ destinations: new Map([['s3://mirror a', hash('a')]]), sources: sources('b') }),
    )
    expect(plan).toEqual({ files: [{ ...wish('b'), size: 7 }], conflicts: [] })
  })

  test('a source whose hash is not known yet is brought, and proven on the way', () => {
    const found = new Map([['gs://staging a', { name: 'a', size: 7 }]])
    expect(planFiles([wish('a')], observation({ sources: found })).files).toHaveLength(1)
  })

  test('other bytes at a destination are a conflict there, and do not stop another destination', () => {
    const plan = planFiles(
      [wish('a'), wish('a', { destination: 'gs://mirror' })],
      observation({ destinations: new Map([['s3://mirror a', hash('b')]]), sources: sources('a') }),
    )
    expect(plan.files.map(({ destination }) => destination)).toEqual(['gs://mirror'])
    expect(plan.conflicts).toMatchObject([{ kind: 'file differs', item: 's3://mirror a', destination: 's3://mirror' }])
  })

  test.each([
    ['source missing', new Map(), /there is no 'a'/],
    ['source differs', new Map([['gs://staging a', { name: 'a', size: 7, sha256: hash('b') }]]), /is sha256:bbb/],
  ])('%s: one conflict for all destinations', (kind, found, message) => {
    const plan = planFiles([wish('a'), wish('a', { destination: 'gs://mirror' })], observation({ sources: found }))
    expect(plan.files).toEqual([])
    expect(plan.conflicts).toHaveLength(1)
    expect(plan.conflicts[0]).toMatchObject({ kind, item: 'gs://staging a' })
    expect(plan.conflicts[0]?.message).toMatch(message)
  })

  test('a source of another size than the record says differs, whatever its hash', () => {
    const plan = planFiles([wish('a', { size: 8 })], observation({ sources: sources('a') }))
    expect(plan.files).toEqual([])
    expect(plan.conflicts[0]?.message).toBe("gs://staging: 'a' is 7 bytes, but 8 bytes is to be promoted")
  })

  test('one name with two hashes is a conflict; the same wish twice is one', () => {
    const plan = planFiles([wish('a'), wish('a', { sha256: hash('b') }), wish('b'), wish('b')], {
      ...observation(),
      sources: new Map(['a', 'b'].map((name) => [`gs://staging ${name}`, { name, size: 7 }])),
    })
    expect(plan.files.map(({ name }) => name)).toEqual(['b'])
    expect(plan.conflicts).toMatchObject([{ kind: 'two hashes', item: 's3://mirror a' }])
  })

  test('a destination that cannot be read keeps its own files waiting, and no others', () => {
    const plan = planFiles(
      [wish('a'), wish('a', { destination: 'gs://mirror' })],
      observation({ unreadable: new Map([['s3://mirror a', 'access is denied']]), sources: sources('a') }),
    )
    expect(plan.files.map(({ destination }) => destination)).toEqual(['gs://mirror'])
    expect(plan.conflicts).toMatchObject([{ kind: 'unreadable', message: 'access is denied' }])
  })

  test('a file waits for its evidence, and the checksums of a folder for everything in it', () => {
    const wishes = [
      wish('v1/a', { evidence: ['v1/a.sig'] }),
      wish('v1/a.sig', { kind: 'evidence', sha256: hash('b') }),
      wish('v1/b'),
      wish('v1/SHA256SUMS', { kind: 'checksums' }),
      wish('v2/SHA256SUMS', { kind: 'checksums' }),
    ]
    const found = sources('v1/a', 'v1/a.sig', 'v1/b', 'v1/SHA256SUMS', 'v2/SHA256SUMS')
    const plan = planFiles(wishes, observation({ sources: found }))
    expect(plan.conflicts).toMatchObject([{ kind: 'source differs', item: 'gs://staging v1/a.sig' }])
    expect(plan.files.map(({ name }) => name)).toEqual(['v1/b', 'v2/SHA256SUMS'])
  })
})

describe('file manifests', () => {
  test('each file goes to each destination; names tell evidence and checksums', () => {
    const location = { file: 'm.yaml', line: 1, column: 1 }
    const names = ['v1/a.tar.gz', 'v1/a.tar.gz.sig', 'v1/a.tar.gz.sigstore.json', 'v1/SHA256SUMS', 'v1/a.tar.gz.sha256']
    const wishes = wishOfFileManifests([
      {
        project: 'tool',
        location,
        source: 'gs://staging/tool',
        destinations: ['s3://one/tool', 'gs://two/tool'],
        files: names.map((name) => ({ name, sha256: hash('a'), location })),
        findings: [],
      },
    ])
    expect(wishes.map(({ destination, name, kind }) => `${destination} ${name} ${kind}`)).toEqual(
      ['s3://one/tool', 'gs://two/tool'].flatMap((destination) => [
        `${destination} v1/a.tar.gz file`,
        `${destination} v1/a.tar.gz.sig evidence`,
        `${destination} v1/a.tar.gz.sigstore.json evidence`,
        `${destination} v1/SHA256SUMS checksums`,
        `${destination} v1/a.tar.gz.sha256 checksums`,
      ]),
    )
    expect(wishes[0]).toMatchObject({
      source: { address: 'gs://staging/tool', name: 'v1/a.tar.gz' },
      evidence: ['v1/a.tar.gz.sig', 'v1/a.tar.gz.sigstore.json'],
    })
  })
})
