import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { describeError } from '../../../src/runner/index.ts'
import { parseVerificationPolicy } from '../../../src/verify/parse-policy.ts'

const root = join(import.meta.dirname, '../../..')
const document = await readFile(join(root, 'docs/verification-policy.md'), 'utf8')
const schema = JSON.parse(await readFile(join(root, 'schema/verification-policy.schema.json'), 'utf8'))
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(schema)
const example = /^```yaml\n([\s\S]*?)^```/m.exec(document)?.[1] ?? ''

test('the policy in docs/verification-policy.md is one, also by its published schema', () => {
  const { signers, rules, thresholds } = parseVerificationPolicy(example, 'policy.yaml')
  expect(signers.map(({ kind }) => kind)).toEqual(['keyless', 'keyless', 'key'])
  expect([...rules.predicates.keys()]).toEqual(['binary', 'image'])
  expect(rules).toMatchObject({ repository: 'https://github.com/example/hello', slsaLevel: 3, maximumAgeDays: 365 })
  expect([...rules.builders.values()]).toEqual([3])
  expect(thresholds).toEqual({ logEntries: 1, timestamps: 1, certificateTimestamps: 1 })
  validate(parse(example))
  expect(validate.errors).toBeNull()
  expect(document).toContain(`$schema=${schema.$id}`)
})

test('docs/verification-policy.md describes each member that a policy can have', () => {
  const described = [...document.matchAll(/^\| ((?:`[\w-]+`(?:, )?)+) \|/gm)].flatMap(([, names = '']) =>
    names.split(', ').map((name) => name.slice(1, -1)),
  )
  const { identity, pattern, key, source, builder } = schema.$defs
  const members = [schema, identity, pattern, key, source, builder].flatMap(({ properties }) => Object.keys(properties))
  expect(described.toSorted()).toEqual([...new Set(members)].toSorted())
})

const signed = 'signers: [{key: a.pub}]\n'
const patterned = (pattern: string): string =>
  `signers:\n  - identity-pattern: '${pattern}'\n    issuer: https://a.test\n`

/** What is wrong, and where. The schema refuses it, too, where it can tell. */
const mistakes: readonly (readonly [what: string, source: string, message: string])[] = [
  ['an empty file', '', 'policy.yaml:1:1: No identity given'],
  ['nobody', 'signers: []\n', 'policy.yaml:1:10: No identity given'],
  [
    'a misspelt member',
    `${signed}event: [push]\n`,
    "policy.yaml:2:1: the policy has the unknown key 'event'\n  Did you mean 'events'?",
  ],
  [
    'a misspelt pattern',
    'signers:\n  - identity-patern: ^a@b$\n',
    "policy.yaml:2:5: a signer has the unknown key 'identity-patern'\n  Did you mean 'identity-pattern'?",
  ],
  [
    'a pattern as an identity',
    'signers:\n  - identity: https://a/.*\n    issuer: https://a.test\n',
    'policy.yaml:2:15: ',
  ],
  [
    'a pattern without an issuer',
    'signers:\n  - identity-pattern: ^a@b$\n',
    "policy.yaml:2:5: an 'identity-pattern' stands with",
  ],
  ['a pattern without anchors', patterned('https://a\\.test/'), "policy.yaml:2:23: 'identity-pattern' is not anchored"],
  [
    'a pattern without its end',
    patterned('^https://a\\.test/'),
    "policy.yaml:2:23: 'identity-pattern' is not anchored",
  ],
  ['an unknown kind', `${signed}predicates: {binaries: []}\n`, "policy.yaml:2:14: 'binaries' is not a kind of subject"],
  [
    'a predicate that is no URI',
    `${signed}predicates: {binary: [sbom]}\n`,
    "policy.yaml:2:23: 'sbom' is not a predicate type",
  ],
  [
    'a repository that is none',
    `${signed}source: {repository: example/hello}\n`,
    "policy.yaml:2:22: 'example/hello' is not a repository",
  ],
  ['a builder without an id', `${signed}builders: [{slsa-level: 3}]\n`, "policy.yaml:2:12: a builder has no 'id'"],
  ['a level without builders', `${signed}slsa-level: 2\n`, "policy.yaml:2:13: 'slsa-level' needs 'builders'"],
  ['a level that is none', `${signed}builders: [{id: a}]\nslsa-level: 4\n`, "policy.yaml:3:13: 'slsa-level' is '4'"],
  ['an event that is none', `${signed}events: ['*']\n`, "policy.yaml:2:10: '*' in 'events' is not a name"],
  ['a count that is none', `${signed}timestamps: -1\n`, "policy.yaml:2:13: 'timestamps' is '-1'"],
  ['an age of nothing', `${signed}maximum-age-days: 0\n`, "policy.yaml:2:19: 'maximum-age-days' is '0'"],
]
test.each(mistakes)('refuses %s, and says where', (_, source, message) => {
  expect(failing(source)).toContain(message)
  expect(validate(parse(source))).toBe(false)
})

test.each([
  ['an end that is escaped', '^https://a\\.test\\$', 'is not anchored'],
  ['what does not compile', '^https://(a$', 'is not a regular expression'],
  ['what compiles in a group only', '^a)|(?:b$', 'is not a regular expression'],
  ['anybody', '^.*$', 'matches anything'],
  ['anybody who has a name', '^.+$', 'matches anything'],
])('refuses a pattern: %s', (_, pattern, message) => {
  expect(failing(patterned(pattern))).toContain(`policy.yaml:2:23: 'identity-pattern' ${message}`)
})

test.each([
  ['^https://a\\.test/w@v[0-9]+$', 'https://a.test/w@v1', true],
  ['^https://a\\.test/w@v[0-9]+$', 'https://a.test/w@v1-evil', false],
  ['^https://a\\.test/w@v[0-9]+$', 'https://evil.test/?https://a.test/w@v1', false],
  ['^https://a\\.test/w@v[0-9]+$', 'https://a.test/w@v1\n', false],
  ['^https://a\\.test|https://b\\.test$', 'https://a.test.evil', false],
  ['^https://a\\.test|https://b\\.test$', 'https://b.test', true],
])('%s matches the whole of %j: %s', (pattern, identity, expected) => {
  const [signer] = parseVerificationPolicy(patterned(pattern), 'policy.yaml').signers
  expect(signer && 'pattern' in signer && signer.pattern.test(identity)).toBe(expected)
})

function failing(source: string): string {
  try {
    parseVerificationPolicy(source, 'policy.yaml')
  } catch (error) {
    return describeError(error)
  }
  throw new Error('nothing is wrong with it')
}
