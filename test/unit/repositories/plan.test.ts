import { describe, expect, test } from '@jest/globals'
import { parseParagraph } from '../../../src/repositories/apt/deb822.ts'
import type { AptObservation } from '../../../src/repositories/apt/observe.ts'
import { type AptEntry, aptEntry, parsePackages } from '../../../src/repositories/apt/packages.ts'
import { type AptWish, planApt } from '../../../src/repositories/apt/plan.ts'
import { parseReleaseFile } from '../../../src/repositories/apt/release-file.ts'
import { nextDate } from '../../../src/repositories/clock.ts'
import { isEmptyPlan, type RepositoryPlan } from '../../../src/repositories/plan.ts'
import { type Candidate, listed } from '../../../src/repositories/repository.ts'
import { UserError } from '../../../src/runner/index.ts'

const now = new Date('2026-11-22T10:00:00.500Z')
const day = 24 * 60 * 60 * 1000
const later = (milliseconds: number): Date => new Date(now.getTime() + milliseconds)

const candidate = (version: string, sha256 = 'a'.repeat(64), architecture = 'amd64'): Candidate<AptEntry> => {
  const path = `${architecture}/hello_${version}_${architecture}.deb`
  const control = parseParagraph(`Package: hello\nVersion: ${version}\nArchitecture: ${architecture}\n`)
  return { source: `/release/${path}`, entry: aptEntry(control, { path, size: 5, sha256 }) }
}
const wish = (candidates: readonly Candidate<AptEntry>[], change: Partial<AptWish> = {}): AptWish => ({
  candidates,
  origin: 'hello',
  label: 'hello',
  validFor: undefined,
  publicKey: 'KEY',
  now,
  ...change,
})
const empty: AptObservation = {
  folder: '/srv/deb',
  current: undefined,
  unsigned: [],
  documents: new Map(),
  packages: new Map(),
}

/** What a folder holds after a plan was applied to what it held before. */
function applied(plan: RepositoryPlan, before: AptObservation): AptObservation {
  const documents = new Map(before.documents)
  for (const document of plan.documents) {
    documents.set(document.path, { sha256: listed(document).sha256, modified: now })
  }
  const text = plan.seal?.text ?? before.current?.text ?? ''
  documents.set('InRelease', { sha256: listed({ path: '', bytes: Buffer.from(text) }).sha256, modified: now })
  for (const path of plan.removals) documents.delete(path)
  const packages = plan.documents.find((document) => document.path === 'Packages')?.bytes.toString()
  const entries = packages === undefined ? (before.current?.entries ?? []) : parsePackages(packages)
  return {
    ...before,
    current: { text, index: parseReleaseFile(text), entries, complete: true },
    documents,
    packages: new Map([...before.packages, ...plan.copies.map(({ path, sha256 }): [string, string] => [path, sha256])]),
  }
}
const first = planApt(wish([candidate('1.0-1')]), empty)
const published = applied(first, empty)
const releaseOf = (plan: RepositoryPlan) => parseReleaseFile(plan.seal?.text ?? '')

describe('the first publication', () => {
  test('copies packages, then writes indices, by digest before by name, then signs', () => {
    expect(first.copies.map((copy) => copy.path)).toEqual(['amd64/hello_1.0-1_amd64.deb'])
    expect(first.documents.map((document) => document.path.replace(/[0-9a-f]{64}/, 'DIGEST'))).toEqual([
      'Release.key',
      'by-hash/SHA256/DIGEST',
      'by-hash/SHA256/DIGEST',
      'Packages',
      'Packages.gz',
    ])
    expect(releaseOf(first).date).toEqual(new Date('2026-11-22T10:00:00Z'))
    expect(first.seal?.replaces).toBeUndefined()
  })

  test('lists by digest what it writes', () => {
    for (const file of releaseOf(first).files) {
      const document = first.documents.find(({ path }) => path === file.path)
      expect(document && listed(document)).toEqual(file)
      expect(first.documents.some(({ path }) => path === `by-hash/SHA256/${file.sha256}`)).toBe(true)
    }
  })

  test('is the same for the same input', () => {
    expect(planApt(wish([candidate('1.0-1')]), empty)).toEqual(first)
  })
})

