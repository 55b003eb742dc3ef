import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import action from '../../actions/build/main.ts'
import { fileSubjects, openRelease, proveSubjects } from '../../src/release/index.ts'
import { parseInputs } from '../../src/runner/index.ts'
import { type TestStep, testStep } from '../step.ts'
import { describeWith, tool, toolsPath } from '../tools.ts'

const environment = {
  ...process.env,
  PATH: toolsPath,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
  GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
}
const host = `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`

let root: string
let origin: string
const run = (command: string, args: string[], cwd = root): string =>
  execFileSync(command, args, { cwd, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** Runs the action as the CLI does. */
async function build(given: Record<string, string>, more: Record<string, string> = {}) {
  const step: TestStep = testStep({ workspace: root, environment: { ...environment, ...more } })
  const inputs = await parseInputs(action.definition, given, {
    workspace: root,
    allowedRoots: undefined,
    spell: (name) => name,
  })
  return { outputs: await action.run(inputs, step), step }
}

async function clone(folder: string): Promise<string> {
  const path = join(root, folder)
  run('git', ['clone', '--quiet', origin, path])
  run('git', ['remote', 'set-url', 'origin', 'git@github.com:example/hello.git'], path)
  return path
}

async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const pairs = files.map(async (path) => [relative(folder, path), (await readFile(path)).toString('latin1')] as const)
  return Object.fromEntries(await Promise.all(pairs))
}

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'build-e2e-')))
  origin = join(root, 'origin')
  await cp(join(import.meta.dirname, '../../examples/hello'), origin, { recursive: true })
  run('git', ['init', '--quiet', '--initial-branch=main'], origin)
  run('git', ['add', '.'], origin)
  run('git', ['commit', '--quiet', '--message=hello'], origin)
  run('git', ['tag', 'v1.2.3'], origin)
})
afterAll(() => rm(root, { recursive: true, force: true }))

