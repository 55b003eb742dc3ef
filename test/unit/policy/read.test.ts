import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { readEvidencePolicy, requirementsOf } from '../../../src/policy/index.ts'
import { parsePolicy } from '../../../src/policy/parse.ts'
import { describeError, UserError } from '../../../src/runner/index.ts'
import { testStep } from '../../step.ts'
import { writeKeyPair } from '../attest/release.ts'

const schemaPath = join(import.meta.dirname, '..', '..', '..', 'schema', 'evidence-policy.schema.json')
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(
  JSON.parse(await readFile(schemaPath, 'utf8')),
)

const whole = `# who must have signed
default:
  mode: require
  signers: &release
    - identity: https://github.com/example/hello/.github/workflows/release.yml@refs/tags/v1.2.3
      issuer: https://token.actions.githubusercontent.com
    - key: keys/project.pub
  predicates:
    - https://slsa.dev/provenance/v1
    - https://spdx.dev/Document
projects:
  kops: { mode: warn, signers: *release }
  old:
    mode: off
trusted-root: trusted_root.json
`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-'))
  await mkdir(join(folder, 'keys'))
  await writeKeyPair(join(folder, 'keys'), 'project')
})
afterAll(() => rm(folder, { recursive: true }))

async function reading(source: string, step = testStep()) {
  const path = join(folder, 'policy.yaml')
  await writeFile(path, source)
  return readEvidencePolicy(path, step)
}

const failing = async (source: string): Promise<string> => {
  const error = await reading(source).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UserError)
  return describeError(error).replace(`${folder}/`, '')
}

describe('an evidence policy', () => {
  test('says for each project who must have signed and what must be attested', async () => {
    const policy = await reading(whole)
    expect(requirementsOf(policy, undefined)).toEqual({
      mode: 'require',
      signers: [
        {
          kind: 'keyless',
          identity: 'https://github.com/example/hello/.github/workflows/release.yml@refs/tags/v1.2.3',
          issuer: 'https://token.actions.githubusercontent.com',
        },
        {
          kind: 'key',
          origin: 'given',
          keyId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          publicKey: await readFile(join(folder, 'keys', 'project.pub'), 'utf8'),
        },
      ],
      predicates: ['https://slsa.dev/provenance/v1', 'https://spdx.dev/Document'],
    })
    expect(requirementsOf(policy, 'unnamed')).toBe(policy.default)
    expect(requirementsOf(policy, 'kops')).toMatchObject({ mode: 'warn', predicates: [] })
    expect(requirementsOf(policy, 'old')).toEqual({ mode: 'off', signers: [], predicates: [] })
    expect(policy.trustedRoot).toBe(join(folder, 'trusted_root.json'))
  })

  test('holds its keys to the rules of inputs', async () => {
    const step = testStep({
      resolvePath: (path) => {
        throw new UserError(`A path is outside the workspace: '${path.replace(`${folder}/`, '')}'`)
      },
    })
    await expect(reading('default:\n  mode: warn\n  signers:\n    - key: ../project.pub\n', step)).rejects.toThrow(
      /outside the workspace/,
    )
  })
})

/** What is wrong, and where: file, line and column. The schema refuses it, too. */
const mistakes: readonly (readonly [what: string, source: string, message: string])[] = [
  ['an empty file', '', "policy.yaml:1:1: the policy has no 'default'"],
  ['no default', 'projects:\n  kops: {mode: off}\n', "policy.yaml:1:1: the policy has no 'default'"],
  [
    'a misspelt key',
    'defualt:\n  mode: off\n',
    "policy.yaml:1:1: the policy has the unknown key 'defualt'\n  Did you mean 'default'?",
  ],
  ['a list', '- default\n', 'policy.yaml:1:1: the policy is not a map'],
  ['no mode', 'default:\n  signers: []\n', "policy.yaml:2:3: 'default' has no 'mode'"],
  [
    'a misspelt mode',
    'default:\n  mode: requires\n',
    "policy.yaml:2:9: 'requires' is not a mode\n  Did you mean 'require'?",
  ],
  [
    'a misspelt demand',
    'default:\n  mode: off\n  singers: []\n',
    "policy.yaml:3:3: 'default' has the unknown key 'singers'\n  Did you mean 'signers'?",
  ],
  [
    'require without a signer',
    'default:\n  mode: require\n',
    "policy.yaml:2:9: 'default' does not say who must have signed",
  ],
  [
    'warn without a signer',
    'default: {mode: off}\nprojects:\n  kops:\n    mode: warn\n    signers: []\n',
    "policy.yaml:4:11: 'kops' does not say who must have signed",
  ],
  [
    'an identity without its issuer',
    'default:\n  mode: warn\n  signers:\n    - identity: a@example.com\n',
    "policy.yaml:4:7: a signer is an 'identity' with its 'issuer', or a 'key'",
  ],
  [
    'an identity and a key',
    'default:\n  mode: warn\n  signers:\n    - {identity: a@example.com, issuer: https://a.test, key: a.pub}\n',
    "policy.yaml:4:7: a signer is an 'identity' with its 'issuer', or a 'key'",
  ],
  ['nobody', 'default:\n  mode: warn\n  signers:\n    -\n', "a signer is an 'identity' with its 'issuer', or a 'key'"],
  [
    'a pattern',
    'default:\n  mode: warn\n  signers:\n    - identity: https://github.com/example/.*\n      issuer: https://a.test\n',
    "policy.yaml:4:17: 'https://github.com/example/.*' looks like a pattern",
  ],
  [
    'an issuer that is none',
    'default:\n  mode: warn\n  signers:\n    - identity: a@example.com\n      issuer: github\n',
    "policy.yaml:5:15: 'github' is not an issuer",
  ],
  [
    'a predicate that is no URI',
    'default:\n  mode: off\n  predicates: [provenance]\n',
    "policy.yaml:3:16: 'provenance' is not a predicate type",
  ],
  [
    'a trusted root without a name',
    'default: {mode: off}\ntrusted-root: ""\n',
    "policy.yaml:2:15: 'trusted-root' names no file",
  ],
  ['a project that is empty', 'default: {mode: off}\nprojects:\n  kops:\n', "policy.yaml:3:3: 'kops' has no 'mode'"],
]

