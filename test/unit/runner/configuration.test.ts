import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type ActionDefinition, describeError, readConfiguration } from '../../../src/runner/index.ts'

const definitions: ActionDefinition[] = [
  {
    name: 'build',
    description: 'Build.',
    inputs: Object.fromEntries(
      (['platforms:list', 'version:string', 'images:yaml', 'cache:boolean'] as const).map((entry) => {
        const [name, type] = entry.split(':') as [string, 'list' | 'string' | 'yaml' | 'boolean']
        return [
          name,
          { description: '', type, required: false, default: type === 'boolean' ? 'false' : undefined, secret: false },
        ]
      }),
    ),
    outputs: {},
  },
]

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'configuration-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const read = (yaml: string) => {
  writeFileSync(join(folder, 'release.yaml'), yaml)
  return readConfiguration(folder, definitions)
}

test('an absent or empty file configures nothing', async () => {
  expect(await readConfiguration(folder, definitions)).toEqual({})
  expect(await read('# nothing\n')).toEqual({})
  expect(await read('build:\n')).toEqual({ build: {} })
})

test('values become the text of an input; a number keeps its spelling', async () => {
  const configuration = await read(
    'build:\n  platforms: [linux/amd64, linux/arm64]\n  version: 1.10\n  cache: true\n  images:\n    - name: hello\n      tag: 1.10\n',
  )
  expect(configuration).toEqual({
    build: {
      platforms: 'linux/amd64\nlinux/arm64',
      version: '1.10',
      cache: 'true',
      images: '- name: hello\n  tag: 1.10\n',
    },
  })
})

test.each([
  ['bulid:\n  version: v1\n', "release.yaml:1:1: Unknown action: 'bulid'\n  Did you mean 'build'?"],
  ['build:\n  platform: x\n', "release.yaml:2:3: Unknown input of 'build': 'platform'\n  Did you mean 'platforms'?"],
  ['build:\n  zzzzzz: x\n', 'Known: cache, images, platforms, version.'],
  ['build: [1]\n', "release.yaml:1:1: 'build' maps input names to values"],
  ['build:\n  version: [a]\n', "release.yaml:2:3: Input 'version' of 'build' is one value"],
  ['build:\n  version: "a\n', 'release.yaml:'],
  ['- build\n', 'release.yaml maps action names'],
  ['build:\n  version: a\n  version: b\n', 'release.yaml:3:3'],
])('refuses %j with its place', async (yaml, message) => {
  let shown = ''
  try {
    await read(yaml)
  } catch (error) {
    shown = describeError(error)
  }
  expect(shown).toContain(message)
})