describeWith(['go', 'git', 'skopeo', 'crane', 'unzip'], 'build', () => {
  let first: string
  let outputs: Readonly<Record<string, unknown>>

  beforeAll(async () => {
    first = join(root, 'first release')
    outputs = (await build({ project: await clone('a'), release: first })).outputs
  })

  test('in two folders gives the same bytes: files, images and record', async () => {
    const project = await clone('some/deeper/folder')
    await symlink(project, join(root, 'link'))
    const second = join(root, 'second')
    await build({ project: join(root, 'link'), release: second })
    const [ours, theirs] = [await contents(first), await contents(second)]
    expect(Object.keys(theirs).sort()).toEqual(Object.keys(ours).sort())
    for (const [name, bytes] of Object.entries(ours)) expect([name, theirs[name] === bytes]).toEqual([name, true])
    for (const bytes of Object.values(ours)) expect(bytes.includes(root)).toBe(false)
  })

  test('with empty caches of its own gives the same binary', async () => {
    const release = join(root, 'uncached')
    await build({ project: await clone('c'), release, platforms: host, images: '[]' }, { GOCACHE: join(root, 'cache') })
    const name = `hello-${host.replace('/', '-')}`
    expect((await readFile(join(release, 'files', name))).equals(await readFile(join(first, 'files', name)))).toBe(true)
  })

  test('made a second time in place, changes nothing', async () => {
    const { outputs: again, step } = await build({ project: join(root, 'a'), release: first })
    expect(again).toEqual({ ...outputs, changed: false })
    expect(step.blocks).toContainEqual({
      kind: 'text',
      text: 'Nothing changed: the release in that folder is this one.',
    })
  })

  test('says what it made', async () => {
    expect(outputs).toMatchObject({
      version: 'v1.2.3',
      changed: true,
      images: [{ name: 'hello', tags: ['v1.2.3'], digest: expect.stringMatching(/^sha256:/) }],
    })
    expect(outputs.files).toHaveLength(18)
    const release = await openRelease(first)
    expect(outputs.releaseDigest).toBe(release.digest)
    await proveSubjects(release, testStep())
    expect(release.record.source).toEqual({
      repository: 'https://github.com/example/hello',
      ref: 'refs/tags/v1.2.3',
      commit: run('git', ['rev-parse', 'HEAD'], origin).trim(),
      commitTime: '2026-01-02T03:04:05Z',
      modified: false,
    })
  })

  test('makes a binary that runs and knows its version', () => {
    const commit = run('git', ['rev-parse', 'HEAD'], origin).trim()
    const binary = join(first, 'files', `hello-${host.replace('/', '-')}`)
    expect(run(binary, ['--version'])).toBe(`hello v1.2.3 (${commit}, 2026-01-02T03:04:05Z)\n`)
    const stamp = run('go', ['version', '-m', binary])
    expect(stamp).toContain('build\t-trimpath=true')
    expect(stamp).toContain('build\tCGO_ENABLED=0')
    expect(stamp).toContain('dep\tgithub.com/spf13/pflag')
  })

  test('makes sums that sha256sum and sha512sum accept, of archives that tar and unzip open', () => {
    const files = join(first, 'files')
    run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], files)
    run('sha512sum', ['--check', '--strict', 'SHA512SUMS'], files)
    expect(run('tar', ['-tzf', 'hello-v1.2.3-linux-armv7.tar.gz'], files)).toBe('LICENSE\nREADME.md\nhello\n')
    expect(
      run(
        'tar',
        [
          '--list',
          '--verbose',
          '--numeric-owner',
          '--utc',
          '--full-time',
          '-f',
          'hello-v1.2.3-darwin-arm64.tar.gz',
          'hello',
        ],
        files,
      ),
    ).toMatch(/^-rwxr-xr-x 0\/0 +\d+ 2026-01-02 03:04:05 hello\n$/)
    expect(run('unzip', ['-Z1', 'hello-v1.2.3-windows-amd64.zip'], files)).toBe('LICENSE\nREADME.md\nhello.exe\n')
  })

  test('makes a layout that skopeo reads and copies, each platform of it', async () => {
    const image = `oci:${join(first, 'images')}:hello:v1.2.3`
    for (const [architecture, variant] of [['amd64'], ['arm64'], ['arm', 'v7'], ['ppc64le'], ['s390x']]) {
      const which = [
        '--override-os=linux',
        `--override-arch=${architecture}`,
        ...(variant ? [`--override-variant=${variant}`] : []),
      ]
      const config = JSON.parse(run(tool('skopeo'), [...which, 'inspect', '--config', image]))
      expect(config).toMatchObject({
        architecture,
        os: 'linux',
        created: '2026-01-02T03:04:05Z',
        config: { User: '65532:65532' },
      })
      expect(config.variant).toBe(variant)
    }
    const copy = join(root, 'copy')
    run(tool('skopeo'), ['copy', '--quiet', '--all', '--preserve-digests', image, `oci:${copy}:hello:v1.2.3`])
    const digest = JSON.parse(run(tool('skopeo'), ['inspect', `oci:${copy}:hello:v1.2.3`])).Digest
    expect(outputs.images).toEqual([{ name: 'hello', tags: ['v1.2.3'], digest }])
  })

  test('makes a layout that crane reads, layer by layer', async () => {
    const archive = join(root, 'image.tar')
    run(tool('skopeo'), [
      'copy',
      '--quiet',
      '--override-arch=s390x',
      `oci:${join(first, 'images')}:hello:v1.2.3`,
      `docker-archive:${archive}`,
    ])
    run(tool('crane'), ['validate', '--tarball', archive])
  })

  describe('of a source that is not the commit', () => {
    let project: string
    beforeAll(async () => {
      project = await clone('dirty')
    })
    const only = { platforms: host, images: '[]' }
    const reset = () => {
      run('git', ['reset', '--quiet', '--hard'], project)
      run('git', ['clean', '--quiet', '-fdx'], project)
    }

    test.each<[string, () => Promise<unknown>, RegExp]>([
      ['a changed file', () => writeFile(join(project, 'README.md'), 'changed'), /- README\.md/],
      ['a deleted file', () => rm(join(project, 'hello.service')), /- hello\.service/],
      [
        'an untracked Go file',
        () => writeFile(join(project, 'cmd/hello/more.go'), 'package main\n'),
        /- cmd\/hello\/more\.go/,
      ],
      [
        'an ignored Go file',
        async () => {
          await writeFile(join(project, '.git/info/exclude'), 'zz_*\n')
          await writeFile(join(project, 'cmd/hello/zz_generated_windows.go'), 'package main\n')
        },
        /- cmd\/hello\/zz_generated_windows\.go/,
      ],
      [
        'an untracked file that is embedded',
        async () => {
          await writeFile(join(project, 'cmd/hello/page.html'), 'page')
          const code = 'package main\n\nimport _ "embed"\n\n//go:embed page.html\nvar Page string\n'
          await writeFile(join(project, 'cmd/hello/embed.go'), code)
          run('git', ['add', 'cmd/hello/embed.go'], project)
          run('git', ['commit', '--quiet', '--message=embed'], project)
        },
        /- cmd\/hello\/page\.html/,
      ],
      ['an untracked licence', () => writeFile(join(project, 'LICENSE.other'), 'x'), /- LICENSE\.other/],
    ])('is refused: %s', async (_, change, message) => {
      try {
        await change()
        const refused = build({ project, release: join(root, 'refused'), ...only })
        await expect(refused).rejects.toThrow(message)
        await expect(refused).rejects.toMatchObject({
          name: 'UserError',
          hint: expect.stringContaining('allow-modified'),
        })
        expect(await readdir(root)).not.toContain('refused')
      } finally {
        reset()
        run('git', ['reset', '--quiet', '--hard', 'v1.2.3'], project)
      }
    })

    test('is built when that is allowed, and says so', async () => {
      await writeFile(join(project, 'README.md'), 'changed')
      const release = join(root, 'modified')
      const { outputs: made } = await build({ project, release, ...only, 'allow-modified': 'true' })
      expect(made.version).toBe('v1.2.3+dirty')
      expect((await openRelease(release)).record).toMatchObject({
        source: { modified: true },
        build: { parameters: { build: { 'allow-modified': true } } },
      })
      reset()
    })

    test('without git is refused, and built when that is allowed', async () => {
      const plain = join(root, 'plain')
      await cp(origin, plain, { recursive: true, filter: (path) => !path.endsWith('.git') })
      const release = join(root, 'plain release')
      await expect(build({ project: plain, release, ...only })).rejects.toThrow(/is not in a git repository/)
      const { outputs: made } = await build({
        project: plain,
        release,
        ...only,
        version: 'v9.9.9',
        'allow-modified': 'true',
      })
      expect(made.version).toBe('v9.9.9')
      const { source } = (await openRelease(release)).record
      expect(source).toEqual({ repository: `file://${plain}`, commitTime: '1980-01-01T00:00:00Z', modified: true })
    })
  })

  test('in a dry run writes nothing, and says what it would make', async () => {
    const release = join(root, 'dry')
    const { outputs: planned, step } = await build({ project: join(root, 'a'), release, 'dry-run': 'true' })
    expect(planned).toEqual({
      releaseDigest: '',
      version: 'v1.2.3',
      files: outputs.files,
      images: [{ name: 'hello', tags: ['v1.2.3'] }],
      changed: false,
    })
    expect(step.blocks[0]).toEqual({ kind: 'heading', text: 'Would build hello v1.2.3' })
    expect(await readdir(root)).not.toContain('dry')
  })

  test('takes modules from the vendor folder where GOFLAGS or the folder says so, without a proxy', async () => {
    const project = await clone('vendored')
    run('go', ['mod', 'vendor'], project)
    run('git', ['add', '--force', 'vendor'], project)
    run('git', ['commit', '--quiet', '--message=vendor'], project)
    const release = join(root, 'vendored release')
    const offline = { GOPROXY: 'off', GOMODCACHE: join(root, 'no modules'), GOFLAGS: '-mod=vendor' }
    await build({ project, release, platforms: host, images: '[]' }, offline)
    expect((await openRelease(release)).record.build.parameters.build).toMatchObject({ GOFLAGS: '-mod=vendor' })
    await rm(join(project, 'vendor/github.com/spf13/pflag/flag.go'))
    await expect(build({ project, release, platforms: host, images: '[]' }, offline)).rejects.toThrow(
      /vendor\/github\.com\/spf13\/pflag\/flag\.go/,
    )
  })

  test('a folder below cmd/ that holds only tests is no command', async () => {
    const project = await clone('tested')
    await mkdir(join(project, 'cmd/hellotest'))
    await writeFile(join(project, 'cmd/hellotest/main_test.go'), 'package main\n')
    run('git', ['add', 'cmd'], project)
    run('git', ['commit', '--quiet', '--message=test'], project)
    const release = join(root, 'tested release')
    await build({ project, release, platforms: host, images: '[]' })
    const binaries = fileSubjects((await openRelease(release)).record, 'binary')
    expect(binaries.map(({ name }) => name)).toEqual([`hello-${host.replace('/', '-')}`])
    const named = build({ project, release, platforms: host, images: '[]', 'main-packages': './cmd/hellotest' })
    await expect(named).rejects.toThrow(/has only tests/)
  })

  test('puts a command on a base image, and finds wrong inputs before it compiles', async () => {
    const project = join(root, 'a')
    const release = join(root, 'based')
    const images = `[{name: hello, base: "oci:${join(first, 'images')}:hello:v1.2.3", platforms: [${host}]}]`
    await build({ project, release, platforms: host, images })
    const config = JSON.parse(
      run(tool('skopeo'), ['inspect', '--config', `oci:${join(release, 'images')}:hello:v1.2.3`]),
    )
    expect(config.rootfs.diff_ids).toHaveLength(2)
    const { dependencies } = (await openRelease(release)).record.build
    expect(dependencies.build).toContainEqual(
      expect.objectContaining({ name: 'hello', digest: { sha256: expect.any(String) } }),
    )

    await mkdir(join(root, 'empty'))
    for (const [wrong, message] of [
      [{ project: join(root, 'nowhere') }, /Folder not found/],
      [{ project: join(root, 'empty'), 'allow-modified': 'true' }, /go\.mod is missing/],
      [{ platforms: 'linux/amd46' }, /not a platform/],
      [{ 'main-packages': './cmd/nothing' }, /cmd\/nothing/],
      [{ 'main-packages': 'github.com/spf13/pflag' }, /is not a main package/],
      [{ ldflags: '{{.Date}}' }, /unknown template/],
      [{ 'archive-files': 'NOTICE*' }, /No file matches/],
      [{ 'archive-files': '../origin/LICENSE' }, /outside the project/],
      [{ 'go-version': 'latest' }, /not a version of Go/],
      [{ images: '[{name: hello, base: "oci:nowhere:x:y"}]' }, /was not found/],
    ] as const) {
      await expect(build({ project, release: join(root, 'wrong'), ...wrong })).rejects.toThrow(message)
    }
    expect(await readdir(root)).not.toContain('wrong')
  })
})
