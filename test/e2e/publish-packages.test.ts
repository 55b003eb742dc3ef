import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { generateKey } from 'openpgp'
import buildPackages from '../../actions/build-packages/main.ts'
import publishPackages from '../../actions/publish-packages/main.ts'
import { parseParagraph, splitParagraphs } from '../../src/repositories/apt/deb822.ts'
import { runCommand } from '../../src/runner/index.ts'
import { type AptMachine, aptMachine } from '../packages/apt.ts'
import { type DnfMachine, dnfMachine } from '../packages/dnf.ts'
import { flipByte, helloRelease, runAction } from '../packages/release.ts'
import { type StaticServer, serveFolder } from '../packages/server.ts'
import { testStep } from '../step.ts'
import { describeWith, tool } from '../tools.ts'

const packages = `
hello:
  summary: Says "hello" & <more>
  description: |-
    In more words: a < b & c.

    And another paragraph, naïve 😀.
  maintainer: Jane Döe <jane@example.com>
  homepage: https://example.com/?a=1&b=2
  license: Apache-2.0
hello-config:
  binaries: []
  summary: Configures hello
  depends: [hello >= 1.0]
  recommends: [nowhere-to-be-found]
  suggests: [nor-this]
  conflicts: [goodbye < 2]
  provides: [hello-settings]
  replaces: [oldhello <= 1.0-1]
  files:
    - { source: hello.conf, destination: /etc/hello/hello.conf }
    - { source: hello.conf, destination: /usr/share/hello/example.conf }
`

let root: string
let published: string
let folder: string
let server: StaticServer

const step = (now = new Date()) => testStep({ workspace: root, now: () => now })
const keyPath = (name = 'publisher'): string => join(root, `${name}.key`)

async function makeKey(name: string): Promise<void> {
  const date = new Date(Date.now() - 100 * 24 * 60 * 60 * 1000)
  const { privateKey } = await generateKey({ type: 'rsa', rsaBits: 3072, subkeys: [], userIDs: [{ name }], date })
  await writeFile(keyPath(name), privateKey)
}

async function makeRelease(version: string): Promise<void> {
  const release = join(root, version)
  await helloRelease(release, version)
  await writeFile(join(root, 'hello.conf'), 'greeting = hello\n')
  await runAction(buildPackages, { release, packages, project: root, 'openpgp-key': keyPath() }, step())
}

async function publish(version: string, to: string, inputs: Record<string, string> = {}, now = new Date()) {
  const release = join(root, version)
  return runAction(publishPackages, { release, to: `file:${to}`, 'openpgp-key': keyPath(), ...inputs }, step(now))
}

const newFolder = (name: string): Promise<string> => mkdtemp(join(root, `${name}-`))

const aptFrom = async (url: string, architecture?: string): Promise<AptMachine> =>
  aptMachine(await newFolder('apt'), {
    url,
    key: await readFile(join(published, 'deb/Release.key'), 'utf8'),
    ...(architecture ? { architecture } : {}),
  })
const dnfFrom = async (url: string): Promise<DnfMachine> =>
  dnfMachine(await newFolder('dnf'), { url, key: `file://${published}/rpm/repodata/repomd.xml.key` })
const runHello = async (machine: { root: string }): Promise<string> =>
  (await runCommand(join(machine.root, 'usr/bin/hello'), [])).stdout

