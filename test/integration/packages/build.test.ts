import { createHash } from 'node:crypto'
import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { generateKey } from 'openpgp'
import { verifyDetached } from '../../../src/openpgp/index.ts'
import { readDeb, readRpm } from '../../../src/packages/index.ts'
import { fileSubjects, openRelease } from '../../../src/release/index.ts'
import { type TestStep, testStep } from '../../step.ts'
import { build, sampleRelease } from '../../unit/packages/release.ts'

let state: string
let folder: string
let release: string
let project: string
let step: TestStep

// The key takes longer than the packages: one serves all tests.
beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'state-'))
})
afterAll(() => rm(state, { recursive: true }))

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packages-'))
  release = join(folder, 'release')
  project = join(folder, 'project')
  await mkdir(project)
  step = testStep({ environment: { XDG_STATE_HOME: state } })
})
afterEach(() => rm(folder, { recursive: true }))

const put = async (name: string, content: string, mode = 0o644): Promise<void> => {
  await writeFile(join(project, name), content)
  await chmod(join(project, name), mode)
}

const files = async (): Promise<string[]> => (await readdir(join(release, 'files'))).sort()

async function bytesOf(directory: string): Promise<Record<string, string>> {
  const names = (await readdir(join(directory, 'files'))).sort()
  const digest = async (name: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(join(directory, 'files', name)))
      .digest('hex')
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await digest(name)])))
}

const whole = {
  hello: {
    depends: ['mount >= 2'],
    files: [{ source: 'hello.yaml', destination: '/etc/hello/' }],
    'systemd-units': ['hello.service'],
    scripts: { postinstall: 'post.sh' },
  },
}

async function wholeProject(): Promise<void> {
  await put('LICENSE', 'Apache License\n  Version 2.0, January 2004\n')
  await put('hello.yaml', 'port: 8080\n')
  await put('hello.service', '[Service]\nExecStart=/usr/bin/hello\n[Install]\nWantedBy=multi-user.target\n')
  await put('post.sh', '#!/bin/sh\necho hello\n')
}

describe('without a spec', () => {
  test('a package of the project’s name with all commands, in both formats, for each platform of Linux', async () => {
    await sampleRelease(release, { commands: ['hello', 'hello-admin'] })
    await build(release, step)
    const { record } = await openRelease(release)
    expect(
      fileSubjects(record, 'package').map(({ name, platform, mediaType }) => ({ name, platform, mediaType })),
    ).toEqual([
      {
        name: 'hello-1.2.3-1.armv7hl.rpm',
        platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
        mediaType: 'application/x-rpm',
      },
      {
        name: 'hello-1.2.3-1.x86_64.rpm',
        platform: { os: 'linux', architecture: 'amd64' },
        mediaType: 'application/x-rpm',
      },
      {
        name: 'hello_1.2.3-1_amd64.deb',
        platform: { os: 'linux', architecture: 'amd64' },
        mediaType: 'application/vnd.debian.binary-package',
      },
      {
        name: 'hello_1.2.3-1_armhf.deb',
        platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
        mediaType: 'application/vnd.debian.binary-package',
      },
    ])
    // The package has the name of a command: then it is that command's.
    const rpm = await readRpm(join(release, 'files', 'hello-1.2.3-1.x86_64.rpm'))
    expect(rpm.files.map(({ path }) => path)).toEqual(['/usr/bin/hello'])
  })

  test('a name that a package cannot have is made one; other commands are all in it', async () => {
    await sampleRelease(release, { commands: ['one', 'two'] })
    const record = JSON.parse(await readFile(join(release, 'release.json'), 'utf8'))
    await writeFile(join(release, 'release.json'), JSON.stringify({ ...record, project: 'Hello_World' }))
    await build(release, step, { formats: ['rpm'] })
    const rpm = await readRpm(join(release, 'files', 'hello-world-1.2.3-1.x86_64.rpm'))
    expect(rpm.files.map(({ path }) => path)).toEqual(['/usr/bin/one', '/usr/bin/two'])
  })

  test('and without a command for Linux nothing is made', async () => {
    await sampleRelease(release, { platforms: ['darwin/arm64'] })
    const before = await openRelease(release)
    expect((await build(release, step)).digest).toBe(before.digest)
    expect(step.messages).toContainEqual({ kind: 'notice', message: expect.stringContaining('No package to make') })
  })
})

