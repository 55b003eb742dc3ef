import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { applyBuild } from '../../../src/build/apply.ts'
import { parseImages } from '../../../src/build/image-spec.ts'
import type { BuildInput, BuildObservation } from '../../../src/build/observe.ts'
import { planBuild } from '../../../src/build/plan.ts'
import { parseTargets } from '../../../src/build/target.ts'
import { parseTag } from '../../../src/oci/index.ts'
import { openLayout } from '../../../src/registry/index.ts'
import {
  type Evidence,
  fileSubject,
  openRelease,
  proveSubjects,
  saveRelease,
  withEvidence,
  withSubjects,
} from '../../../src/release/index.ts'
import { UserError } from '../../../src/runner/index.ts'
import { testStep } from '../../step.ts'
import { binaryFor } from '../../unit/build/binaries.ts'

let root: string
let release: string
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'build-')))
  release = join(root, 'release')
  await writeFile(join(root, 'LICENSE'), 'Apache\n')
})
afterEach(() => rm(root, { recursive: true, force: true }))

const input: BuildInput = {
  project: '',
  release: '',
  mainPackages: [],
  platforms: [],
  ldflags: ['-X main.version={{.Version}}', '-X main.name={{.Name}}'],
  buildTags: [],
  archiveFiles: [],
  cache: false,
  allowModified: false,
  dryRun: false,
}
const platforms = ['linux/amd64', 'linux/arm', 'linux/s390x', 'windows/amd64']

interface Setting {
  readonly commit?: string
  readonly modified?: boolean
  readonly tagVersion?: string | undefined
  /** What the fake compiler puts into a binary. */
  readonly content?: string
  /** GOARCH by GOARCH that the fake compiler is asked for. */
  readonly confused?: Readonly<Record<string, string>>
  readonly broken?: readonly string[]
  readonly images?: unknown
}

/** What observeBuild would find, with a compiler that only writes headers. */
async function observation(setting: Setting = {}): Promise<BuildObservation> {
  const targets = parseTargets(platforms)
  const mains = ['hello', 'probe'].map((command) => ({
    command,
    importPath: `example.com/hello/cmd/${command}`,
    directory: `cmd/${command}`,
  }))
  return {
    project: root,
    checkout: {
      root,
      changed: [],
      tracked: new Set(),
      tagVersion: 'tagVersion' in setting ? setting.tagVersion : 'v1.2.3',
      source: {
        repository: 'https://github.com/example/hello',
        commit: setting.commit ?? 'c'.repeat(40),
        commitTime: '2026-01-02T03:04:05Z',
        modified: setting.modified ?? false,
      },
    },
    module: { path: 'example.com/hello', go: '1.24.0', toolchain: undefined },
    go: {
      version: '1.26.8',
      moduleCache: '',
      buildCache: '',
      async run(args, environment = {}) {
        const { GOOS: os = '', GOARCH: architecture = '' } = environment
        if (setting.broken?.includes(architecture))
          throw new UserError(`go build exited with 1: ${architecture} is broken`)
        const folder = args[args.indexOf('-o') + 1] ?? ''
        const packages = args.slice(args.indexOf('--') + 1)
        for (const name of packages) {
          const bytes = binaryFor(
            { os, architecture: setting.confused?.[architecture] ?? architecture },
            setting.content ?? `${name} ${architecture}`,
          )
          await writeFile(join(folder, `${basename(name)}${os === 'windows' ? '.exe' : ''}`), bytes)
        }
        return { exitCode: 0, stdout: '', stderr: '' }
      },
    },
    moduleMode: undefined,
    targets,
    mains,
    archiveFiles: [{ path: 'LICENSE', file: join(root, 'LICENSE'), size: 7, mode: 0o644 }],
    images: parseImages(setting.images, mains, targets),
    bases: new Map(),
    previous: await openRelease(release).catch(() => undefined),
  }
}

async function build(setting: Setting = {}, more: Partial<BuildInput> = {}) {
  const found = await observation(setting)
  return applyBuild(release, planBuild({ ...input, ...more }, found), found, testStep())
}
const list = async (folder: string): Promise<string[]> => (await readdir(join(release, folder))).sort()

/** Bytes and modification time of every file. */
async function snapshot(folder = release): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files[path] = `${(await stat(path)).mtimeMs} ${(await readFile(path)).toString('base64')}`
  }
  return files
}