describeWith(
  ['go', 'apt-get', 'apt-ftparchive', 'dpkg', 'dnf', 'rpm', 'createrepo_c', 'xz'],
  'apt and dnf, with signature checking on',
  () => {
    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), 'publish-packages-'))
      published = join(root, 'published')
      await makeKey('publisher')
      for (const version of ['v1.0.0', 'v1.1.0-rc.1', 'v1.1.0']) await makeRelease(version)
      for (const version of ['v1.0.0', 'v1.1.0-rc.1']) await publish(version, published)
      server = await serveFolder(root)
    })
    afterAll(async () => {
      await server?.close()
      await rm(root, { recursive: true, force: true })
    })
    beforeEach(async () => {
      folder = await newFolder('folder')
      await cp(published, folder, { recursive: true, preserveTimestamps: true })
    })
    const overHttp = (kind: string): string => `${server.url}${folder.slice(root.length)}/${kind}/`

    test('apt installs from a folder: the newest by default, with what it depends on', async () => {
      const apt = await aptFrom(`file:${folder}/deb/`)
      expect(await apt.update()).toMatchObject({ exitCode: 0 })
      expect(await apt.versions('hello')).toEqual(['1.1.0~rc.1-1', '1.0.0-1'])
      expect(await apt.install('hello-config')).toMatchObject({ exitCode: 0 })
      expect(await runHello(apt)).toBe('hello v1.1.0-rc.1\n')
      expect(await readFile(join(apt.root, 'etc/hello/hello.conf'), 'utf8')).toBe('greeting = hello\n')
      const { stdout } = await runCommand(tool('dpkg'), [`--root=${apt.root}`, '--verify'])
      expect(stdout).toBe('')
    })

    test('apt installs over HTTP, finds indices by their hash, and can still get an earlier version', async () => {
      const apt = await aptFrom(overHttp('deb'))
      const before = server.requests.length
      expect(await apt.update()).toMatchObject({ exitCode: 0 })
      const requests = server.requests.slice(before).map((path) => path.slice(path.indexOf('/deb/')))
      expect(requests).toEqual(['/deb/InRelease', expect.stringMatching(/^\/deb\/by-hash\/SHA256\/[0-9a-f]{64}$/)])
      expect(await apt.install('hello=1.0.0-1')).toMatchObject({ exitCode: 0 })
      expect(await runHello(apt)).toBe('hello v1.0.0\n')
    })

    test('apt upgrades when the next version is published: a release is newer than its candidate', async () => {
      const apt = await aptFrom(overHttp('deb'))
      await apt.update()
      await apt.install('hello')
      await publish('v1.1.0', folder)
      expect(await apt.update()).toMatchObject({ exitCode: 0 })
      expect(await apt.versions('hello')).toEqual(['1.1.0-1', '1.1.0~rc.1-1', '1.0.0-1'])
      expect(await apt.install('hello')).toMatchObject({ exitCode: 0 })
      expect(await runHello(apt)).toBe('hello v1.1.0\n')
    })

    test('apt finds the packages of another architecture in the same index', async () => {
      const apt = await aptFrom(`file:${folder}/deb/`, 'arm64')
      await apt.update()
      expect(await apt.install('hello')).toMatchObject({ exitCode: 0 })
      expect((await readFile(join(apt.root, 'usr/bin/hello'))).readUInt16LE(18)).toBe(183) // EM_AARCH64
    })

    test.each([
      [
        'its signed index was changed',
        () => flipText('deb/InRelease', 'Label: hello', 'Label: hullo'),
        /BADSIG|not signed|invalid/,
      ],
      ['its signature is missing', () => removed('deb/InRelease', 'deb/Release.gpg'), /not signed/],
      ['an index was changed', () => flipAll('deb/by-hash/SHA256'), /Hash Sum mismatch|unexpected size/],
    ])('apt refuses the repository when %s', async (_, tamper, reason) => {
      await tamper()
      const result = await (await aptFrom(overHttp('deb'))).update()
      expect(result.exitCode).toBe(100)
      expect(result.stderr).toMatch(reason)
    })

    test('apt refuses a repository that another key signed', async () => {
      const other = join(root, 'other')
      await makeKey('stranger')
      const debOnly = join(root, 'deb-only')
      await helloRelease(debOnly, 'v1.0.0')
      await runAction(buildPackages, { release: debOnly, project: root, formats: 'deb' }, step())
      const inputs = { release: debOnly, to: `file:${other}`, 'openpgp-key': keyPath('stranger') }
      await runAction(publishPackages, inputs, step())
      const result = await (await aptFrom(`file:${other}/deb/`)).update()
      expect(result.exitCode).toBe(100)
      expect(result.stderr).toMatch(/NO_PUBKEY/)
    })

    test('apt refuses a package that was changed', async () => {
      await flipByte(join(folder, 'deb/amd64/hello_1.0.0-1_amd64.deb'))
      const apt = await aptFrom(overHttp('deb'))
      await apt.update()
      const result = await apt.install('hello=1.0.0-1')
      expect(result.exitCode).toBe(100)
      expect(result.stderr).toMatch(/Hash Sum mismatch/)
    })

    test('apt refuses an index past its limit, and takes it again once it is renewed', async () => {
      const limited = join(root, 'limited')
      const ago = new Date(Date.now() - 3 * 24 * 60 * 60 * 1000)
      await publish('v1.0.0', limited, { 'valid-for': '2' }, ago)
      const apt = await aptFrom(`file:${limited}/deb/`)
      const refused = await apt.update()
      expect(refused.exitCode).toBe(100)
      expect(refused.stderr).toMatch(/expired/)
      expect(await publish('v1.0.0', limited, { 'valid-for': '2' })).toMatchObject({ changed: true })
      expect(await apt.update()).toMatchObject({ exitCode: 0 })
    })

    test('apt has its own view of the index: apt-ftparchive says the same of every package', async () => {
      const { stdout } = await runCommand(tool('apt-ftparchive'), ['packages', '.'], { cwd: join(folder, 'deb') })
      const ours = paragraphs(await readFile(join(folder, 'deb/Packages'), 'utf8'))
      expect(ours).toHaveLength(6)
      expect(ours).toEqual(paragraphs(stdout))
    })

    test.each(['file', 'http'])(
      'dnf installs by %s: the newest by default, with what it depends on',
      async (scheme) => {
        const dnf = await dnfFrom(scheme === 'file' ? `file://${folder}/rpm/` : overHttp('rpm'))
        expect((await dnf.available()).filter((name) => !name.includes('config')).sort()).toEqual([
          'hello-1.0.0-1',
          'hello-1.1.0~rc.1-1',
        ])
        expect(await dnf.install('hello-config')).toMatchObject({ exitCode: 0 })
        expect(await runHello(dnf)).toBe('hello v1.1.0-rc.1\n')
        expect((await dnf.rpm('-V', 'hello', 'hello-config')).stdout).toBe('')
      },
    )

    test('dnf can still get an earlier version, and upgrades when the next is published', async () => {
      const dnf = await dnfFrom(overHttp('rpm'))
      expect(await dnf.install('hello-1.0.0')).toMatchObject({ exitCode: 0 })
      expect(await runHello(dnf)).toBe('hello v1.0.0\n')
      await publish('v1.1.0', folder)
      expect(await dnf.install('hello-1.1.0')).toMatchObject({ exitCode: 0 })
      expect(await runHello(dnf)).toBe('hello v1.1.0\n')
    })

    test.each([
      ['its signed index was changed', () => flipText('rpm/repodata/repomd.xml', '<timestamp>1', '<timestamp>2')],
      ['its signature is missing', () => removed('rpm/repodata/repomd.xml.asc')],
      ['an index was changed', () => flipAll('rpm/repodata', /primary/)],
      ['a package was changed', () => flipByte(join(folder, 'rpm/x86_64/hello-1.1.0~rc.1-1.x86_64.rpm'))],
    ])('dnf installs nothing when %s', async (_, tamper) => {
      await tamper()
      const dnf = await dnfFrom(overHttp('rpm'))
      expect((await dnf.install('hello')).exitCode).toBe(1)
      expect((await dnf.rpm('-q', 'hello')).stdout).toMatch(/not installed/)
    })

    test('dnf demands the signature of the package itself', async () => {
      const unsigned = join(folder, 'rpm/x86_64/hello-1.1.0~rc.1-1.x86_64.rpm')
      await runCommand(tool('rpmsign'), ['--delsign', unsigned])
      const repository = join(folder, 'rpm')
      await rm(join(repository, 'repodata'), { recursive: true })
      await runCommand(tool('createrepo_c'), ['--no-database', '-q', repository])
      const dnf = await dnfMachine(await newFolder('dnf'), {
        url: `file://${repository}/`,
        key: `file://${published}/rpm/repodata/repomd.xml.key`,
        checkRepository: false,
      })
      const result = await dnf.install('hello')
      expect(result.exitCode).toBe(1)
      expect(result.stderr + result.stdout).toMatch(/not signed/)
    })

    test('without a key given, packages and repositories are signed by the key of this machine', async () => {
      const release = join(root, 'keyless')
      await helloRelease(release, 'v1.0.0')
      const machine = testStep({ workspace: root, environment: { HOME: root }, now: () => new Date() })
      await runAction(buildPackages, { release, project: root }, machine)
      await runAction(publishPackages, { release }, machine)
      const repository = join(release, 'published', 'packages', 'rpm')
      const key = `file://${repository}/repodata/repomd.xml.key`
      const dnf = await dnfMachine(await newFolder('dnf'), { url: `file://${repository}/`, key })
      expect(await dnf.install('hello')).toMatchObject({ exitCode: 0 })
    })

    test('createrepo_c says the same of every package, field by field', async () => {
      const repository = join(folder, 'rpm')
      const output = await newFolder('createrepo')
      await runCommand(tool('createrepo_c'), [
        '--no-database',
        '-q',
        '-o',
        output,
        '--excludes',
        'repodata/*',
        repository,
      ])
      for (const index of ['primary', 'filelists', 'other']) {
        const theirs = elements(await readIndex(join(output, 'repodata'), index))
        const ours = elements(await readIndex(join(repository, 'repodata'), index, await currentIndex(index)))
        expect(ours).toHaveLength(6)
        expect(ours).toEqual(theirs)
      }
    })

    async function flipText(path: string, from: string, to: string): Promise<void> {
      const text = await readFile(join(folder, path), 'utf8')
      expect(text).toContain(from)
      await writeFile(join(folder, path), text.replace(from, to))
    }

    async function removed(...paths: string[]): Promise<void> {
      for (const path of paths) await rm(join(folder, path))
    }

    async function flipAll(path: string, named = /./): Promise<void> {
      for (const name of await readdir(join(folder, path))) {
        if (named.test(name)) await flipByte(join(folder, path, name))
      }
    }

    async function currentIndex(type: string): Promise<string> {
      const repomd = await readFile(join(folder, 'rpm/repodata/repomd.xml'), 'utf8')
      return new RegExp(`repodata/([0-9a-f]{64}-${type}\\.xml\\.gz)`).exec(repomd)?.[1] ?? ''
    }
  },
)