describe('the same inputs', () => {
  test('give the same bytes in another folder and at another time', async () => {
    await wholeProject()
    await sampleRelease(release)
    await build(release, step, { packages: whole })
    const other = join(folder, 'other')
    await sampleRelease(other)
    const later = testStep({ environment: step.environment, now: () => new Date('2026-03-04T05:06:07Z') })
    await build(other, later, { packages: whole })
    expect(await bytesOf(other)).toEqual(await bytesOf(release))
    expect((await openRelease(other)).digest).toBe((await openRelease(release)).digest)
  })

  test('change nothing the second time, and say so', async () => {
    await sampleRelease(release)
    const first = await build(release, step)
    const path = join(release, 'files', 'hello_1.2.3-1_amd64.deb')
    const { ino, mtimeMs } = await stat(path)
    const second = await build(release, step)
    expect(second.digest).toBe(first.digest)
    expect(await stat(path)).toMatchObject({ ino, mtimeMs })
    expect(step.messages).toContainEqual({ kind: 'info', message: 'All packages were there: nothing changed' })
  })

  test('heal a package that was changed', async () => {
    await sampleRelease(release)
    await build(release, step)
    const before = await bytesOf(release)
    await appendFile(join(release, 'files', 'hello_1.2.3-1_amd64.deb'), 'x')
    await build(release, step)
    expect(await bytesOf(release)).toEqual(before)
  })
})

describe('the record', () => {
  test('has the packages in its sums, and no work is left behind', async () => {
    await sampleRelease(release)
    await build(release, step)
    const sums = await readFile(join(release, 'files', 'SHA256SUMS'), 'utf8')
    const { 'hello_1.2.3-1_amd64.deb': digest } = await bytesOf(release)
    expect(sums).toContain(`${digest}  hello_1.2.3-1_amd64.deb\n`)
    expect((await readdir(release)).sort()).toEqual(['files', 'release.json'])
  })

  test('a dry run writes nothing, makes no key and prints the plan', async () => {
    await sampleRelease(release)
    const before = await openRelease(release)
    const fresh = testStep({ environment: { XDG_STATE_HOME: join(folder, 'state') } })
    expect((await build(release, fresh, { dryRun: true })).digest).toBe(before.digest)
    expect((await files()).filter((name) => /deb|rpm/.test(name))).toEqual([])
    expect(await readdir(folder)).not.toContain('state')
    expect(JSON.stringify(fresh.blocks)).toContain('hello-1.2.3-1.armv7hl.rpm')
  })

  test.each(['gzip', 'zstd', 'xz'] as const)('data can be compressed as %s', async (compression) => {
    await sampleRelease(release, { platforms: ['linux/amd64'] })
    await build(release, step, { compression })
    const deb = await readFile(join(release, 'files', 'hello_1.2.3-1_amd64.deb'), 'latin1')
    expect(deb).toContain({ gzip: 'data.tar.gz ', zstd: 'data.tar.zst ', xz: 'data.tar.xz ' }[compression])
    expect(deb.length).toBeLessThan(10_000)
    const { headerRange } = await readRpm(join(release, 'files', 'hello-1.2.3-1.x86_64.rpm'))
    const payload = (await readFile(join(release, 'files', 'hello-1.2.3-1.x86_64.rpm'))).subarray(headerRange.end)
    const magic = { gzip: '1f8b', zstd: '28b52ffd', xz: 'fd377a585a00' }[compression]
    expect(payload.toString('hex').startsWith(magic)).toBe(true)
  })
})

describe('a spec', () => {
  test('brings metadata, files, units and scripts', async () => {
    await wholeProject()
    await sampleRelease(release, { platforms: ['linux/amd64'], version: 'v1.2.3-rc.1' })
    await build(release, step, { packages: whole })
    const rpm = await readRpm(join(release, 'files', 'hello-1.2.3~rc.1-1.x86_64.rpm'))
    expect(rpm.license).toBe('Apache-2.0')
    expect(rpm.files.map(({ path }) => path)).toEqual([
      '/etc/hello',
      '/etc/hello/hello.yaml',
      '/usr/bin/hello',
      '/usr/lib/systemd/system/hello.service',
      '/usr/share/licenses/hello',
      '/usr/share/licenses/hello/LICENSE',
    ])
    const names = rpm.dependencies.requires.map(({ name }) => name)
    expect(names).toEqual([
      '/bin/sh',
      'config(hello)',
      'mount',
      'rpmlib(CompressedFileNames)',
      'rpmlib(FileDigests)',
      'rpmlib(PayloadFilesHavePrefix)',
      'rpmlib(PayloadIsZstd)',
      'rpmlib(TildeInVersions)',
    ])
    const { control } = await readDeb(join(release, 'files', 'hello_1.2.3~rc.1-1_amd64.deb'))
    expect(control).toContain('\nVersion: 1.2.3~rc.1-1\n')
    expect(control).toContain('\nDepends: mount (>= 2)\n')
  })

  test('of files alone is a package for any architecture', async () => {
    await put('guide.md', '# Guide\n')
    await sampleRelease(release, { platforms: ['linux/amd64', 'linux/arm64'] })
    const docs = { binaries: [], files: [{ source: '*.md', destination: '/usr/share/doc/hello-docs/' }] }
    await build(release, step, { packages: { 'hello-docs': docs } })
    expect((await files()).filter((name) => name.includes('docs'))).toEqual([
      'hello-docs-1.2.3-1.noarch.rpm',
      'hello-docs_1.2.3-1_all.deb',
    ])
  })
})

