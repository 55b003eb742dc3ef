import { expect, test } from '@jest/globals'
import { parseParagraph } from '../../../src/repositories/apt/deb822.ts'
import { aptEntry, formatPackages, parsePackages } from '../../../src/repositories/apt/packages.ts'
import { formatReleaseFile, parseReleaseFile } from '../../../src/repositories/apt/release-file.ts'
import { indexFile, parseIndexFiles } from '../../../src/repositories/rpm/index-file.ts'
import { formatRepomd, parseRepomd } from '../../../src/repositories/rpm/repomd.ts'
import { UserError } from '../../../src/runner/index.ts'

const sha256 = 'a'.repeat(64)
const control = parseParagraph('Package: hello\nVersion: 1-1\nArchitecture: amd64\nDescription: greets\n more')
const packages = formatPackages([
  aptEntry(control, { path: 'amd64/hello_1-1_amd64.deb', size: 1, sha256 }),
  aptEntry(control, { path: 'amd64/hello_1-2_amd64.deb', size: 2, sha256 }),
])
const elements = {
  primary: `<package type="rpm">\n<checksum type="sha256" pkgid="YES">${sha256}</checksum><size package="1"/><location href="x86_64/a.rpm"/></package>\n`,
  filelists: `<package pkgid="${sha256}" name="a">\n</package>\n`,
  other: `<package pkgid="${sha256}" name="a">\n</package>\n`,
}
const entry = { path: 'x86_64/a.rpm', size: 1, sha256, elements }
const files = [{ path: 'Packages', size: 1, sha256 }]
const data = { sha256, size: 1, openSha256: sha256, openSize: 2 }
const filelists = indexFile('filelists', [entry])
const other = indexFile('other', [entry])

const parsers: Record<string, [text: string, parse: (text: string) => unknown]> = {
  Packages: [packages, parsePackages],
  Release: [
    formatReleaseFile({
      origin: 'a',
      label: 'b',
      date: new Date(0),
      validUntil: undefined,
      architectures: ['all'],
      files,
    }),
    parseReleaseFile,
  ],
  'primary.xml': [indexFile('primary', [entry]), (primary) => parseIndexFiles({ primary, filelists, other })],
  'repomd.xml': [formatRepomd({ revision: 1, data: { primary: data, filelists: data, other: data } }), parseRepomd],
}

/** Numbers in [0, limit), the same in every run (mulberry32). */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

function mutate(text: string, random: (limit: number) => number): string {
  const pieces = [
    '../',
    '/',
    '\n',
    '\n\n',
    '<',
    '</package>',
    '&#47;',
    '"',
    ':',
    '\0',
    ' ',
    '9'.repeat(20),
    '-',
    '\u{2028}',
  ]
  let changed = text
  for (let count = random(3); count >= 0; count--) {
    const start = random(changed.length)
    const end = start + random(3) * random(40)
    changed = changed.slice(0, start) + (random(2) ? (pieces[random(pieces.length)] ?? '') : '') + changed.slice(end)
  }
  return changed
}

test.each(Object.entries(parsers))(
  '%s: changed bytes are read within the repository, or refused',
  (_, [text, parse]) => {
    expect(() => parse(text)).not.toThrow()
    const random = randomNumbers(42)
    let refused = 0
    for (let round = 0; round < 3000; round++) {
      const changed = mutate(text, random)
      try {
        const parsed = parse(changed)
        const listed: { path: string }[] = Array.isArray(parsed) ? parsed : []
        for (const { path } of listed) {
          if (path.startsWith('/') || path.split('/').includes('..')) throw new Error(`leads out: ${path}`)
        }
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        refused++
      }
    }
    expect(refused).toBeGreaterThan(300)
  },
)