/** The packages of a Packages index, by path, with the fields that both writers have. */
function paragraphs(text: string): Record<string, string>[] {
  const omitted = ['MD5sum', 'SHA1', 'SHA512', 'Description-md5']
  return splitParagraphs(text)
    .map((paragraph) => new Map(parseParagraph(paragraph)))
    .map((fields) => fields.set('Filename', fields.get('Filename')?.replace(/^\.\//, '') ?? ''))
    .map((fields) => Object.fromEntries([...fields].filter(([name]) => !omitted.includes(name)).sort()))
    .sort((left, right) => ((left.Filename ?? '') < (right.Filename ?? '') ? -1 : 1))
}

async function readIndex(folder: string, type: string, name?: string): Promise<string> {
  const file = name ?? (await readdir(folder)).find((found) => found.endsWith(`-${type}.xml.gz`)) ?? ''
  return gunzipSync(await readFile(join(folder, file))).toString()
}

/**
 * The package elements of an index as lines, sorted; but for the time of the file, which is not the package's.
 * createrepo_c writes some letters as references.
 */
const elements = (xml: string): string[][] =>
  [...xml.replace(/&#x([0-9A-F]{2,6});/g, letterOf).matchAll(/<package .*?<\/package>/gs)]
    .map(([element]) => element.replace(/<time file="[0-9]+"/, '<time').split('\n'))
    .sort((left, right) => (left.join() < right.join() ? -1 : 1))

const letterOf = (reference: string, code: string): string => {
  const point = Number.parseInt(code, 16)
  return point > 0x7f ? String.fromCodePoint(point) : reference
}
