import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { definitions } from '../../actions/index.ts'
import manifest from '../../package.json' with { type: 'json' }
import { runCommandLine } from './action-process.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'command-line-'))
})
afterAll(() => rm(folder, { recursive: true }))

const names = definitions.map(({ name }) => name)

describe('k8s-release', () => {
  test('--help lists every command on stdout', async () => {
    const { exitCode, stdout } = await runCommandLine(['--help'], folder)
    expect(exitCode).toBe(0)
    for (const name of ['release', 'generate-key-pair', ...names])
      expect(stdout).toMatch(new RegExp(`^ {2}${name} +[A-Z]`, 'm'))
  })

  test('without a command it helps and fails', async () => {
    const { exitCode, stdout } = await runCommandLine([], folder)
    expect(exitCode).toBe(1)
    expect(stdout).toContain('Usage: k8s-release')
  })

  test('--version', async () => {
    const { exitCode, stdout } = await runCommandLine(['--version'], folder)
    expect([exitCode, stdout]).toEqual([0, `k8s-release ${manifest.version}\n`])
  })

  test.each([
    ['an unknown command', ['sing'], "error: Unknown command: sing\n  Did you mean 'sign'?\n"],
    ['a command like no other', ['xyzzyx'], 'error: Unknown command: xyzzyx\n  See k8s-release --help.\n'],
    [
      'an unknown flag',
      ['verify', '--trusted-rot', 'x'],
      'error: Unknown flag: --trusted-rot\n  Did you mean --trusted-root?\n',
    ],
    ['a stray argument', ['verify', 'release'], /^error: Unexpected argument 'release'/],
    ['a flag without its value', ['verify', '--key'], /^error: .*'--key <value>' argument missing/],
    ['a boolean that is none', ['verify', '--dry-run=maybe'], /^error: .*--dry-run/],
    ['no release', ['verify'], /^error: .*release\.json is missing\n.*'build'/],
  ])('refuses %s', async (_, args, message) => {
    const { exitCode, log, stdout } = await runCommandLine(args, folder)
    expect(exitCode).toBe(1)
    if (typeof message === 'string') expect(log).toBe(message)
    else expect(log).toMatch(message)
    expect(log).not.toMatch(/^\s+at .*:\d+:\d+/m)
    expect(stdout).toBe('')
    expect(await readdir(folder)).toEqual([])
  })

  test('generate-key-pair writes a pair once, and signs with it', async () => {
    const own = await mkdtemp(join(folder, 'pair-'))
    const environment = { COSIGN_PASSWORD: 'correct horse' }
    expect(await runCommandLine(['generate-key-pair'], own)).toMatchObject({
      exitCode: 1,
      log: expect.stringMatching(/no password to encrypt/),
    })
    const made = await runCommandLine(['generate-key-pair', '--json'], own, environment)
    expect(made).toMatchObject({ exitCode: 0, log: expect.not.stringContaining('correct horse') })
    expect(JSON.parse(made.stdout)).toMatchObject({
      key: join(own, 'cosign.key'),
      'public-key': join(own, 'cosign.pub'),
    })
    expect((await runCommandLine(['generate-key-pair'], own, environment)).log).toMatch(/never overwritten/)
    await writeFile(join(own, 'hello'), 'hello')
    const signing = ['sign', '--files', 'hello', '--key', 'cosign.key']
    expect(await runCommandLine(signing, own, environment)).toMatchObject({ exitCode: 0 })
    expect(await runCommandLine(['verify', '--files', 'hello', '--key', 'cosign.pub'], own)).toMatchObject({
      exitCode: 0,
    })
    await rm(own, { recursive: true })
  })

  test.each(definitions)('$name --help shows every input and output', async (definition) => {
    const { exitCode, stdout } = await runCommandLine([definition.name, '--help'], folder)
    expect(exitCode).toBe(0)
    for (const name of Object.keys(definition.inputs)) expect(stdout).toContain(`  --${name}`)
    for (const name of Object.keys(definition.outputs)) expect(stdout).toContain(`\n  ${name}\n`)
  })
})
