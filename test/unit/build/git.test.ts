import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { observeCheckout, untracked } from '../../../src/build/git.ts'
import { testStep } from '../../step.ts'

const environment = {
  PATH: process.env.PATH,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_COMMITTER_DATE: '2026-01-02T05:04:05+02:00',
  GIT_AUTHOR_DATE: '2020-01-01T00:00:00Z',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'C',
  GIT_COMMITTER_EMAIL: 'c@example.com',
}
let root: string
const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: root, env: environment, encoding: 'utf8' }).trim()
const observe = (folder = root, more: Record<string, string> = {}) =>
  observeCheckout(folder, testStep({ environment: { ...environment, ...more } }))

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'git ')))
  git('init', '--quiet', '--initial-branch=main')
  await mkdir(join(root, 'api'))
  await writeFile(join(root, 'api', 'go.mod'), 'module example.com/api\n')
  await writeFile(join(root, 'ünï code.go'), 'package x\n')
  git('add', '.')
  git('commit', '--quiet', '--message=first')
})
afterEach(() => rm(root, { recursive: true, force: true }))

test('reads repository, commit, branch and the committer’s time in UTC', async () => {
  git('remote', 'add', 'origin', 'https://user:secret@github.com/example/hello.git')
  expect(await observe()).toEqual({
    root,
    changed: [],
    tagVersion: undefined,
    tracked: new Set(['api/go.mod', 'ünï code.go']),
    source: {
      repository: 'https://github.com/example/hello',
      ref: 'refs/heads/main',
      commit: git('rev-parse', 'HEAD'),
      commitTime: '2026-01-02T03:04:05Z',
      modified: false,
    },
  })
})

test('of a project in a folder of the repository, names the folder and its own tag', async () => {
  git('tag', 'v9.0.0')
  git('tag', '--annotate', '--message=x', 'api/v1.2.3')
  const { source, tagVersion } = await observe(join(root, 'api'))
  expect(source).toMatchObject({ directory: 'api', ref: 'refs/tags/api/v1.2.3' })
  expect(tagVersion).toBe('v1.2.3')
})

test('a detached checkout without a tag has no ref; without a remote the repository is a file URL', async () => {
  git('checkout', '--quiet', '--detach')
  const { source } = await observe()
  expect(source).not.toHaveProperty('ref')
  expect(source.repository).toBe(`file://${root.replaceAll(' ', '%20')}`)
})

test('the ref is that of the workflow where it runs for this commit, and of nothing else', async () => {
  git('tag', 'v1.2.3')
  const commit = git('rev-parse', 'HEAD')
  const ref = async (sha: string) =>
    (await observe(root, { GITHUB_SHA: sha, GITHUB_REF: 'refs/heads/release-1' })).source.ref
  expect(await ref(commit)).toBe('refs/heads/release-1')
  expect(await ref('f'.repeat(40))).toBe('refs/tags/v1.2.3')
})

test('sees changed, staged, renamed and deleted files, but not those that git does not track', async () => {
  await writeFile(join(root, 'scratch.txt'), '')
  expect((await observe()).changed).toEqual([])
  await writeFile(join(root, 'api', 'go.mod'), 'module example.com/other\n')
  git('mv', 'ünï code.go', 'new.go')
  const { changed, source } = await observe(join(root, 'api'))
  expect(changed).toEqual(['new.go', 'api/go.mod'].sort((left) => (left === 'api/go.mod' ? -1 : 1)))
  expect(source.modified).toBe(true)
})

test('tells which files the commit does not hold', async () => {
  await writeFile(join(root, '.gitignore'), 'zz_generated.go\n')
  const checkout = await observe()
  const paths = ['ünï code.go', 'zz_generated.go', 'api/go.mod'].map((name) => join(root, name))
  expect(untracked(checkout, [...paths, '/elsewhere/module/x.go'])).toEqual(['zz_generated.go'])
})

test('a folder without a repository is modified, with the time of SOURCE_DATE_EPOCH', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'plain-')))
  try {
    const bare = await observe(folder)
    expect(bare).toMatchObject({ tracked: undefined, source: { modified: true, commitTime: '1980-01-01T00:00:00Z' } })
    const dated = await observe(folder, { SOURCE_DATE_EPOCH: '1767323045' })
    expect(dated.source.commitTime).toBe('2026-01-02T03:04:05Z')
    expect((await observe(folder, { SOURCE_DATE_EPOCH: 'now; rm' })).source.commitTime).toBe('1980-01-01T00:00:00Z')
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a repository without a commit is refused', async () => {
  await rm(join(root, '.git'), { recursive: true })
  git('init', '--quiet')
  await expect(observe()).rejects.toThrow(/has no commit/)
})

test('a repository that git does not trust is told as git tells it', async () => {
  await writeFile(join(root, '.git', 'HEAD'), 'ref: refs/heads/main')
  await writeFile(join(root, '.git', 'config'), '[core\n')
  await expect(observe()).rejects.toThrow(/git cannot read .*bad config/s)
})