describe('the parameters', () => {
  const parametersOf = async () => (await openRelease(release)).record.build
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

  test('are every input that has an effect, with defaults resolved, and the compressors', async () => {
    await wholeProject()
    await sampleRelease(release)
    await build(release, step, { packages: whole })
    const signer = /key ([0-9A-F]{40})\./.exec(JSON.stringify(step.blocks))?.[1]
    expect(signer).toBeDefined()
    const script = { source: 'post.sh', sha256: sha256('#!/bin/sh\necho hello\n') }
    const unit = '[Service]\nExecStart=/usr/bin/hello\n[Install]\nWantedBy=multi-user.target\n'
    const { parameters, dependencies } = await parametersOf()
    expect(parameters['build-packages']).toEqual({
      packages: [
        {
          name: 'hello',
          summary: 'Release of the project hello',
          description: 'It holds the commands hello of hello v1.2.3.',
          maintainer: 'The hello maintainers <example@users.noreply.github.com>',
          homepage: 'https://github.com/example/hello',
          license: 'Apache-2.0',
          section: 'utils',
          revision: '1',
          depends: { deb: ['mount (>= 2)'], rpm: ['mount >= 2'] },
          binaries: ['hello'],
          files: [
            {
              source: 'hello.yaml',
              sha256: sha256('port: 8080\n'),
              destination: '/etc/hello/hello.yaml',
              mode: '0644',
              config: true,
            },
          ],
          'systemd-units': [{ source: 'hello.service', sha256: sha256(unit) }],
          scripts: { deb: { postinstall: script }, rpm: { postinstall: script } },
        },
      ],
      license: { source: 'LICENSE', sha256: sha256('Apache License\n  Version 2.0, January 2004\n') },
      formats: ['deb', 'rpm'],
      compression: { deb: 'gzip', rpm: 'zstd' },
      'openpgp-key': signer,
    })
    expect(dependencies['build-packages']).toEqual([
      { name: 'zlib', uri: `pkg:generic/zlib@${process.versions.zlib}` },
      { name: 'zstd', uri: `pkg:generic/zstd@${process.versions.zstd}` },
    ])
  })

  test('hold nothing of a format that is not made, and no key where nothing is signed', async () => {
    await wholeProject()
    await sampleRelease(release)
    await build(release, step, { packages: whole, formats: ['deb'], compression: 'xz' })
    const { parameters, dependencies } = await parametersOf()
    expect(parameters['build-packages']).toMatchObject({
      packages: [{ depends: { deb: ['mount (>= 2)'] }, scripts: { deb: {} } }],
      formats: ['deb'],
      compression: { deb: 'xz' },
    })
    expect(parameters['build-packages']).not.toHaveProperty('openpgp-key')
    expect(JSON.stringify(parameters)).not.toContain('"rpm"')
    expect(dependencies['build-packages']?.map(({ uri }) => uri)).toEqual([
      `pkg:generic/zlib@${process.versions.zlib}`,
      expect.stringMatching(/^pkg:generic\/liblzma@[0-9.]+/),
    ])
  })

  test('stand beside those of the build, which stay', async () => {
    await sampleRelease(release)
    const path = join(release, 'release.json')
    const record = JSON.parse(await readFile(path, 'utf8'))
    const built = { parameters: { build: { ldflags: ['-s'] } }, dependencies: { build: [{ uri: 'pkg:generic/go@1' }] } }
    await writeFile(path, JSON.stringify({ ...record, build: built }))
    await build(release, step)
    expect(await parametersOf()).toMatchObject(built)
  })

  test('when they change, take with them the packages and the evidence that no longer hold', async () => {
    await sampleRelease(release, { platforms: ['linux/amd64'] })
    await build(release, step)
    const { record } = await openRelease(release)
    const digestOf = (name: string): `sha256:${string}` => {
      const subject = fileSubjects(record).find((each) => each.name === name)
      return `sha256:${subject?.sha256 ?? ''}`
    }
    const evidence = ['hello_1.2.3-1_amd64.deb', 'hello-linux-amd64'].map((name) => ({
      kind: 'signature',
      subjects: [digestOf(name)],
      path: `evidence/${name}.sigstore.json`,
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      size: 2,
      sha256: sha256('{}'),
      signer: { kind: 'keyless', identity: 'https://example.com/me', issuer: 'https://example.com' },
    }))
    await mkdir(join(release, 'evidence'))
    for (const { path } of evidence) await writeFile(join(release, path), '{}')
    await writeFile(join(release, 'release.json'), JSON.stringify({ ...record, evidence }))

    const after = await build(release, step, { packages: { hello: { revision: 2 } }, formats: ['deb'] })
    expect(fileSubjects(after.record, 'package').map(({ name }) => name)).toEqual(['hello_1.2.3-2_amd64.deb'])
    expect((await files()).filter((name) => /deb|rpm/.test(name))).toEqual(['hello_1.2.3-2_amd64.deb'])
    expect(after.record.evidence.map(({ path }) => path)).toEqual(['evidence/hello-linux-amd64.sigstore.json'])
    expect(await readdir(join(release, 'evidence'))).toEqual(['hello-linux-amd64.sigstore.json'])
    expect(await readFile(join(release, 'files', 'SHA256SUMS'), 'utf8')).not.toContain('1.2.3-1')
  })
})

