import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { openSigningKey, type SigningKey } from '../../../src/openpgp/index.ts'
import { type PublishingOptions, publishPackages } from '../../../src/repositories/index.ts'
import { verifyRepository } from '../../../src/repositories/verify.ts'
import { packageRelease, smallDeb, smallRpm } from '../../packages/fixtures.ts'
import { at, type Published, publishFirst } from './published.ts'

let published: Published
let root: string
let key: SigningKey
let first: string
let second: string
let options: Published['options']
let folder: string

beforeAll(async () => {
  published = await publishFirst()
  ;({ root, key, first, second, options } = published)
})
afterAll(() => published.remove())
beforeEach(async () => {
  folder = await published.copy()
})

/** Every file below a folder with its content and time of change. */
async function snapshot(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue
    const path = join(item.parentPath, item.name)
    files.set(path.slice(folder.length + 1), `${(await stat(path)).mtimeMs} ${await readFile(path, 'latin1')}`)
  }
  return files
}

describe('publishing', () => {
  test('signs both repositories, and serves the public key beside them', async () => {
    const files = await snapshot(folder)
    expect([...files.keys()].map((path) => path.replace(/[0-9a-f]{64}/, 'DIGEST')).sort()).toEqual([
      'deb/InRelease',
      'deb/Packages',
      'deb/Packages.gz',
      'deb/Release',
      'deb/Release.gpg',
      'deb/Release.key',
      'deb/amd64/hello_1.0.0-1_amd64.deb',
      'deb/by-hash/SHA256/DIGEST',
      'deb/by-hash/SHA256/DIGEST',
      'rpm/repodata/DIGEST-filelists.xml.gz',
      'rpm/repodata/DIGEST-other.xml.gz',
      'rpm/repodata/DIGEST-primary.xml.gz',
      'rpm/repodata/DIGEST-repomd.xml.asc',
      'rpm/repodata/repomd.xml',
      'rpm/repodata/repomd.xml.asc',
      'rpm/repodata/repomd.xml.key',
      'rpm/x86_64/hello-1.0.0-1.x86_64.rpm',
    ])
    expect(await readFile(join(folder, 'deb/Release.key'), 'utf8')).toBe(key.publicKeyArmored)
  })

  test('the same packages again writes nothing', async () => {
    const before = await snapshot(folder)
    const step = at(60 * 24 * 300)
    const { changed, repositories } = await publishPackages(options(first, folder), step)
    expect(changed).toBe(false)
    expect(repositories.map((repository) => [repository.added, repository.changed])).toEqual([
      [[], false],
      [[], false],
    ])
    expect(await snapshot(folder)).toEqual(before)
    expect(step.messages.map(({ message }) => message)).toEqual([
      `${folder}/deb lists these packages already`,
      `${folder}/rpm lists these packages already`,
    ])
  })

  test('writes packages before the indices that list them, and the signed index last', async () => {
    const orders = [
      ['deb/amd64/hello_1.0.0-1_amd64.deb', 'deb/Packages', 'deb/Release', 'deb/Release.gpg', 'deb/InRelease'],
      ['rpm/x86_64/hello-1.0.0-1.x86_64.rpm', 'rpm/repodata/repomd.xml.asc', 'rpm/repodata/repomd.xml'],
    ]
    for (const paths of orders) {
      const found = await Promise.all(paths.map((path) => stat(join(root, 'published', path), { bigint: true })))
      const times = found.map(({ ctimeNs }) => ctimeNs)
      expect(times).toEqual(times.toSorted((left, right) => Number(left - right)))
    }
  })

  test('another version keeps the first, and the indices that clients may be reading', async () => {
    const before = await snapshot(folder)
    const { repositories } = await publishPackages(options(second, folder), at(1))
    expect(repositories.map(({ packages, added }) => [packages, added])).toEqual([
      [2, ['amd64/hello_1.1.0-1_amd64.deb']],
      [2, ['x86_64/hello-1.1.0-1.x86_64.rpm']],
    ])
    const after = await snapshot(folder)
    for (const [path, content] of before) {
      if (/\.(deb|rpm)$|[0-9a-f]{64}|\.key$/.test(path)) expect([path, after.get(path)]).toEqual([path, content])
    }
  })

  test('an earlier release afterwards changes nothing: it is there', async () => {
    await publishPackages(options(second, folder), at(1))
    expect((await publishPackages(options(first, folder), at(2))).changed).toBe(false)
  })

  test('a dry run writes nothing, and says what it would do', async () => {
    const before = await snapshot(folder)
    const step = at(1)
    const { changed, repositories } = await publishPackages(options(second, folder, { dryRun: true }), step)
    expect(changed).toBe(false)
    expect(repositories[0]?.added).toEqual(['amd64/hello_1.1.0-1_amd64.deb'])
    expect(await snapshot(folder)).toEqual(before)
    expect(JSON.stringify(step.blocks)).toContain('to be published')
  })

  test('goes to several folders, once each', async () => {
    const other = join(root, 'other')
    const to = [`file:${folder}`, `file:${other}`, `file://${other}/`]
    const { repositories } = await publishPackages(options(first, '', { to }), at(1))
    expect(repositories.map((repository) => [repository.folder, repository.changed])).toEqual([
      [`${folder}/deb`, false],
      [`${folder}/rpm`, false],
      [`${other}/deb`, true],
      [`${other}/rpm`, true],
    ])
  })

  test('lies in the release by default', async () => {
    const { repositories } = await publishPackages(options(first, '', { to: [] }), at(1))
    expect(repositories.map((repository) => repository.folder)).toEqual([
      `${first}/published/packages/deb`,
      `${first}/published/packages/rpm`,
    ])
  })

  test('says how a user installs from there', async () => {
    const step = at(1)
    await publishPackages(options(first, folder), step)
    const summary = JSON.stringify(step.blocks)
    expect(summary).toContain(`URIs: file://${folder}/deb/\\nSuites: ./\\nSigned-By: /etc/apt/keyrings/hello.asc`)
    expect(summary).toContain(`baseurl=file://${folder}/rpm/`)
    expect(summary).toContain(key.fingerprint)
  })
})

