import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  fileSubject,
  newRecord,
  openRelease,
  proveSubjects,
  type ReleaseRecord,
  saveRelease,
  withSubjects,
  writeChecksums,
} from '../../../src/release/index.ts'
import { testStep } from '../../step.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'))
  mkdirSync(join(folder, 'files'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const empty = {
  project: 'hello',
  version: 'v1.2.3',
  source: { repository: 'https://example.com/hello', commitTime: '2026-01-02T03:04:05Z', modified: false },
  build: { parameters: { build: { b: 1, a: [2] } }, dependencies: {} },
  subjects: [],
}

async function madeRelease(): Promise<ReleaseRecord> {
  for (const name of ['b', 'a']) writeFileSync(join(folder, 'files', name), `bytes of ${name}`)
  const subjects = await Promise.all(
    ['b', 'a'].map((name) =>
      fileSubject(folder, join(folder, 'files', name), { role: 'other', mediaType: 'text/plain' }),
    ),
  )
  const record = newRecord(empty)
  return (await saveRelease(folder, await writeChecksums(folder, withSubjects(record, subjects)))).record
}

describe('release.json', () => {
  test('is sorted, the same byte for byte, and says when nothing changed', async () => {
    const record = await madeRelease()
    const bytes = readFileSync(join(folder, 'release.json'), 'utf8')
    expect(Object.keys(JSON.parse(bytes))).toEqual([
      'build',
      'evidence',
      'project',
      'schemaVersion',
      'source',
      'subjects',
      'version',
    ])
    const { changed } = await saveRelease(folder, { ...record, subjects: [...record.subjects].reverse() })
    expect(changed).toBe(false)
    expect(readFileSync(join(folder, 'release.json'), 'utf8')).toBe(bytes)
    const opened = await openRelease(folder)
    expect(opened.record.subjects.map((subject) => subject.name)).toEqual(['SHA256SUMS', 'SHA512SUMS', 'a', 'b'])
    await proveSubjects(opened, testStep())
  })

  test('checksums have the known format', async () => {
    await madeRelease()
    expect(readFileSync(join(folder, 'files', 'SHA256SUMS'), 'utf8')).toMatch(
      /^[0-9a-f]{64} {2}a\n[0-9a-f]{64} {2}b\n$/,
    )
  })

  test('a write that fails leaves the old bytes and no other file', async () => {
    const record = await madeRelease()
    rmSync(join(folder, 'release.json'))
    mkdirSync(join(folder, 'release.json'))
    await expect(saveRelease(folder, { ...record, version: 'v2.0.0' })).rejects.toThrow('Cannot write')
    expect(readdirSync(folder).sort()).toEqual(['files', 'release.json'])
  })

  const tamper = (change: (record: Record<string, never>) => void): void => {
    const path = join(folder, 'release.json')
    const record = JSON.parse(readFileSync(path, 'utf8'))
    change(record)
    writeFileSync(path, JSON.stringify(record))
  }

  // biome-ignore lint/suspicious/noExplicitAny: these are attacks on the type
  test.each<[string, (record: any) => void, string]>([
    ['a newer schema', (record) => (record.schemaVersion = 2), 'schemaVersion'],
    ['an unknown key', (record) => (record.extra = 1), 'extra'],
    [
      'a path upwards',
      (record) => (record.subjects[2].path = 'files/../../../etc/passwd'),
      'outside the release directory',
    ],
    ['an absolute path', (record) => (record.subjects[2].path = '/etc/passwd'), 'path'],
    ['a malformed digest', (record) => (record.subjects[2].sha256 = 'abc'), 'sha256'],
    ['a name with a slash', (record) => (record.subjects[2].name = '../a'), 'name'],
    ['an unknown kind', (record) => (record.subjects[2].kind = 'ghost'), 'kind'],
  ])('refuses %s', async (_, change, message) => {
    await madeRelease()
    tamper(change)
    await expect(openRelease(folder)).rejects.toThrow(message)
  })

  test('refuses a link that leads out of the release directory', async () => {
    await madeRelease()
    rmSync(join(folder, 'files', 'a'))
    symlinkSync('/etc/hostname', join(folder, 'files', 'a'))
    await expect(openRelease(folder)).rejects.toThrow('outside the release directory: files/a')
  })

  test('refuses what is no JSON, and says what to do when it is missing', async () => {
    await expect(openRelease(folder)).rejects.toThrow('release.json is missing')
    writeFileSync(join(folder, 'release.json'), '{"schemaVersion":')
    await expect(openRelease(folder)).rejects.toThrow('is not JSON')
  })

  test('names every file that differs from the record', async () => {
    await madeRelease()
    writeFileSync(join(folder, 'files', 'a'), 'other byte')
    rmSync(join(folder, 'files', 'b'))
    const release = await openRelease(folder)
    await expect(proveSubjects(release, testStep())).rejects.toThrow(/2 failed\n.*\n.*/)
    await expect(proveSubjects(release, testStep())).rejects.toThrow(/files\/a: digest mismatch/)
    await expect(proveSubjects(release, testStep())).rejects.toThrow(/File not found: .*files\/b/)
  })

  test('a file that changes after it was proven is read again, whatever its size and time of change say', async () => {
    await madeRelease()
    const release = await openRelease(folder)
    const path = join(folder, 'files', 'a')
    const past = new Date('2026-01-01T00:00:00Z')
    utimesSync(path, past, past)
    await new Promise((resolve) => setTimeout(resolve, 150))
    await proveSubjects(release, testStep())
    await proveSubjects(release, testStep())
    writeFileSync(path, 'bytes of A')
    utimesSync(path, past, past)
    await expect(proveSubjects(release, testStep())).rejects.toThrow(/files\/a: digest mismatch/)
  })
})
