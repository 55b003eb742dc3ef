import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { lintManifests } from '../../../src/manifests/index.ts'
import { describeError, renderText, runCommand } from '../../../src/runner/index.ts'
import { testStep } from '../../step.ts'
import { digest, registries } from './texts.ts'

const hello = registries('gcr.io/staging-hello', 'prod.example.com/hello')
const images = (digit: string, name = 'hello'): string => `- name: ${name}\n  dmap:\n    "${digest(digit)}": ["v1"]\n`
const moved = `registry/images/hello/images.yaml:3:5 tag-moved 'hello:v1' was ${digest('a')}, and a tag never moves`
let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lint-'))
  const git = (...args: string[]) =>
    runCommand('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args])
  await put('registry/manifests/hello/promoter-manifest.yaml', hello)
  await put('registry/images/hello/images.yaml', `# Grüße\n${images('a')}`)
  await put('registry/images/README.md', 'no manifest')
  await put('plain.yaml', `${hello}images:\n${images('a')}`)
  await git('init', '-q', '-b', 'main')
  await git('add', '.')
  await git('commit', '-qm', 'base')
  await put('registry/images/hello/images.yaml', images('b'))
  await put('plain.yaml', `${hello}images:\n${images('b')}`)
})
afterAll(() => rm(root, { recursive: true }))

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

async function lint(
  manifests: string,
  options: { base?: string; report?: string; onGitHub?: boolean; dryRun?: boolean },
) {
  const step = testStep({
    workspace: root,
    onGitHub: options.onGitHub ?? false,
    environment: { PATH: process.env.PATH },
  })
  const report = options.report && join(root, options.report)
  const wishes = { manifests: join(root, manifests), base: options.base, report, dryRun: options.dryRun ?? false }
  const error = await lintManifests(wishes, step).then(() => 'none', describeError)
  return { error, shown: renderText(step.blocks).trim(), messages: step.messages }
}

test('a tree that is in order says so', async () => {
  expect(await lint('registry', {})).toMatchObject({ error: 'none', shown: 'No findings' })
})

test('a tag that moved since the commit of a ref is found, in a tree and in a plain manifest', async () => {
  expect(await lint('registry', { base: 'main' })).toMatchObject({
    error: expect.stringMatching(/^1 finding in 1 file\n/),
    shown: moved,
    messages: [],
  })
  expect((await lint('plain.yaml', { base: 'HEAD' })).shown).toMatch(/^plain\.yaml:8:5 tag-moved /)
})

test('on GitHub each finding is an annotation, and they are in a table', async () => {
  const { messages, shown } = await lint('registry', { base: 'main', onGitHub: true })
  expect(messages).toEqual([{ kind: 'error', message: moved.slice(moved.indexOf(' ') + 1) }])
  expect(shown).toContain('registry/images/hello/images.yaml:3:5')
})

test('the report has the findings as JSON; a dry run writes none', async () => {
  await lint('registry', { base: 'main', report: 'dry.json', dryRun: true })
  await expect(readFile(join(root, 'dry.json'))).rejects.toThrow(/ENOENT/)
  await lint('registry', { base: 'main', report: 'findings.json' })
  expect(JSON.parse(await readFile(join(root, 'findings.json'), 'utf8'))).toEqual([
    {
      location: { file: 'registry/images/hello/images.yaml', line: 3, column: 5 },
      rule: 'tag-moved',
      message: `'hello:v1' was ${digest('a')}, and a tag never moves`,
    },
  ])
})

test('a tree that the base does not have is compared with nothing', async () => {
  await put('new/manifests/hello/promoter-manifest.yaml', hello)
  await put('new/images/hello/images.yaml', images('c'))
  const { error, messages } = await lint('new', { base: 'main' })
  expect({ error, said: messages[0] }).toEqual({
    error: 'none',
    said: { kind: 'notice', message: "There is nothing at 'main' to compare with" },
  })
})

test.each([
  ['--output=x', /is not a git ref/],
  ['', /is not a git ref/],
  ['origin/main', /no commit 'origin\/main'\n.*fetch-depth: 0/],
])('the base %j is refused', async (base, expected) => {
  expect((await lint('registry', { base })).error).toMatch(expected)
})

test('a link in a tree is not followed', async () => {
  await put('linked/manifests/hello/promoter-manifest.yaml', hello)
  await put('secret.yaml', 'password: x')
  await mkdir(join(root, 'linked/images/hello'), { recursive: true })
  await symlink(join(root, 'secret.yaml'), join(root, 'linked/images/hello/images.yaml'))
  expect((await lint('linked', {})).shown).toBe('linked/images/hello/images.yaml:1:1 yaml there is no such file')
})
