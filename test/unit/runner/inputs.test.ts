import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type ActionDefinition, parseInputs } from '../../../src/runner/index.ts'

const input = (type: ActionDefinition['inputs'][string]['type'], more: object = {}) => ({
  description: 'What it is for.',
  type,
  required: false,
  default: undefined,
  secret: false,
  ...more,
})

const definition: ActionDefinition = {
  name: 'example',
  description: 'Example.',
  inputs: {
    release: input('path', { default: 'release' }),
    key: input('key'),
    files: input('list'),
    'dry-run': input('boolean', { default: 'false' }),
    format: input('choice', { options: ['deb', 'rpm'] }),
    count: input('number'),
    spec: input('yaml'),
    title: input('string', { required: true }),
  },
  outputs: {},
}

let workspace: string
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'inputs-'))
})
afterEach(() => rmSync(workspace, { recursive: true }))

const parse = (given: Record<string, string>, contained = true) =>
  parseInputs(
    definition,
    { title: 'x', ...given },
    { workspace, allowedRoots: contained ? [workspace] : undefined, spell: (name) => `--${name}` },
  )

describe('parseInputs', () => {
  test('parses each type, and gives defaults to what is absent', async () => {
    expect(
      await parse({
        files: 'a\n\n # comment\n b \r\nc',
        count: '3',
        spec: 'a: [1, "1.10"]',
        'dry-run': 'True',
        format: 'rpm',
      }),
    ).toEqual({
      release: join(workspace, 'release'),
      files: ['a', 'b', 'c'],
      dryRun: true,
      format: 'rpm',
      count: 3,
      spec: { a: [1, '1.10'] },
      title: 'x',
    })
    expect(await parse({})).toEqual({ release: join(workspace, 'release'), files: [], dryRun: false, title: 'x' })
  })

  test.each([
    [{ title: ' ' }, "Input '--title' is required"],
    [{ 'dry-run': 'yes' }, "Input '--dry-run' is neither true nor false: 'yes'"],
    [{ format: 'apk' }, "Input '--format' is 'apk'"],
    [{ count: 'many' }, "Input '--count' is not a number: 'many'"],
    [{ spec: 'a: [1' }, "Input '--spec' is not YAML"],
    [{ release: '../elsewhere' }, "Input '--release' is outside the workspace: '../elsewhere'"],
    [{ release: '/etc' }, "Input '--release' is outside the workspace: '/etc'"],
  ])('refuses %j', async (given, message) => {
    await expect(parse(given)).rejects.toThrow(message)
  })

  test('follows links when it decides whether a path leaves the workspace', async () => {
    mkdirSync(join(workspace, 'inside'))
    symlinkSync('/etc', join(workspace, 'link'))
    symlinkSync(join(workspace, 'inside'), join(workspace, 'fine'))
    await expect(parse({ release: 'link/release' })).rejects.toThrow('outside the workspace')
    expect(await parse({ release: 'fine/release' })).toHaveProperty('release', join(workspace, 'fine/release'))
  })

  test('a key is a path like any other, or an address that stays as it is', async () => {
    expect(await parse({ key: 'keys/cosign.key' })).toMatchObject({ key: join(workspace, 'keys/cosign.key') })
    for (const key of ['awskms:///alias/release', 'my-hsm://slot/1'])
      expect(await parse({ key })).toMatchObject({ key })
    for (const key of ['../cosign.key', 'A://../../x', './a://../../../x'])
      await expect(parse({ key })).rejects.toThrow(/Input '--key' is outside the workspace/)
  })

  test('lets a terminal user name any path', async () => {
    expect(await parse({ release: '/somewhere' }, false)).toHaveProperty('release', '/somewhere')
  })
})
