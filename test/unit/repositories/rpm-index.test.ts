import { describe, expect, test } from '@jest/globals'
import type { RpmDependency, RpmMetadata } from '../../../src/packages/index.ts'
import { rpmEntry } from '../../../src/repositories/rpm/entry.ts'
import { indexFile, parseIndexFiles } from '../../../src/repositories/rpm/index-file.ts'
import { formatRepomd, parseRepomd, type Repomd } from '../../../src/repositories/rpm/repomd.ts'
import { unescapeXml, xmlAttribute, xmlText } from '../../../src/repositories/rpm/xml.ts'
import { UserError } from '../../../src/runner/index.ts'

const dependency = (
  name: string,
  comparison?: RpmDependency['comparison'],
  version = '',
  pre = false,
): RpmDependency => ({
  name,
  ...(comparison ? { comparison } : {}),
  version,
  pre,
})

const metadata: RpmMetadata = {
  name: 'hello',
  architecture: 'x86_64',
  version: { epoch: 0, version: '1.2.3~rc.1', release: '1' },
  summary: 'says "hello" & <more>',
  description: 'in\ntwo lines',
  packager: '',
  url: 'https://example.com/?a=1&b=2',
  license: 'Apache-2.0',
  vendor: '',
  group: 'Unspecified',
  buildHost: 'localhost',
  sourcePackage: 'hello-1.2.3~rc.1-1.src.rpm',
  buildTime: 1_795_319_608,
  installedSize: 7,
  archiveSize: 660,
  headerRange: { start: 4504, end: 7241 },
  dependencies: {
    provides: [dependency('hello', 'EQ', '1.2.3~rc.1-1'), dependency('config(hello)', 'EQ', '1.2.3~rc.1-1')],
    requires: [
      dependency('/bin/sh', undefined, '', true),
      dependency('/etc/hello.conf'),
      dependency('bash', 'GE', '1:5-2'),
      dependency('bash', 'GE', '1:5-2'),
      dependency('config(hello)', 'EQ', '1.2.3~rc.1-1'),
      dependency('hello'),
      dependency('hello', 'GE', '9'),
      dependency('rpmlib(PayloadIsXz)', 'LE', '5.2-1'),
    ],
    conflicts: [dependency('old', 'LT', '2')],
    obsoletes: [],
    suggests: [],
    enhances: [],
    recommends: [],
    supplements: [],
  },
  files: [
    { path: '/etc/hello.conf', type: 'file' },
    { path: '/etc/hello', type: 'dir' },
    { path: '/usr/bin/hello', type: 'file' },
    { path: '/usr/share/doc/a & b', type: 'file' },
    { path: '/var/log/hello', type: 'ghost' },
  ],
  changelog: Array.from({ length: 12 }, (_, index) => ({
    author: 'Me <me@example.com>',
    time: index,
    text: `- ${index}`,
  })),
}
const file = { path: 'x86_64/hello-1.2.3~rc.1-1.x86_64.rpm', size: 7417, sha256: 'a'.repeat(64) }
const entry = rpmEntry(metadata, file)
const another = rpmEntry(
  { ...metadata, architecture: 'aarch64' },
  { ...file, path: 'aarch64/x.rpm', sha256: 'b'.repeat(64) },
)

describe('XML', () => {
  test('escapes what would end a text or an attribute', () => {
    expect(xmlText('a<b>&"c"]]>')).toBe('a&lt;b&gt;&amp;"c"]]&gt;')
    expect(xmlAttribute('a\n"b"\t&')).toBe('a&#10;&quot;b&quot;&#9;&amp;')
  })

  test('replaces what XML cannot hold', () => {
    expect(xmlText('a\u{0}b\u{1b}c\u{ffff}d\u{d800}e')).toBe('a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e')
    expect(xmlText('naïve 😀\n\t')).toBe('naïve 😀\n\t')
  })

  test('reads references back', () => {
    expect(unescapeXml(xmlAttribute('<"&\n\'>'))).toBe('<"&\n\'>')
    expect(unescapeXml('&#x26;&#1114112;&none;')).toBe('&&#1114112;&none;')
  })
})