describe('signatures', () => {
  test('the local key signs the header of each rpm', async () => {
    await sampleRelease(release, { platforms: ['linux/amd64'] })
    await build(release, step)
    const path = join(release, 'files', 'hello-1.2.3-1.x86_64.rpm')
    expect(await isSigned(path, await localPublicKey())).toBe(true)
    expect(JSON.stringify(step.blocks)).toContain('The rpm packages are signed by the OpenPGP key')
  })

  test('a key with its passphrase signs, with EdDSA under its own tag', async () => {
    const { privateKey, publicKey } = await generateKey({
      type: 'ecc',
      curve: 'ed25519Legacy',
      userIDs: [{ name: 'x' }],
      passphrase: 'secret',
      date: new Date('2025-01-01T00:00:00Z'),
    })
    await writeFile(join(folder, 'key.asc'), privateKey)
    await sampleRelease(release, { platforms: ['linux/amd64'] })
    const key = { openpgpKey: join(folder, 'key.asc'), openpgpPassphrase: 'secret' }
    await build(release, step, key)
    expect(await isSigned(join(release, 'files', 'hello-1.2.3-1.x86_64.rpm'), publicKey)).toBe(true)
    await expect(build(release, step, { ...key, openpgpPassphrase: 'wrong' })).rejects.toThrow('does not open')
  })

  test('on a runner without a key there is none, and it is said', async () => {
    await sampleRelease(release, { platforms: ['linux/amd64'] })
    const runner = testStep({ onGitHub: true })
    await build(release, runner)
    expect((await readRpm(join(release, 'files', 'hello-1.2.3-1.x86_64.rpm'))).signature).toBeUndefined()
    expect(runner.messages).toContainEqual({ kind: 'notice', message: expect.stringContaining('are not signed') })
  })

  async function localPublicKey(): Promise<string> {
    const { readPrivateKey } = await import('openpgp')
    const path = join(state, 'k8s-release', 'keys', 'openpgp.key')
    return (await readPrivateKey({ armoredKey: await readFile(path, 'utf8') })).toPublic().armor()
  }

  async function isSigned(path: string, publicKey: string): Promise<boolean> {
    const { signature = Buffer.alloc(0), headerRange } = await readRpm(path)
    const header = (await readFile(path)).subarray(headerRange.start, headerRange.end)
    const tampered = Buffer.from(header).fill(1, 40, 41)
    expect(await verifyDetached(publicKey, tampered, signature, new Date('2026-12-01'))).toBe(false)
    return verifyDetached(publicKey, header, signature, new Date('2026-12-01'))
  }
})