describe('another publication', () => {
  test('of the same packages does nothing', () => {
    const again = planApt(wish([candidate('1.0-1')], { now: later(100 * day) }), published)
    expect(again.documents).toEqual([])
    expect(isEmptyPlan(again)).toBe(true)
  })

  test('keeps the packages that are listed, as they are listed', () => {
    const plan = planApt(
      wish([candidate('1.1-1', 'b'.repeat(64)), candidate('1.1-1', 'c'.repeat(64), 'arm64')]),
      published,
    )
    expect(plan.packages).toBe(3)
    expect(plan.added).toEqual(['amd64/hello_1.1-1_amd64.deb', 'arm64/hello_1.1-1_arm64.deb'])
    const packages = plan.documents.find(({ path }) => path === 'Packages')?.bytes.toString() ?? ''
    expect(packages).toContain(published.current?.entries[0]?.paragraph)
    expect(parsePackages(packages).map((entry) => entry.path)).toEqual([
      'amd64/hello_1.0-1_amd64.deb',
      'amd64/hello_1.1-1_amd64.deb',
      'arm64/hello_1.1-1_arm64.deb',
    ])
    expect(releaseOf(plan).architectures).toEqual(['amd64', 'arm64'])
  })

  test('is refused when a version would change its bytes', () => {
    const changed = wish([candidate('1.0-1', 'b'.repeat(64))])
    expect(() => planApt(changed, published)).toThrow(/published with other bytes/)
    const unlisted = { ...empty, packages: published.packages }
    expect(() => planApt(changed, unlisted)).toThrow(/published with other bytes/)
  })

  test('brings back a package that was lost, without a new signature', () => {
    const plan = planApt(wish([candidate('1.0-1')]), { ...published, packages: new Map() })
    expect(plan.copies).toHaveLength(1)
    expect(plan.added).toEqual([])
    expect(plan.seal).toBeUndefined()
  })

  test('is refused when a published package is gone or changed, and is not of the release', () => {
    const next = wish([candidate('1.1-1', 'b'.repeat(64))])
    expect(() => planApt(next, { ...published, packages: new Map() })).toThrow(/missing or differ/)
    const changed = new Map([['amd64/hello_1.0-1_amd64.deb', 'f'.repeat(64)]])
    expect(() => planApt(next, { ...published, packages: changed })).toThrow(/missing or differ/)
  })

  test('brings back a document that was lost or changed, without a new signature', () => {
    const documents = new Map(published.documents)
    documents.delete('Packages.gz')
    documents.set('Release.key', { sha256: 'other', modified: now })
    const plan = planApt(wish([candidate('1.0-1')]), { ...published, documents })
    expect(plan.documents.map(({ path }) => path)).toEqual(['Release.key', 'Packages.gz'])
    expect(plan.seal).toBeUndefined()
  })

  test('signs again when a signature is missing or of another index', () => {
    const current = published.current && { ...published.current, complete: false }
    const plan = planApt(wish([candidate('1.0-1')], { now: later(5000) }), { ...published, current })
    expect(plan.documents).toEqual([])
    expect(releaseOf(plan).date).toEqual(new Date('2026-11-22T10:00:05Z'))
    expect(plan.seal?.replaces).toBe(published.documents.get('InRelease')?.sha256)
  })

  test.each([
    ['origin', { origin: 'other' }],
    ['label', { label: 'other' }],
    ['limit', { validFor: day }],
  ])('signs again when its %s is to change', (_, change) => {
    expect(planApt(wish([candidate('1.0-1')], change), published).seal).toBeDefined()
  })
})

describe('what a killed run left', () => {
  test('is taken up when it is of this release', () => {
    const plan = planApt(wish([candidate('1.0-1')]), {
      ...published,
      current: undefined,
      unsigned: ['amd64/hello_1.0-1_amd64.deb'],
    })
    expect(plan.copies).toEqual([])
    expect(plan.seal).toBeDefined()
  })

  test('is refused when it lists more: packages of an unsigned index must not vanish', () => {
    const observation = { ...empty, unsigned: ['amd64/hello_0.9-1_amd64.deb'] }
    expect(() => planApt(wish([candidate('1.0-1')]), observation)).toThrow(UserError)
  })
})

describe('Valid-Until', () => {
  const limited = (age: number) => {
    const before = applied(planApt(wish([candidate('1.0-1')], { validFor: 10 * day }), empty), empty)
    return planApt(wish([candidate('1.0-1')], { validFor: 10 * day, now: later(age) }), before)
  }

  test('is counted from the date', () => {
    const { date, validUntil } = releaseOf(planApt(wish([candidate('1.0-1')], { validFor: 10 * day }), empty))
    expect(validUntil?.getTime()).toBe(date.getTime() + 10 * day)
  })

  test('is renewed when half of the time is over, not before', () => {
    expect(limited(4 * day).seal).toBeUndefined()
    expect(limited(6 * day).seal).toBeDefined()
  })

  test('is cut when the limit becomes shorter, and dropped when there is none', () => {
    const before = applied(planApt(wish([candidate('1.0-1')], { validFor: 10 * day }), empty), empty)
    expect(releaseOf(planApt(wish([candidate('1.0-1')], { validFor: 2 * day }), before)).validUntil).toEqual(
      new Date('2026-11-24T10:00:01Z'),
    )
    expect(releaseOf(planApt(wish([candidate('1.0-1')]), before)).validUntil).toBeUndefined()
  })
})

describe('old indices', () => {
  const stale = { sha256: 'x', modified: later(-2 * day) }
  const old = `by-hash/SHA256/${'1'.repeat(64)}`
  const next = (documents: AptObservation['documents']) =>
    planApt(wish([candidate('1.1-1', 'b'.repeat(64))]), { ...published, documents })

  test('are removed a day after, but for those that the signed index lists now', () => {
    const documents = new Map(
      [...published.documents].map(([path]) => [path, { sha256: 'x', modified: later(-2 * day) }]),
    )
    documents.set(old, stale)
    documents.set('by-hash/SHA256/notes.txt', stale)
    documents.set('Packages.old', stale)
    expect(next(documents).removals).toEqual([old])
  })

  test('stay for a day', () => {
    const documents = new Map([...published.documents, [old, { sha256: 'x', modified: later(-day / 2) }] as const])
    expect(next(documents).removals).toEqual([])
  })
})

describe('the date', () => {
  test('is later than the one before, though within the same second', () => {
    expect(nextDate(now, new Date('2026-11-22T10:00:00Z'))).toEqual(new Date('2026-11-22T10:00:01Z'))
    expect(nextDate(now, new Date('2026-11-22T10:00:03Z'))).toEqual(new Date('2026-11-22T10:00:04Z'))
    expect(nextDate(now, new Date('2026-11-01T00:00:00Z'))).toEqual(new Date('2026-11-22T10:00:00Z'))
  })

  test('is refused when the one before lies in the future', () => {
    expect(() => nextDate(now, later(60_000))).toThrow(/on this machine/)
  })
})
