import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createStatement, serializeStatement } from '../../../src/attest/index.ts'
import { digestFromHex } from '../../../src/oci/index.ts'
import { promotionType } from '../../../src/promote/index.ts'
import { promotionPredicate, saysTheSame } from '../../../src/promote/signing/predicate.ts'

const document = await readFile(join(import.meta.dirname, '../../../docs/promotion-predicate.md'), 'utf8')
const example = JSON.parse(/^```json\n([\s\S]*?)^```/m.exec(document)?.[1] ?? '')
const { source, destinations, tags, plan, promoter } = example.predicate
const promoted = { digest: digestFromHex(example.subject[0].digest.sha256), source, destinations, tags }

/** As in the run whose statement is shown. */
const step = {
  onGitHub: true,
  environment: {
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKFLOW_REF: 'example/registry/.github/workflows/caller.yml@refs/heads/main',
    GITHUB_REPOSITORY: 'example/registry',
    GITHUB_RUN_ID: '42',
  },
}

test('the statement in docs/promotion-predicate.md is, byte for byte but for spaces, the one that is signed', () => {
  const predicate = promotionPredicate(promoted, digestFromHex(plan.sha256), step, promoter.id)
  const statement = createStatement([{ name: source, digest: promoted.digest }], promotionType, predicate)
  expect(JSON.stringify(example)).toBe(Buffer.from(serializeStatement(statement)).toString().trim())
})

test('the document defines the type, and describes each member of the predicate', () => {
  expect(document.split('\n')[0]).toBe(`# Promotion predicate \`${promotionType}\``)
  expect(document).toContain(`  --type ${promotionType} \\\n`)
  const paths = Object.entries<object | string>(example.predicate).flatMap(([name, value]) =>
    typeof value === 'object' && !Array.isArray(value) ? Object.keys(value).map((key) => `${name}.${key}`) : [name],
  )
  const described = [...document.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, name]) => name)
  expect(described).toEqual(paths)
})

test('in a terminal the promoter is nobody whom a certificate names, and there is no run', () => {
  const predicate = promotionPredicate(promoted, promoted.digest, { onGitHub: false, environment: {} }, undefined)
  expect(predicate.promoter).toEqual({ id: expect.stringMatching(/build-type\.md#terminal$/) })
  expect(document).toContain(predicate.promoter.id)
})

test.each<[string, boolean, object]>([
  ['the same', true, {}],
  ['fewer destinations', true, { destinations: destinations.slice(0, 1) }],
  ['no tags', true, { tags: [] }],
  ['another source', false, { source: 'elsewhere.example.com/hello' }],
  ['one more destination', false, { destinations: [...destinations, 'ap.example.com/prod/hello'] }],
  ['one more tag', false, { tags: [...tags, 'latest'] }],
])('an earlier statement says what would be said now, of %s: %p', (_, expected, changed) => {
  expect(saysTheSame(example.predicate, { ...promoted, ...changed })).toBe(expected)
})

test.each([undefined, null, 'text', {}, { source, destinations: 'x', tags }])(
  'what is no promotion says nothing: %p',
  (predicate) => {
    expect(saysTheSame(predicate, { ...promoted, tags: [] })).toBe(false)
  },
)
