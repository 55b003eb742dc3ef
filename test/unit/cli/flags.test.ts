import { describe, expect, test } from '@jest/globals'
import { parseFlags } from '../../../src/cli/flags.ts'
import { commandHelp, overview } from '../../../src/cli/help.ts'
import type { ActionDefinition } from '../../../src/runner/index.ts'

const definition: ActionDefinition = {
  name: 'sign',
  description: 'Sign files. And images.',
  inputs: {
    files: { description: 'Files to sign.', type: 'list', required: true, default: undefined, secret: false },
    key: { description: 'Key.', type: 'path', required: false, default: undefined, secret: false },
    recursive: { description: 'Children too.', type: 'boolean', required: false, default: 'false', secret: false },
  },
  outputs: { bundles: { description: 'Bundles made.' } },
}

describe('parseFlags', () => {
  test('a repeated flag is one item a line; booleans come in every usual form', () => {
    expect(parseFlags(definition, ['--files', 'a', '--files=b', '--key', 'k']).given).toEqual({
      files: 'a\nb',
      key: 'k',
    })
    for (const flag of ['--recursive', '--recursive=true'])
      expect(parseFlags(definition, [flag]).given).toEqual({ recursive: 'true' })
    for (const flag of ['--no-recursive', '--recursive=false']) {
      expect(parseFlags(definition, [flag]).given).toEqual({ recursive: 'false' })
    }
    expect(parseFlags(definition, ['-h', '--json'])).toMatchObject({ help: true, json: true })
  })

  test.each([
    [['--file', 'a'], 'Unknown flag: --file', 'Did you mean --files?'],
    [['--zzzzzzz'], 'Unknown flag: --zzzzzzz', 'See k8s-release sign --help.'],
    [['--key'], "Option '--key <value>' argument missing", 'See k8s-release sign --help.'],
    [['stray'], "Unexpected argument 'stray'", 'See k8s-release sign --help.'],
  ])('refuses %j', (argv, message, hint) => {
    expect(() => parseFlags(definition, argv)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), hint }),
    )
  })
})

test('help shows every input with its type, default and text', () => {
  expect(overview([definition])).toContain('sign  Sign files.\n')
  const help = commandHelp(definition)
  expect(help).toContain('--files ITEM  (repeatable; required)\n      Files to sign.')
  expect(help).toContain('--recursive  (default: false)')
  expect(help).toContain('bundles\n      Bundles made.')
})
