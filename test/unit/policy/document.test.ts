import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { parsePolicy } from '../../../src/policy/parse.ts'

const root = join(import.meta.dirname, '../../..')
const document = await readFile(join(root, 'docs/evidence-policy.md'), 'utf8')
const schema = JSON.parse(await readFile(join(root, 'schema/evidence-policy.schema.json'), 'utf8'))
const example = /^```yaml\n([\s\S]*?)^```/m.exec(document)?.[1] ?? ''

test('the policy in docs/evidence-policy.md is one, also by its published schema', () => {
  const policy = parsePolicy(example, 'evidence.yaml')
  expect(policy.default).toMatchObject({ mode: 'require', signers: [{ kind: 'keyless' }, { kind: 'key' }] })
  expect([...policy.projects].map(([name, { mode }]) => [name, mode])).toEqual([
    ['k8s-staging-kops', 'warn'],
    ['k8s-staging-attic', 'off'],
  ])
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(schema)
  validate(parse(example))
  expect(validate.errors).toBeNull()
  expect(document).toContain(`$schema=${schema.$id}`)
})

test('docs/evidence-policy.md describes each member that a policy can have', () => {
  const described = [...document.matchAll(/^\| ((?:`[\w-]+`(?:, )?)+) \|/gm)].flatMap(([, names = '']) =>
    names.split(', ').map((name) => name.slice(1, -1)),
  )
  const { requirements, identity, key } = schema.$defs
  const members = [schema, requirements, identity, key].flatMap(({ properties }) => Object.keys(properties))
  expect(described.toSorted()).toEqual(members.toSorted())
})
