import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { findFiles, pathResolver, UserError } from '../../../src/runner/index.ts'
import { testStep } from '../../step.ts'

let folder: string
let workspace: string
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'paths-')))
  workspace = join(folder, 'workspace')
  await mkdir(join(workspace, 'bin'), { recursive: true })
  await mkdir(join(folder, 'temp'))
  for (const path of ['workspace/bin/a', 'workspace/bin/b', 'workspace/c', 'temp/t', 'secret'])
    await writeFile(join(folder, path), path)
})
afterEach(() => rm(folder, { recursive: true }))

const contained = () => pathResolver({ workspace, allowedRoots: [workspace, join(folder, 'temp')] })

describe('resolvePath', () => {
  test.each([
    ['bin/a', 'workspace/bin/a'],
    ['./bin//../c', 'workspace/c'],
    ['', 'workspace'],
    ['not/there/yet/', 'workspace/not/there/yet'],
    ['..looks/like', 'workspace/..looks/like'],
    ['../temp/t', 'temp/t'],
  ])("'%s' is %s", (text, path) => {
    expect(contained()(text)).toBe(join(folder, path))
  })

  test('an absolute path inside stays', () => {
    expect(contained()(join(workspace, 'c'))).toBe(join(workspace, 'c'))
  })

  test.each(['..', '../secret', '../../x', 'bin/../../secret', '/etc', '../workspace-of-another/x'])(
    "'%s' is refused",
    (text) => {
      expect(() => contained()(text)).toThrow(new UserError(`A path is outside the workspace: '${text}'`))
    },
  )

  test('links are followed to decide, also above what is not there yet', async () => {
    await symlink(folder, join(workspace, 'out'))
    await symlink(join(workspace, 'bin'), join(workspace, 'fine'))
    for (const text of ['out', 'out/secret', 'out/not/there'])
      expect(() => contained()(text)).toThrow(/is outside the workspace: 'out/)
    expect(contained()('fine/not/there')).toBe(join(workspace, 'fine/not/there'))
  })

  test('without roots any path will do', () => {
    expect(pathResolver({ workspace, allowedRoots: undefined })('../secret')).toBe(join(folder, 'secret'))
  })
})

describe('findFiles', () => {
  const find = (patterns: readonly string[], root?: string) =>
    findFiles(patterns, testStep({ workspace, resolvePath: contained() }), root)
  const names = async (patterns: readonly string[], root?: string) =>
    (await find(patterns, root)).map((path) => path.slice(folder.length + 1))

  test('answers files, absolute and sorted, each once', async () => {
    expect(await names(['c', '**/*'])).toEqual(['workspace/bin/a', 'workspace/bin/b', 'workspace/c'])
    expect(await names(['*'], join(workspace, 'bin'))).toEqual(['workspace/bin/a', 'workspace/bin/b'])
    expect(await names([join(folder, 'temp/*')])).toEqual(['temp/t'])
  })

  test('leaves out what is excluded, wherever it is written', async () => {
    expect(await names(['!bin/b', '**/*', '!c'])).toEqual(['workspace/bin/a'])
  })

  test('a pattern that finds nothing is an error that says where it looked', async () => {
    await expect(find(['c', '*.tgz'])).rejects.toThrow("No file matches '*.tgz'")
    await expect(find(['*'], join(workspace, 'none'))).rejects.toThrow(UserError)
  })

  test.each(['../secret', '../*', '../**/secret', 'bin/../../secret'])('refuses what %s finds', async (pattern) => {
    await expect(find(['c', pattern])).rejects.toThrow(`A path is outside the workspace: '${join(folder, 'secret')}'`)
  })

  test('refuses a link out of the workspace, and one that lies in a folder', async () => {
    await symlink(join(folder, 'secret'), join(workspace, 'bin/link'))
    await expect(find(['bin/*'])).rejects.toThrow(`is outside the workspace: '${join(workspace, 'bin/link')}'`)
    expect(await names(['bin/*', '!bin/link'])).toEqual(['workspace/bin/a', 'workspace/bin/b'])
    await symlink(dirname(workspace), join(workspace, 'up'))
    await expect(find(['up/secret'])).rejects.toThrow(`is outside the workspace: '${join(workspace, 'up/secret')}'`)
  })

  test('in a terminal a link may lead anywhere', async () => {
    await symlink(join(folder, 'secret'), join(workspace, 'link'))
    expect(await findFiles(['link', '../secret'], testStep({ workspace }))).toEqual([
      join(folder, 'secret'),
      join(workspace, 'link'),
    ])
  })
})
