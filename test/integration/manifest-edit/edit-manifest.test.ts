import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '../../../src/http/index.ts'
import { type EditOptions, editManifest } from '../../../src/manifest-edit/index.ts'
import { parseTag } from '../../../src/oci/index.ts'
import { promote } from '../../../src/promote/index.ts'
import { openRepository } from '../../../src/registry/index.ts'
import { describeError, pathResolver, renderText } from '../../../src/runner/index.ts'
import { type FakeGitHub, startFakeGitHub } from '../../github/fake-github.ts'
import { promotionOptions } from '../../promote/options.ts'
import { type TestStep, testStep } from '../../step.ts'
import { fastClock } from '../../unit/http/server.ts'
import { type ImageFixture, writeImage, writeRelease } from '../../unit/promote/fixture.ts'
import { type FakeRegistry, startFakeRegistry } from '../../unit/registry/fake-registry.ts'

let folder: string
let github: FakeGitHub
let registry: FakeRegistry
let hello: ImageFixture
let world: ImageFixture
let registries: string
beforeAll(async () => {
  registry = await startFakeRegistry()
  hello = await writeImage(at('staging/hello'), 'hello', 'v1.2.3')
  world = await writeImage(at('staging/sub/world'), 'world', 'v0.4.0')
  registries = `registries:\n- name: ${registry.host}/staging\n  src: true\n- name: ${registry.host}/prod # kept\n`
})
afterAll(() => registry.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edit-'))
  github = await startFakeGitHub()
  registry.intercept = () => undefined
  registry.repository('prod/hello').tags.clear()
})
afterEach(async () => {
  await github.close()
  await rm(folder, { recursive: true })
})

const http = () => createHttpClient({ signal: new AbortController().signal, clock: fastClock() })
const at = (name: string) =>
  openRepository({ kind: 'registry', host: registry.host, prefix: '' }, name, testStep({ http: http() }))
const newStep = (): TestStep =>
  testStep({
    workspace: folder,
    http: http(),
    environment: { GITHUB_API_URL: github.url, GITHUB_TOKEN: 'ghs_ambient' },
  })

const options = (given: Partial<EditOptions>): EditOptions => ({
  manifests: join(folder, 'registry'),
  project: 'hello',
  images: [],
  release: undefined,
  tags: [],
  repository: undefined,
  fork: undefined,
  base: undefined,
  branch: undefined,
  githubToken: undefined,
  preview: true,
  plainHttp: [],
  dryRun: false,
  ...given,
})
const edit = (given: Partial<EditOptions>, step = newStep()) => editManifest(options(given), step)
const refusal = (given: Partial<EditOptions>, step = newStep()): Promise<string> =>
  edit(given, step).then(() => 'none', describeError)

const old = `sha256:${'0'.repeat(64)}`
const images = `# Owned by SIG Release.
- name: hello
  dmap:
    # the first
    "${old}": ["v1.0.0"]
- name: hello
  dmap: {} # for later
`
const imagesPath = 'registry/images/hello/images.yaml'
const manifestPath = 'registry/manifests/hello/promoter-manifest.yaml'
const withHello = (): string =>
  images.replace('  dmap: {} # for later\n', `  dmap: {"${hello.index.digest}": ["v1.2.3"]} # for later\n`)