test('makes files, sums, images and a record that proves itself', async () => {
  const built = await build()
  expect(built.changed).toBe(true)
  expect(await list('files')).toEqual([
    'SHA256SUMS',
    'SHA512SUMS',
    'hello-linux-amd64',
    'hello-linux-armv7',
    'hello-linux-s390x',
    'hello-v1.2.3-linux-amd64.tar.gz',
    'hello-v1.2.3-linux-armv7.tar.gz',
    'hello-v1.2.3-linux-s390x.tar.gz',
    'hello-v1.2.3-windows-amd64.zip',
    'hello-windows-amd64.exe',
    'probe-linux-amd64',
    'probe-linux-armv7',
    'probe-linux-s390x',
    'probe-windows-amd64.exe',
  ])
  expect(await list('.')).toEqual(['files', 'images', 'release.json'])
  const reopened = await openRelease(release)
  expect(reopened.digest).toBe(built.digest)
  await proveSubjects(reopened, testStep())
  expect(await openLayout(join(release, 'images'), 'hello').listTags()).toEqual(['v1.2.3'])
  expect(await openLayout(join(release, 'images'), 'probe').listTags()).toEqual(['v1.2.3'])
  const binary = await stat(join(release, 'files', 'hello-linux-amd64'))
  expect([binary.mode & 0o777, binary.mtime.toISOString()]).toEqual([0o755, '2026-01-02T03:04:05.000Z'])
})

test('records every input that has an effect, and the toolchain', async () => {
  const { record } = await build()
  expect(record.build).toEqual({
    parameters: {
      build: {
        name: 'hello',
        version: 'v1.2.3',
        'main-packages': ['example.com/hello/cmd/hello', 'example.com/hello/cmd/probe'],
        platforms: ['linux/amd64', 'linux/arm/v7', 'linux/s390x', 'windows/amd64'],
        ldflags: input.ldflags,
        'build-tags': [],
        'archive-files': ['LICENSE'],
        images: ['hello', 'probe'].map((name) => ({
          name,
          'main-package': `example.com/hello/cmd/${name}`,
          base: 'scratch',
          user: '65532:65532',
          entrypoint: [`/usr/local/bin/${name}`],
          labels: {},
          platforms: ['linux/amd64', 'linux/arm/v7', 'linux/s390x'],
        })),
      },
    },
    dependencies: {
      build: [
        { name: 'go', uri: 'pkg:generic/go@1.26.8' },
        { name: 'zlib', uri: `pkg:generic/zlib@${process.versions.zlib}` },
      ],
    },
  })
})

describe('a second run', () => {
  test('changes nothing and says so', async () => {
    const first = await build()
    const before = await snapshot()
    const second = await build()
    expect(second).toMatchObject({ changed: false, digest: first.digest })
    expect(await snapshot()).toEqual(before)
  })

  test('heals a file and a blob that were changed', async () => {
    const { record } = await build()
    await writeFile(join(release, 'files', 'hello-linux-amd64'), 'evil')
    await rm(join(release, 'files', 'SHA256SUMS'))
    const blob = record.subjects.find((subject) => subject.kind === 'image')
    const path = join(release, 'images', 'blobs', 'sha256', blob && 'digest' in blob ? blob.digest.slice(7) : '')
    await writeFile(path, 'evil')
    expect((await build()).changed).toBe(true)
    await proveSubjects(await openRelease(release), testStep())
    expect(
      (await openLayout(join(release, 'images'), 'hello').readManifest(parseTag('v1.2.3')))?.bytes.length,
    ).toBeGreaterThan(100)
  })

  /** What later steps add: a package, how it was made, and evidence of it and of a binary. */
  async function addLater(): Promise<void> {
    const { record } = await openRelease(release)
    await mkdir(join(release, 'evidence'), { recursive: true })
    await writeFile(join(release, 'files', 'hello.deb'), 'package')
    await writeFile(join(release, 'evidence', 'hello.json'), '{}')
    const added = await fileSubject(release, join(release, 'files', 'hello.deb'), {
      role: 'package',
      mediaType: 'application/x',
    })
    const binary = record.subjects.find(({ name }) => name === 'hello-linux-amd64')
    const evidence: Evidence = {
      kind: 'signature',
      subjects: binary?.kind === 'file' ? [`sha256:${binary.sha256}`] : [],
      path: 'evidence/hello.json',
      mediaType: 'application/json',
      size: 2,
      sha256: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
      signer: { kind: 'keyless', identity: 'a@example.com', issuer: 'https://example.com' },
    }
    const { parameters, dependencies } = record.build
    const packaged = {
      parameters: { ...parameters, 'build-packages': { formats: ['deb'] } },
      dependencies: { ...dependencies, 'build-packages': [{ uri: 'pkg:generic/zstd@1' }] },
    }
    await saveRelease(release, withEvidence(withSubjects({ ...record, build: packaged }, [added]), [evidence]))
  }

  test('of the same build keeps what later steps added', async () => {
    await build()
    await addLater()
    const again = await build()
    expect(again.record.evidence).toHaveLength(1)
    expect(again.record.build).toMatchObject({
      parameters: { build: { name: 'hello' }, 'build-packages': { formats: ['deb'] } },
      dependencies: { 'build-packages': [{ uri: 'pkg:generic/zstd@1' }] },
    })
    expect(again.record.subjects.map(({ name }) => name)).toContain('hello.deb')
    expect(await readFile(join(release, 'files', 'SHA256SUMS'), 'utf8')).toContain('  hello.deb\n')
    expect((await build()).changed).toBe(false)
  })

  test.each<[string, Setting, Partial<BuildInput>]>([
    ['another commit', { commit: 'd'.repeat(40) }, {}],
    ['another input', {}, { buildTags: ['netgo'] }],
    ['other binaries', { content: 'other' }, {}],
  ])('of %s begins anew: nothing of the earlier release is left', async (_, setting, more) => {
    await build()
    await addLater()
    const again = await build(setting, more)
    expect(again.changed).toBe(true)
    expect(again.record.evidence).toEqual([])
    expect(Object.keys(again.record.build.parameters)).toEqual(['build'])
    expect(Object.keys(again.record.build.dependencies)).toEqual(['build'])
    expect(await list('files')).not.toContain('hello.deb')
    expect(await list('evidence')).toEqual([])
    await proveSubjects(await openRelease(release), testStep())
  })

  test('of another version leaves no file and no tag of the earlier one', async () => {
    await build()
    await build({ tagVersion: 'v1.3.0' })
    expect((await list('files')).filter((name) => name.includes('v1.2.3'))).toEqual([])
    expect(await openLayout(join(release, 'images'), 'hello').listTags()).toEqual(['v1.3.0'])
  })
})