test.each(mistakes)('refuses %s, and says where', async (_, source, message) => {
  expect(await failing(source)).toContain(message)
  expect(validate(parse(source))).toBe(false)
})

test.each([
  ['a key that is not there', 'lost.pub', 'policy.yaml:4:12: Cannot read the key'],
  ['a key that is none', 'policy.yaml', 'policy.yaml:4:12: '],
])('refuses %s, and says where the policy names it', async (_, key, message) => {
  expect(await failing(`default:\n  mode: warn\n  signers:\n    - key: ${key}\n`)).toContain(message)
})

test('refuses a key that is written twice', async () => {
  expect(await failing('default: {mode: off}\ndefault: {mode: warn}\n')).toContain('policy.yaml:2:1: ')
})

test('refuses a file that is not there', async () => {
  await expect(readEvidencePolicy(join(folder, 'none.yaml'), testStep())).rejects.toThrow(
    /Cannot read the evidence policy/,
  )
})

test('each of 1000 mutated policies (fixed seed) is refused with its place, or is one that the schema takes, too', () => {
  const random = randomNumbers(20_261_125)
  let accepted = 0
  for (let round = 0; round < 1000; round++) {
    const source = mutated(whole, random)
    try {
      parsePolicy(source, 'policy.yaml')
      accepted++
    } catch (error) {
      if (!(error instanceof UserError)) throw new Error(`${source}\n${error}`, { cause: error })
      expect(error.location).toMatchObject({ file: 'policy.yaml', line: expect.any(Number) })
      continue
    }
    // The schema sees numbers and booleans where the reader sees their text.
    const json: unknown = parse(source, { schema: 'failsafe' })
    expect({ source, valid: validate(json), errors: validate.errors }).toMatchObject({ valid: true })
  }
  expect(accepted).toBeGreaterThan(50)
  expect(accepted).toBeLessThan(500)
})

function mutated(source: string, random: (limit: number) => number): string {
  const lines = source.split('\n')
  const characters = '-:{}[]&*!|>#"\'%@ \tmode\0é'
  for (let count = 1 + random(3); count > 0; count--) {
    const at = random(lines.length)
    const line = lines[at] ?? ''
    const place = random(line.length + 1)
    switch (random(5)) {
      case 0:
        lines.splice(at, 1)
        break
      case 1:
        lines.splice(at, 0, lines[random(lines.length)] ?? '')
        break
      case 2:
        lines[at] = line.slice(0, place) + (characters[random(characters.length)] ?? '') + line.slice(place)
        break
      case 3:
        lines[at] = line.slice(0, place) + line.slice(place + 1 + random(3))
        break
      default:
        lines[at] = `${' '.repeat(random(6))}${line.trimStart()}`
    }
  }
  return lines.join('\n')
}

/** Numbers in [0, limit), the same in every run (mulberry32). */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

test('a key by an address is asked of its keeper, and is no path', async () => {
  await expect(reading('default:\n  mode: require\n  signers:\n    - key: odd://release\n')).rejects.toMatchObject({
    message: 'sigstore-kms-odd was not found',
    location: { file: join(folder, 'policy.yaml'), line: 4 },
  })
})