describe('in a checkout, with a registry in memory', () => {
  const put = async (path: string, content: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  const read = (path = imagesPath): Promise<string> => readFile(join(folder, path), 'utf8')
  beforeEach(async () => {
    await put(manifestPath, registries)
    await put(imagesPath, images)
  })

  test('a tag is resolved and added once; what was there is kept, and the plan is shown', async () => {
    const step = newStep()
    const result = await edit({ images: ['hello:v1.2.3'] }, step)
    expect(result).toEqual({
      added: [`hello@${hello.index.digest} (v1.2.3)`],
      files: [imagesPath],
      pullRequest: '',
      pullRequestUrl: '',
      changed: true,
    })
    expect(await read()).toBe(withHello())
    expect(await read(manifestPath)).toBe(registries)
    const shown = renderText(step.blocks)
    expect(shown).toMatch(new RegExp(`hello +${hello.index.digest} +v1\\.2\\.3`))
    expect(shown).toContain('1 copy of images and 0 files are missing; 0 conflicts.')
    expect(shown).toMatch(new RegExp(`staging/hello@${hello.index.digest} +${registry.host}/prod/hello`))
    expect(shown).not.toContain(old)

    const again = newStep()
    expect(await edit({ images: ['hello:v1.2.3'] }, again)).toMatchObject({ added: [], files: [], changed: false })
    expect(await read()).toBe(withHello())
    expect(renderText(again.blocks)).toContain('Nothing to add')
  })

  test('a promotion of the edited manifest does what the plan said', async () => {
    await put('plain.yaml', registries)
    await edit({ manifests: join(folder, 'plain.yaml'), project: undefined, images: ['sub/world:v0.4.0'] })
    await promote(promotionOptions({ manifests: join(folder, 'plain.yaml') }), newStep())
    expect((await at('prod/sub/world').headManifest(parseTag('v0.4.0')))?.digest).toBe(world.index.digest)
    const step = newStep()
    await edit({ manifests: join(folder, 'plain.yaml'), project: undefined, images: ['sub/world:v0.4.0'] }, step)
    expect(renderText(step.blocks)).toContain('Nothing to do: 1 copy of 1 image and 0 files are where they shall be.')
  })

  test('a dry run shows the same and writes nothing', async () => {
    const step = newStep()
    expect(await edit({ images: ['hello:v1.2.3'], dryRun: true }, step)).toMatchObject({
      added: [`hello@${hello.index.digest} (v1.2.3)`],
      changed: false,
    })
    expect(await read()).toBe(images)
    expect(renderText(step.blocks)).toContain('Manifest (dry run)')
  })

  test('whole references, digests, more tags and nested names', async () => {
    const { added } = await edit({
      images: [
        `${registry.host}/staging/sub/world:v0.4.0`,
        `hello@${hello.index.digest}`,
        `hello:v1.2.3-1@${hello.index.digest}`,
      ],
      tags: ['v1.2'],
    })
    expect(added).toEqual([
      `sub/world@${world.index.digest} (v0.4.0, v1.2)`,
      `hello@${hello.index.digest} (v1.2)`,
      `hello@${hello.index.digest} (v1.2.3-1, v1.2)`,
    ])
    expect(await read()).toContain(`{"${hello.index.digest}": ["v1.2", "v1.2.3-1"]}`)
  })

  test('the images of a release, into a project without a list', async () => {
    const release = await writeRelease(join(folder, 'release'))
    await rm(dirname(join(folder, imagesPath)), { recursive: true })
    const { index } = release.image
    // The release is in staging already, as a promotion needs it there.
    await promote(promotionOptions({ release: release.directory, to: [`${registry.host}/staging`] }), newStep())
    await edit({})
    expect(await read()).toBe(`- name: hello\n  dmap:\n    "${index.digest}": ["v1.2.3"]\n`)
    expect(await edit({ release: release.directory })).toMatchObject({ changed: false })
  })

  test.each<[string, Partial<EditOptions>, RegExp]>([
    ['a tag that is not there', { images: ['hello:v9'] }, /staging\/hello:v9 is not there/],
    [
      'a digest that is not there',
      { images: [`hello:v9@${old}`] },
      /would stop; nothing was written.*\n.*is not there/,
    ],
    [
      'a tag of another digest',
      { images: [`hello:v1.0.0@sha256:${'1'.repeat(64)}`] },
      /^.*\n- registry\/images\/hello\/images\.yaml:5:5: 'hello:v1\.0\.0' is/,
    ],
    ['the tag latest', { images: ['hello:v1.2.3'], tags: ['latest'] }, /'hello' would get the tag latest/],
    [
      'an image elsewhere',
      { images: ['gcr.io/other/hello:v1'] },
      /not in the source of the manifest, 127.*\/staging\n/,
    ],
    ['no tag', { images: ['hello'] }, /'hello' names neither a tag nor a digest/],
    [
      'no project',
      { images: ['hello:v1.2.3'], project: undefined },
      /^registry is not the file of a manifest\n.*'project'/,
    ],
    ['an unknown project', { images: ['hello:v1.2.3'], project: 'other' }, /other\/promoter-manifest\.yaml is not/],
    ['a project that leads out', { images: ['hello:v1.2.3'], project: '..' }, /'\.\.' is not the name of a project/],
    ['two sources', { images: ['hello:v1.2.3'], release: '/nowhere' }, /Two sources of images/],
    ['no release', {}, /release\.json is missing/],
    ['a base without a repository', { images: ['hello:v1.2.3'], base: 'main' }, /'base' is of a pull request/],
  ])('%s is refused, and nothing is written', async (_, given, expected) => {
    expect(await refusal(given)).toMatch(expected)
    expect(await read()).toBe(images)
  })

  test('a tag that is another digest at a destination stops it', async () => {
    const other = await writeImage(at('prod/hello'), 'other', 'v1.2.3')
    const step = newStep()
    expect(await refusal({ images: ['hello:v1.2.3'] }, step)).toMatch(
      new RegExp(`prod/hello:v1\\.2\\.3 is ${other.index.digest}, and a tag is never moved`),
    )
    expect(renderText(step.blocks)).toContain('tag moved')
    expect(await read()).toBe(images)
    expect(await edit({ images: ['hello:v1.2.3'], preview: false })).toMatchObject({ changed: true })
  })

  test('a destination that may not be read is shown, and stops nothing', async () => {
    registry.intercept = (request, response) => {
      if (!request.url?.startsWith('/v2/prod/')) return false
      response.writeHead(403).end()
      return true
    }
    const step = newStep()
    expect(await edit({ images: ['hello:v1.2.3'] }, step)).toMatchObject({ changed: true })
    expect(renderText(step.blocks)).toContain('unreadable')
  })

  test('a list that a link leads out of the workspace is not written', async () => {
    await put('../outside.yaml', images)
    await rm(join(folder, imagesPath))
    await symlink(join(folder, '../outside.yaml'), join(folder, imagesPath))
    const held = { ...newStep(), resolvePath: pathResolver({ workspace: folder, allowedRoots: [folder] }) }
    expect(await refusal({ images: ['hello:v1.2.3'] }, held)).toMatch(/outside the workspace/)
    await rm(join(folder, '../outside.yaml'))
  })
})

describe('as a pull request (GitHub is a fake server on loopback), with a registry in memory', () => {
  const upstream = 'kubernetes/k8s.io'
  const given: Partial<EditOptions> = { images: ['hello:v1.2.3'], repository: upstream }
  const branch = 'promote-hello-v1.2.3'
  const tree = (list = images) => ({ 'README.md': 'x', [manifestPath]: registries, [imagesPath]: list })
  const writes = (): string[] => github.log.filter((line) => !line.startsWith('GET '))
  beforeEach(() => void github.commit(upstream, 'main', tree()))

  test('it is opened with the plan as its comment; a second run changes nothing', async () => {
    const step = newStep()
    expect(await edit(given, step)).toEqual({
      added: [`hello@${hello.index.digest} (v1.2.3)`],
      files: [imagesPath],
      pullRequest: `${upstream}#7`,
      pullRequestUrl: `https://github.com/${upstream}/pull/7`,
      changed: true,
    })
    expect(github.files(upstream, branch)).toEqual(tree(withHello()))
    expect(github.files(upstream, 'main')).toEqual(tree())
    const [request] = github.pullRequests
    expect(request).toMatchObject({ base: 'main', head: `kubernetes:${branch}`, title: 'Promote hello v1.2.3' })
    expect(request?.body).toContain(`| hello | \`${hello.index.digest}\` | v1.2.3 |`)
    expect(request?.comments).toHaveLength(1)
    expect(request?.comments[0]?.body).toMatch(/^<!-- k8s-release:promotion-plan -->\n### Promotion \(dry run\)\n/)
    expect(request?.comments[0]?.body).toContain(`staging/hello@${hello.index.digest}`)
    expect(step.secrets).toContain('ghs_ambient')

    github.log.splice(0)
    expect(await edit(given)).toMatchObject({ added: [], changed: false, pullRequest: `${upstream}#7` })
    expect(writes()).toEqual([])
  })

  test('the plan in the comment follows the registries', async () => {
    await edit(given)
    await writeImage(at('prod/hello'), 'hello', 'v1.2.3')
    expect(await edit(given)).toMatchObject({ added: [], changed: true })
    expect(github.pullRequests[0]?.comments).toHaveLength(1)
    expect(github.pullRequests[0]?.comments[0]?.body).toContain('Nothing to do')
  })

  test('from a fork, to another base, with the token that is given', async () => {
    github.commit('someone/k8s.io', 'main', {}, 'long ago')
    github.commit(upstream, 'next', tree())
    const result = await edit({
      ...given,
      fork: 'someone/k8s.io',
      base: 'next',
      branch: 'mine',
      githubToken: 'ghp_given',
    })
    expect(result.pullRequest).toBe(`${upstream}#7`)
    expect(github.pullRequests).toMatchObject([{ repository: upstream, base: 'next', head: 'someone:mine' }])
    expect(github.files('someone/k8s.io', 'mine')).toEqual(tree(withHello()))
    expect(github.authorizations).toEqual(new Set(['Bearer ghp_given']))
    expect(github.branches.has(`${upstream} mine`)).toBe(false)
  })

  test('what is added later goes on top of the open one, and what reviewers committed there stays', async () => {
    await edit(given)
    github.commit(upstream, branch, { ...tree(withHello()), 'NOTES.md': 'by a reviewer' })
    github.commit(upstream, 'main', { ...tree(), 'README.md': 'moved on' })
    expect(await edit({ ...given, images: ['hello:v1.2.3', 'sub/world:v0.4.0'] })).toMatchObject({
      added: [`sub/world@${world.index.digest} (v0.4.0)`],
      pullRequest: `${upstream}#7`,
    })
    expect(github.files(upstream, branch)).toMatchObject({ 'NOTES.md': 'by a reviewer', 'README.md': 'x' })
    expect(github.files(upstream, branch)[imagesPath]).toBe(
      `${withHello()}- name: sub/world\n  dmap:\n    "${world.index.digest}": ["v0.4.0"]\n`,
    )
    expect(github.pullRequests).toHaveLength(1)
  })

  test('nothing is opened for what is merged', async () => {
    github.commit(upstream, 'main', tree(withHello()))
    expect(await edit(given)).toMatchObject({ added: [], changed: false, pullRequest: '', pullRequestUrl: '' })
    expect(writes()).toEqual([])
  })

  test('a run that ended at any write is finished by the next', async () => {
    await edit(given)
    const total = writes().length
    expect(total).toBe(6)
    for (let end = 0; end < total; end++) {
      await github.close()
      github = await startFakeGitHub()
      github.commit(upstream, 'main', tree())
      github.refuse = () => (writes().length > end ? 403 : undefined)
      expect(await refusal(given)).toMatch(/GitHub refuses .*\n.*permission/)
      github.refuse = () => undefined
      // Meanwhile others merge.
      github.commit(upstream, 'main', { ...tree(), 'README.md': 'moved on' })
      expect(await edit(given)).toMatchObject({ changed: true, pullRequest: `${upstream}#7` })
      expect(github.files(upstream, branch)[imagesPath]).toBe(withHello())
      expect(github.pullRequests).toHaveLength(1)
      expect(github.pullRequests[0]?.comments).toHaveLength(1)
      expect(await edit(given)).toMatchObject({ changed: false })
    }
  })

  test('a branch that a closed one left is begun anew', async () => {
    await edit(given)
    for (const request of github.pullRequests) request.state = 'closed'
    github.commit(upstream, 'main', { ...tree(), 'README.md': 'moved on' })
    const images = ['hello:v1.2.3', 'sub/world:v0.4.0']
    expect(await edit({ ...given, images })).toMatchObject({ pullRequest: `${upstream}#8` })
    expect(github.files(upstream, branch)).toMatchObject({ 'README.md': 'moved on' })
    expect(github.files(upstream, branch)[imagesPath]).toContain(world.index.digest)
  })

  test('a dry run and a promotion that would stop write nothing', async () => {
    expect(await edit({ ...given, dryRun: true })).toMatchObject({ changed: false, pullRequest: '' })
    expect(await refusal({ ...given, images: [`hello:v9@${old}`] })).toMatch(/would stop; nothing was written/)
    expect(writes()).toEqual([])
  })

  test.each<[string, Partial<EditOptions>, RegExp]>([
    ["a branch of somebody else's", { branch: 'theirs' }, /branch theirs of kubernetes\/k8s\.io holds something else/],
    ['the base itself', { branch: 'main' }, /is its base, main/],
    ['an unknown base', { base: 'release' }, /has no branch release/],
    ['an unknown repository', { repository: 'kubernetes/nothing' }, /GitHub has no kubernetes\/nothing/],
    ['a repository that is none', { repository: 'k8s.io' }, /not a repository on GitHub/],
    ['a branch that is none', { branch: 'a..b' }, /not the name of a branch/],
    ['a path outside', { manifests: '/elsewhere' }, /not in the repository/],
    [
      'a path that is not there',
      { manifests: '/FOLDER/other' },
      /other\/manifests\/hello\/promoter-manifest\.yaml is not/,
    ],
    ['a folder', { project: undefined }, /^registry is not the file of a manifest\n.*'project'/],
  ])('%s is refused', async (_, wrong, expected) => {
    github.commit(upstream, 'theirs', { 'README.md': 'theirs' })
    const manifests = wrong.manifests?.replace('/FOLDER', folder)
    expect(await refusal({ ...given, ...wrong, ...(manifests ? { manifests } : {}) })).toMatch(expected)
    expect(writes()).toEqual([])
  })
})