describe('a build that fails', () => {
  test('names each platform, and leaves the earlier release as it was', async () => {
    await build()
    const before = await snapshot()
    const failed = build({ broken: ['s390x', 'arm'], commit: 'd'.repeat(40) })
    await expect(failed).rejects.toThrow(
      /Platforms: 2 failed\n- linux\/arm\/v7: go build .*arm is broken\n- linux\/s390x: .*s390x is broken/,
    )
    expect(await snapshot()).toEqual(before)
  })

  test('for a binary that is for another platform, releases nothing', async () => {
    await expect(build({ confused: { amd64: 'arm64' } })).rejects.toThrow(/hello should be a binary for linux\/amd64/)
    expect(await list('.')).toEqual([])
  })

  test('in a folder that cannot be written, says so', async () => {
    await writeFile(release, 'a file')
    await expect(build()).rejects.toThrow(/Cannot write the release/)
    await rm(release)
    expect(await readdir(dirname(release))).toEqual(['LICENSE'])
  })

  test('clears what a crash left', async () => {
    await mkdir(join(release, '.build', 'files'), { recursive: true })
    await writeFile(join(release, '.build', 'files', 'junk'), '')
    await build()
    expect(await list('.')).toEqual(['files', 'images', 'release.json'])
  })
})

describe('the plan', () => {
  const plan = async (setting: Setting = {}, more: Partial<BuildInput> = {}) =>
    planBuild({ ...input, ...more }, await observation(setting))

  test('fills in the linker flags', async () => {
    const { arguments: args } = await plan({}, { buildTags: ['a', 'b'] })
    expect(args).toEqual([
      '-trimpath',
      '-buildvcs=false',
      '-tags=a,b',
      '-ldflags=-X main.version=v1.2.3 -X main.name=hello',
      '--',
      'example.com/hello/cmd/hello',
      'example.com/hello/cmd/probe',
    ])
  })

  test.each<[Setting, Partial<BuildInput>, string]>([
    [{}, {}, 'v1.2.3'],
    [{}, { version: 'v2.0.0-rc.1+build.5' }, 'v2.0.0-rc.1+build.5'],
    [{ tagVersion: undefined }, {}, 'v0.0.0-20260102030405-cccccccccccc'],
    [{ modified: true }, {}, 'v1.2.3+dirty'],
    [{ modified: true, tagVersion: 'v1.2.3+k3s1' }, {}, 'v1.2.3+k3s1.dirty'],
    [{ modified: true }, { version: 'v1.2.3' }, 'v1.2.3'],
  ])('of %j with %j has the version %s', async (setting, more, version) => {
    expect((await plan(setting, more)).version).toBe(version)
  })

  test('of a modified tree says that it was allowed', async () => {
    expect((await plan({ modified: true })).parameters).toMatchObject({ 'allow-modified': true })
    expect((await plan()).parameters).not.toHaveProperty('allow-modified')
  })

  test.each<[Partial<BuildInput>, RegExp]>([
    [{ version: '-v1' }, /'-v1' is not a version/],
    [{ version: 'v1/2' }, /is not a version/],
    [{ version: 'v1 2' }, /is not a version/],
    [{ name: '../hello' }, /is not a name of a project/],
    [{ name: '-x' }, /is not a name of a project/],
    [{ ldflags: ['{{.Date}}'] }, /Input 'ldflags': unknown template \{\{\.Date\}\}/],
    [{ buildTags: ['a,b'] }, /'a,b' is not a build tag/],
    [{ buildTags: ['-race'] }, /is not a build tag/],
  ])('of %j is refused', async (more, message) => {
    await expect(plan({}, more)).rejects.toThrow(message)
  })

  test('refuses an archive file that would hide a command', async () => {
    const found = await observation()
    const archiveFiles = [{ path: 'hello', file: '/x', size: 1, mode: 0o644 }]
    expect(() => planBuild(input, { ...found, archiveFiles })).toThrow(/would hold 'hello' twice/)
  })
})