describe('bad input writes nothing', () => {
  const refused = async (change: Partial<PublishingOptions>, message: RegExp, directory = second) => {
    const before = await snapshot(folder)
    await expect(publishPackages(options(directory, folder, change), at(1))).rejects.toThrow(message)
    expect(await snapshot(folder)).toEqual(before)
  }

  test('a release without packages', async () => {
    const directory = join(root, 'release-none')
    await packageRelease(directory, 'v1', {})
    await refused({}, /holds no packages/, directory)
  })

  test('a package that differs from the record', async () => {
    const directory = join(root, 'release-tampered')
    await cp(second, directory, { recursive: true })
    await writeFile(join(directory, 'files/hello_1.1.0-1_amd64.deb'), 'changed')
    await refused({}, /differ from release.json/, directory)
  })

  test('a package that is neither deb nor rpm, and one that is broken', async () => {
    const directory = join(root, 'release-broken')
    await packageRelease(directory, 'v1', {
      'a.apk': Buffer.from('x'),
      'b.deb': Buffer.from('x'),
      'c.rpm': Buffer.from('x'),
    })
    await refused({}, /3 failed\n.*a\.apk.*\n.*b\.deb[\s\S]*c\.rpm/, directory)
  })

  test('the same version with other bytes', async () => {
    const directory = join(root, 'release-other-bytes')
    const changed = await smallDeb('Package: hello\nVersion: 1.0.0-1\nArchitecture: amd64\nDescription: changed\n')
    await packageRelease(directory, 'v1', { 'hello_1.0.0-1_amd64.deb': changed })
    await refused({}, /published with other bytes[\s\S]*revision/, directory)
  })

  test('an rpm that is not signed, or by another key', async () => {
    const other = await openSigningKey({ key: await published.newKey('other'), passphrase: undefined }, at(0))
    const directory = join(root, 'release-unsigned')
    await packageRelease(directory, 'v1', {
      'a.rpm': await smallRpm({ name: 'a', version: '1' }, undefined),
      'b.rpm': await smallRpm({ name: 'b', version: '1' }, other),
    })
    await refused({}, /a\.rpm is not signed: [\s\S]*build-packages[\s\S]*b\.rpm is not signed by the key/, directory)
  })

  test('an rpm whose header was changed after it was signed', async () => {
    const directory = join(root, 'release-changed-header')
    const bytes = await smallRpm({ name: 'hello', version: '1.2.0' }, key)
    bytes.write('9', bytes.lastIndexOf('1.2.0'))
    await packageRelease(directory, 'v1', { 'a.rpm': bytes })
    await refused({}, /is not signed by the key/, directory)
  })

  test.each([
    ['is missing', undefined],
    ['was changed', 'x'],
  ])('a repository in which a published package %s', async (_, content) => {
    const path = join(folder, 'deb/amd64/hello_1.0.0-1_amd64.deb')
    if (content === undefined) await rm(path)
    else await writeFile(path, content)
    await refused({}, /differ from what the signed index lists: amd64\/hello_1\.0\.0-1_amd64\.deb/)
  })

  test('a repository that another key signed', async () => {
    const openpgpKey = await published.newKey('stranger')
    const directory = join(root, 'release-deb')
    await packageRelease(directory, 'v1', {
      'hello.deb': await smallDeb('Package: hello\nVersion: 2.0-1\nArchitecture: amd64\n'),
    })
    await refused({ openpgpKey }, /InRelease is not signed by the key/, directory)
    const before = await snapshot(folder)
    await writeFile(
      join(folder, 'deb/InRelease'),
      (await readFile(join(folder, 'deb/InRelease'), 'utf8')).replace('hello', 'hallo'),
    )
    await expect(publishPackages(options(directory, folder), at(1))).rejects.toThrow(
      /InRelease is not signed by the key/,
    )
    expect((await snapshot(folder)).size).toBe(before.size)
  })

  test('an rpm repository that nobody signed', async () => {
    for (const name of await readdir(join(folder, 'rpm/repodata'))) {
      if (name.endsWith('.asc')) await rm(join(folder, 'rpm/repodata', name))
    }
    await refused({}, /repomd\.xml is not signed by the key/)
  })

  test.each([
    ['an address that is no folder', { to: ['s3://bucket/packages'] }, /not where packages can be published/],
    ['a file on another host', { to: ['file://host/srv'] }, /not where packages can be published/],
    ['an origin of two lines', { origin: 'a\nLabel: b' }, /cannot be the origin/],
    ['a limit of no days', { validFor: 0 }, /valid for 0 days/],
    ['a key that is none', { openpgpKey: '/dev/null' }, /not an armored OpenPGP private key/],
  ])('%s', (_, change, message) => refused(change, message))
})

describe('reading back', () => {
  test.each([
    ['a package is missing', 'deb', 'amd64/hello_1.0.0-1_amd64.deb', undefined],
    ['a package was changed', 'rpm', 'x86_64/hello-1.0.0-1.x86_64.rpm', 'x'],
    ['an index was changed', 'deb', 'Packages.gz', 'x'],
    ['the detached signature is missing', 'deb', 'Release.gpg', undefined],
    ['the signature is of another index', 'rpm', 'repodata/repomd.xml.asc', 'x'],
  ] as const)('fails when %s', async (_, kind, path, content) => {
    await verifyRepository(kind, join(folder, kind), new Map(), key, at(1))
    if (content === undefined) await rm(join(folder, kind, path))
    else await writeFile(join(folder, kind, path), content)
    await expect(verifyRepository(kind, join(folder, kind), new Map(), key, at(1))).rejects.toThrow(/missing/)
  })
})