describe('is refused, and nothing is written', () => {
  const refused = async (input: Parameters<typeof build>[2], message: string): Promise<void> => {
    const before = await bytesOf(release)
    const digest = (await openRelease(release)).digest
    await expect(build(release, step, input)).rejects.toMatchObject({
      name: expect.stringMatching(/UserError|FailedItems/),
      message: expect.stringContaining(message),
    })
    expect(await bytesOf(release)).toEqual(before)
    expect((await openRelease(release)).digest).toBe(digest)
    expect((await readdir(release)).sort()).toEqual(['files', 'release.json'])
  }

  beforeEach(async () => {
    await sampleRelease(release, { commands: ['hello'] })
  })

  test('a binary that differs from the record', async () => {
    await writeFile(join(release, 'files', 'hello-linux-amd64'), 'x'.repeat(12 * 20_000))
    await refused({}, 'hello_1.2.3-1_amd64.deb: ')
  })

  test('a binary that is missing', async () => {
    await rm(join(release, 'files', 'hello-linux-amd64'))
    await refused({}, 'hello-linux-amd64')
  })

  test('a command that the release does not have', () =>
    refused(
      { packages: { hello: { binaries: ['helo'] } } },
      "packages.hello.binaries: the release has no command 'helo'",
    ))

  test('a command that a platform lacks', async () => {
    const other = await sampleRelease(join(folder, 'other'), { commands: ['extra'], platforms: ['linux/amd64'] })
    const extra = other.record.subjects.find(({ name }) => name === 'extra-linux-amd64')
    const path = join(release, 'release.json')
    const record = JSON.parse(await readFile(path, 'utf8'))
    await writeFile(path, JSON.stringify({ ...record, subjects: [...record.subjects, extra] }))
    await refused(
      { packages: { hello: { binaries: ['hello', 'extra'] } } },
      "has 'extra' for some platforms, but not for arm",
    )
  })

  test('a package of nothing', () => refused({ packages: { empty: { binaries: [] } } }, 'would be empty'))

  test('a platform without a name in packages', async () => {
    await sampleRelease(release, { platforms: ['linux/wasm'] })
    await refused({}, 'No package can be made for linux/wasm')
  })

  test('a version that is none', async () => {
    await sampleRelease(release, { version: 'main' })
    await refused({}, "The version 'main' cannot be a package's")
  })

  test('a format that is none', () => refused({ formats: ['dep'] }, "formats: 'dep' is not a format of packages"))

  test('a file that is missing', () =>
    refused(
      { packages: { hello: { files: [{ source: 'none', destination: '/etc/none' }] } } },
      "No file matches 'none'",
    ))

  test('a unit that is missing', () =>
    refused({ packages: { hello: { 'systemd-units': ['none.service'] } } }, 'no file none.service'))

  test('several files for one destination', async () => {
    await put('a.conf', '')
    await put('b.conf', '')
    const packages = { hello: { files: [{ source: '*.conf', destination: '/etc/hello' }] } }
    await refused({ packages }, "'*.conf' finds 2 files for one destination")
  })

  test('a file outside the project, by its path or by a link', async () => {
    await writeFile(join(folder, 'secret'), 'x')
    await symlink(join(folder, 'secret'), join(project, 'link'))
    for (const source of ['../secret', 'link']) {
      await refused({ packages: { hello: { files: [{ source, destination: '/etc/x' }] } } }, 'lies outside the project')
    }
    await refused({ packages: { hello: { scripts: { preinstall: '../secret' } } } }, 'lies outside the project')
  })

  test('a script of another interpreter', async () => {
    await put('post.sh', '#!/usr/bin/env python3\n')
    await refused({ packages: { hello: { scripts: { postinstall: 'post.sh' } } } }, 'is not a script of /bin/sh')
  })

  test('two files at one place, or one where a folder has to be', async () => {
    await put('x', '')
    const at = (destination: string) => ({ packages: { hello: { files: [{ source: 'x', destination }] } } })
    await refused(at('/usr/bin/hello'), 'two files of the package lie at /usr/bin/hello')
    await refused(at('/usr/bin/hello/x'), '/usr/bin/hello is a file and a folder')
  })

  test('a path that dpkg cannot read', async () => {
    await put('x', '')
    const long = 'x'.repeat(110)
    for (const destination of [
      `/usr/share/${long}`,
      `/usr/share/${long}/x`,
      `/${'y'.repeat(90)}/${'z'.repeat(90)}/${'w'.repeat(90)}/x`,
    ]) {
      const packages = { hello: { files: [{ source: 'x', destination }] } }
      await refused({ packages, formats: ['deb'] }, 'is too long for a Debian package')
    }
  })

  test('two platforms of one architecture', async () => {
    await sampleRelease(release, { platforms: ['linux/arm/v6', 'linux/arm/v7'] })
    await refused({ formats: ['deb'] }, 'Two packages have the name hello_1.2.3-1_armhf.deb')
  })
})
