import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { parseMirrors } from '../../../src/mirrors/index.ts'
import { describeError, UserError } from '../../../src/runner/index.ts'
import { randomNumbers } from '../../random.ts'
import { policyText } from './policy-text.ts'

const schema = JSON.parse(await readFile(join(import.meta.dirname, '../../../schema/mirrors.schema.json'), 'utf8'))
const isValid = new Ajv2020({ strict: true, strictTypes: false }).compile(schema)

/** The message of the mistake in a policy; 'none' where there is none. */
function mistake(text: string): string {
  try {
    parseMirrors(text, 'mirrors.yaml')
  } catch (error) {
    if (error instanceof UserError) return describeError(error)
    throw error
  }
  return 'none'
}

/** The policy with one text replaced, which must be there. */
function changed(from: string, to: string): string {
  if (!policyText.includes(from)) throw new Error(`no ${from}`)
  return policyText.replace(from, to)
}

test('a policy is read with vendors, regions, stores and states', () => {
  const { canonical, vendors } = parseMirrors(policyText, 'mirrors.yaml')
  expect(canonical).toEqual({ kind: 'registry', host: 'us-central1-docker.pkg.dev', prefix: 'prod/images' })
  expect(vendors.map(({ name, share, mirrors }) => [name, share, mirrors.length])).toEqual([
    ['google', 60, 2],
    ['aws', 40, 3],
  ])
  expect(vendors[0]?.mirrors[0]).toEqual({
    region: 'us-central1',
    registry: canonical,
    files: 'gs://prod-us',
    serves: ['us-central1', 'us-east1', 'us-west1'],
    state: 'serving',
  })
  expect(vendors[1]?.mirrors[1]?.state).toBe('drained')
  expect(isValid(parse(policyText))).toBe(true)
})

// What no JSON schema can say is marked as such; the rest it must refuse, too.
describe('a mistake has its place and what to do', () => {
  test.each([
    [
      'an unknown key',
      'share: 60',
      'shar: 60',
      "mirrors.yaml:4:3: a vendor has the unknown key 'shar'\n  Did you mean 'share'?",
    ],
    [
      'a share that is none',
      'share: 60',
      'share: 60.5',
      "4:10: the share of google is no per cent: '60.5'\n  Write a whole number",
    ],
    ['a share over 100', 'share: 60', 'share: 101', "4:10: the share of google is no per cent: '101'"],
    ['no share', '  share: 40\n', '', "13:3: the vendor 'aws' has no share"],
    ['a name that is no word', 'name: aws', 'name: "AWS;"', "13:9: the name of a vendor is not a word: 'AWS;'"],
    ['no region', '- region: us-east-1\n    registry', '- registry', '16:5: a region is missing'],
    ['a region that is too long', 'region: us-east-1', `region: ${'a'.repeat(30)}`, '16:13: a region is not a word'],
    ['no registry', '    registry: europe-west1-docker.pkg.dev/prod/images\n', '', '10:5: a registry is missing'],
    [
      'a registry that is none',
      'canonical: us-central1-docker.pkg.dev/prod/images',
      'canonical: images',
      "1:12: 'images' is not where images can lie",
    ],
    [
      'a layout',
      'registry: europe-west1-docker.pkg.dev/prod/images',
      'registry: oci:folder',
      "11:15: 'oci:folder' is not a registry, and cannot serve clients",
    ],
    ['a store that is none', 'gs://prod-us', 'https://prod', "8:12: 'https://prod' is not where files can lie"],
    [
      'an unknown state',
      'state: drained',
      'state: draind',
      "21:12: a mirror has the unknown state 'draind'\n  Did you mean 'drained'?",
    ],
    [
      'an unknown key of a mirror',
      'serves: [eu',
      'server: [eu',
      "12:5: a mirror has the unknown key 'server'\n  Did you mean 'serves'?",
    ],
    ['text for a list', 'serves: [europe-north1]', 'serves: europe-north1', '12:13: serves is not a list'],
  ])('%s', (_, from, to, says) => {
    const text = changed(from, to)
    expect(mistake(text)).toContain(says)
    expect(isValid(parse(text))).toBe(false)
  })

  test.each([
    [
      'shares that are not whole',
      'share: 40',
      'share: 30',
      'mirrors.yaml:3:1: the shares of the vendors add up to 90, not 100',
    ],
    [
      'a vendor twice',
      'name: aws',
      'name: google',
      "13:9: the vendor 'google' is there twice\n  First at mirrors.yaml:3:9.",
    ],
    [
      'a region of a vendor twice',
      'serves: [europe-north1]',
      'serves: [us-east1]',
      "12:14: the region 'us-east1' is there twice\n  First at mirrors.yaml:9:14.",
    ],
    [
      'a registry twice',
      'europe-west1-docker.pkg.dev',
      'us-central1-docker.pkg.dev',
      "11:15: the registry 'us-central1-docker.pkg.dev/prod/images' is there twice",
    ],
    [
      'a registry inside another',
      'europe-west1-docker.pkg.dev/prod/images',
      'us-central1-docker.pkg.dev/prod/images/eu',
      'lie inside each other',
    ],
    ['a store twice', 's3://prod-us-east-1', 'gs://prod-us', "18:12: the store 'gs://prod-us' is there twice"],
    [
      'a canonical that is no mirror',
      'canonical: us-central1',
      'canonical: us-centra1',
      "1:12: canonical is the registry of no mirror: 'us-centra1-docker.pkg.dev/prod/images'\n  Did you mean 'us-central1-docker.pkg.dev/prod/images'?",
    ],
    ['a canonical that is drained', 'serves: [us-east1, us-west1]', 'state: drained', '1:12: canonical is drained'],
  ])('%s (the schema cannot say it)', (_, from, to, says) => {
    expect(mistake(changed(from, to))).toContain(says)
  })

  test.each([
    ['nothing', '', 'there are no vendors'],
    ['no vendors', 'canonical: r.example.com/images\nvendors: []\n', '2:10: there are no vendors'],
    [
      'a vendor without mirrors',
      'canonical: r.example.com\nvendors: [{name: a, share: 100}]\n',
      "2:11: the vendor 'a' has no mirrors",
    ],
  ])('%s', (_, text, says) => {
    expect(mistake(text)).toContain(says)
    expect(isValid(parse(text))).toBe(false)
  })
})

test('whatever bytes are changed, a policy is read or refused with a place', () => {
  const random = randomNumbers(20_261_125)
  const signs = '{}[]:#&*!|>\'"%@`,- \n\tazA0~'
  let refused = 0
  for (let round = 0; round < 500; round++) {
    const bytes = [...policyText]
    for (let edits = 1 + Math.floor(random() * 3); edits > 0; edits--) {
      const at = Math.floor(random() * bytes.length)
      bytes.splice(at, Math.floor(random() * 6), signs[Math.floor(random() * signs.length)] ?? '')
    }
    const said = mistake(bytes.join(''))
    if (said === 'none') continue
    refused++
    expect(said).toMatch(/^mirrors\.yaml:\d+:\d+: ./)
  }
  expect(refused).toBeGreaterThan(150)
})