describe('primary.xml', () => {
  const { primary } = entry.elements

  test('leaves out what the package brings itself and what it needs of rpm', () => {
    expect(/<rpm:requires>(.*)<\/rpm:requires>/s.exec(primary)?.[1]).toBe(`
      <rpm:entry name="/bin/sh" pre="1"/>
      <rpm:entry name="bash" flags="GE" epoch="1" ver="5" rel="2"/>
      <rpm:entry name="hello" flags="GE" epoch="0" ver="9"/>
    `)
  })

  test('lists the files that others depend on by path', () => {
    expect(primary.match(/<file.*<\/file>/g)).toEqual([
      '<file>/etc/hello.conf</file>',
      '<file type="dir">/etc/hello</file>',
      '<file>/usr/bin/hello</file>',
    ])
  })

  test('has no list for a kind of dependency that the package has none of', () => {
    expect(primary).toContain('<rpm:conflicts>')
    expect(primary).not.toContain('rpm:obsoletes')
  })

  test('escapes text', () => {
    expect(primary).toContain('<summary>says "hello" &amp; &lt;more&gt;</summary>')
    expect(primary).toContain('<url>https://example.com/?a=1&amp;b=2</url>')
  })
})

test('filelists.xml lists every file with its type', () => {
  expect(entry.elements.filelists).toBe(`<package pkgid="${file.sha256}" name="hello" arch="x86_64">
  <version epoch="0" ver="1.2.3~rc.1" rel="1"/>
  <file>/etc/hello.conf</file>
  <file type="dir">/etc/hello</file>
  <file>/usr/bin/hello</file>
  <file>/usr/share/doc/a &amp; b</file>
  <file type="ghost">/var/log/hello</file>
</package>
`)
})

test('other.xml lists the last ten changes', () => {
  const changes = entry.elements.other.match(/<changelog.*<\/changelog>/g)
  expect(changes).toHaveLength(10)
  expect(changes?.at(-1)).toBe('<changelog author="Me &lt;me@example.com&gt;" date="11">- 11</changelog>')
})

describe('index files', () => {
  const files = {
    primary: indexFile('primary', [entry, another]),
    filelists: indexFile('filelists', [entry, another]),
    other: indexFile('other', [entry, another]),
  }

  test('are read back as they were written', () => {
    expect(parseIndexFiles(files)).toEqual([entry, another])
    const none = {
      primary: indexFile('primary', []),
      filelists: indexFile('filelists', []),
      other: indexFile('other', []),
    }
    expect(parseIndexFiles(none)).toEqual([])
  })

  test.each([
    ['a package is cut off', { ...files, primary: files.primary.replace('</package>', '') }],
    ['the count is wrong', { ...files, primary: files.primary.replace('packages="2"', 'packages="3"') }],
    ['a package is missing in filelists', { ...files, filelists: indexFile('filelists', [entry]) }],
    ['a path leads out of the repository', { ...files, primary: files.primary.replace(file.path, '../x.rpm') }],
    ['a comment could hide a package', { ...files, primary: files.primary.replace('<name>', '<!-- --><name>') }],
    [
      'a checksum is of another kind',
      { ...files, primary: files.primary.replace('type="sha256" pkgid', 'type="md5" pkgid') },
    ],
    ['they are something else', { ...files, other: '<html></html>' }],
  ])('are refused when %s', (_, changed) => {
    expect(() => parseIndexFiles(changed)).toThrow(UserError)
  })
})

describe('repomd.xml', () => {
  const data = { sha256: 'a'.repeat(64), size: 1, openSha256: 'b'.repeat(64), openSize: 2 }
  const repomd: Repomd = { revision: 1_795_319_608, data: { primary: data, filelists: data, other: data } }

  test('is read back as it was written', () => {
    expect(parseRepomd(formatRepomd(repomd))).toEqual(repomd)
  })

  test.each([
    ['an index more', (text: string) => text.replace('</repomd>', '  <data type="group"></data>\n</repomd>')],
    ['an index less', (text: string) => text.replace(/ {2}<data type="other">.*<\/data>\n/s, '')],
    ['another checksum', (text: string) => text.replaceAll('type="sha256"', 'type="sha512"')],
    ['a path of its own', (text: string) => text.replace('repodata/', '../repodata/')],
  ])('is refused with %s', (_, change) => {
    expect(() => parseRepomd(change(formatRepomd(repomd)))).toThrow(UserError)
  })
})
