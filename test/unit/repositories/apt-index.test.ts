import { describe, expect, test } from '@jest/globals'
import { formatParagraph, parseParagraph, splitParagraphs } from '../../../src/repositories/apt/deb822.ts'
import { aptEntry, aptPath, formatPackages, parsePackages } from '../../../src/repositories/apt/packages.ts'
import { formatReleaseFile, parseReleaseFile, type ReleaseFile } from '../../../src/repositories/apt/release-file.ts'
import { UserError } from '../../../src/runner/index.ts'

const control = `Package: hello
Version: 1:1.2.3~rc.1-1
Architecture: amd64
Maintainer: Jane Doe <jane@example.com>
Description: greets
 In more words:
 .
  - one
`
const file = { path: 'amd64/hello_1.2.3~rc.1-1_amd64.deb', size: 12, sha256: 'a'.repeat(64) }

describe('control data (deb822)', () => {
  test('keeps fields, order and continuation lines as written', () => {
    const fields = parseParagraph(control)
    expect([...fields.keys()]).toEqual(['Package', 'Version', 'Architecture', 'Maintainer', 'Description'])
    expect(fields.get('Description')).toBe('greets\n In more words:\n .\n  - one')
    expect(formatParagraph(fields)).toBe(control)
  })

  test.each([
    ['a line without a colon', 'Package hello'],
    ['a field that stands twice', 'Package: a\npackage: b'],
    ['a continuation of nothing', ' text'],
    ['a name that begins with a dash', '-Package: a'],
    ['an empty name', ': a'],
  ])('refuses %s', (_, text) => {
    expect(() => parseParagraph(text)).toThrow(UserError)
  })

  test('separates paragraphs at empty lines, however many', () => {
    expect(splitParagraphs('\nA: 1\n\n \t\n\nB: 2\n')).toEqual(['\nA: 1', 'B: 2\n'])
  })
})

describe('Packages', () => {
  test('lists the control data and where the file lies', () => {
    expect(aptEntry(parseParagraph(control), file).paragraph).toBe(
      `${control}Filename: ${file.path}\nSize: 12\nSHA256: ${file.sha256}\n`,
    )
  })

  test('does not let a control file say where the file lies', () => {
    const forged = parseParagraph(`${control}filename: ../../etc/passwd\nSha256: ${'b'.repeat(64)}\nMD5sum: 0\n`)
    const { paragraph } = aptEntry(forged, file)
    expect(paragraph).not.toContain('passwd')
    expect(paragraph).not.toContain('bbbb')
    expect(paragraph).not.toContain('MD5sum')
  })

  test('reads back what it wrote, byte for byte', () => {
    const other = aptEntry(parseParagraph(control.replace('amd64', 'arm64')), { ...file, path: 'arm64/hello.deb' })
    const text = formatPackages([aptEntry(parseParagraph(control), file), other])
    expect(parsePackages(text).map((entry) => entry.path)).toEqual([file.path, 'arm64/hello.deb'])
    expect(formatPackages(parsePackages(text))).toBe(text)
    expect(parsePackages('')).toEqual([])
  })

  test('has no epoch in the name of a file', () => {
    expect(aptPath(parseParagraph(control))).toBe(file.path)
  })

  test.each([
    ['a name with a slash', control.replace('hello', '../hello')],
    ['a version with a space', control.replace('1:1.2.3', '1.2 3')],
    ['an architecture that is hidden', control.replace('amd64', '.git')],
    ['no version', control.replace(/Version.*\n/, '')],
  ])('refuses %s', (_, text) => {
    expect(() => aptPath(parseParagraph(text))).toThrow(UserError)
  })

  test.each([
    ['a path out of the repository', `Filename: ../x.deb\nSize: 1\nSHA256: ${file.sha256}`],
    ['an absolute path', `Filename: /x.deb\nSize: 1\nSHA256: ${file.sha256}`],
    ['no SHA256', 'Filename: x.deb\nSize: 1'],
    ['a size that is none', `Filename: x.deb\nSize: many\nSHA256: ${file.sha256}`],
  ])('refuses an index with %s', (_, fields) => {
    expect(() => parsePackages(`${control}${fields}\n`)).toThrow(UserError)
  })
})

describe('Release', () => {
  const release: ReleaseFile = {
    origin: 'hello',
    label: 'hello',
    date: new Date('2026-11-21T22:11:08Z'),
    validUntil: new Date('2026-12-01T00:00:00Z'),
    architectures: ['amd64', 'arm64'],
    files: [{ path: 'Packages', size: 3, sha256: 'c'.repeat(64) }],
  }

  test('lists SHA256 only, and dates as apt reads them', () => {
    expect(formatReleaseFile(release)).toBe(`Origin: hello
Label: hello
Date: Sat, 21 Nov 2026 22:11:08 UTC
Valid-Until: Tue, 01 Dec 2026 00:00:00 UTC
Acquire-By-Hash: yes
Architectures: amd64 arm64
SHA256:
 ${'c'.repeat(64)} 3 Packages
`)
  })

  test('reads back what it wrote', () => {
    expect(parseReleaseFile(formatReleaseFile(release))).toEqual(release)
    const unlimited = { ...release, validUntil: undefined }
    expect(parseReleaseFile(formatReleaseFile(unlimited))).toEqual(unlimited)
  })

  test.each([
    ['a field more', (text: string) => `${text}Suite: stable\n`],
    ['another hash', (text: string) => text.replace('SHA256', 'SHA512')],
    ['no date', (text: string) => text.replace(/Date.*\n/, '')],
    ['a date of its own kind', (text: string) => text.replace('UTC', '+0000')],
  ])('refuses a Release file with %s', (_, change) => {
    expect(() => parseReleaseFile(change(formatReleaseFile(release)))).toThrow(UserError)
  })
})
