import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { destinationsOf, mirroredFiles, mirroredImages, parseMirrors } from '../../../src/mirrors/index.ts'
import { type NginxOptions, nginxConfiguration } from '../../../src/mirrors/nginx.ts'
import { redirectsOf } from '../../../src/mirrors/redirects.ts'
import { parseLocation } from '../../../src/oci/index.ts'
import { describeError } from '../../../src/runner/index.ts'
import { policyText } from './policy-text.ts'

const schema = JSON.parse(await readFile(join(import.meta.dirname, '../../../schema/redirects.schema.json'), 'utf8'))
const isValid = new Ajv2020({ strict: true, strictTypes: false }).compile(schema)
const mirrors = parseMirrors(policyText, 'mirrors.yaml')
const canonicalOfAws = 'canonical: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/images'
const tableOf = (text: string) => redirectsOf(parseMirrors(text, 'mirrors.yaml'))

describe('the redirect table', () => {
  const table = redirectsOf(mirrors)
  const vendor = (name: string) => table.vendors.find((each) => each.name === name)

  test('is of its published schema', () => {
    expect(isValid(table)).toBe(true)
    expect(isValid({ ...table, canonical: 'nothing' })).toBe(false)
  })

  test('sends a region to its mirror, then near it, then to the front of the vendor, then to canonical', () => {
    expect(vendor('google')?.regions['europe-north1']).toEqual(['google/europe-west1', 'google/us-central1'])
    expect(vendor('aws')?.regions['eu-central-1']).toEqual(['aws/eu-central-1', 'aws/us-east-1', 'google/us-central1'])
  })

  test('sends a region that nobody serves near it, and any other to the front of the vendor', () => {
    expect(vendor('google')?.areas).toEqual({
      us: ['google/us-central1'],
      europe: ['google/europe-west1', 'google/us-central1'],
    })
    expect(vendor('aws')?.fallback).toEqual(['aws/us-east-1', 'google/us-central1'])
  })

  test('gives a drained mirror nothing, and its regions to the next', () => {
    expect(JSON.stringify(table)).not.toContain('aws/eu-west-1')
    for (const region of ['eu-west-1', 'eu-west-2']) {
      expect(vendor('aws')?.regions[region]).toEqual(['aws/eu-central-1', 'aws/us-east-1', 'google/us-central1'])
    }
  })

  test('gives the share of a vendor that does not serve to the others', () => {
    const drained = `${policyText.replace('share: 60', 'share: 40').replace('share: 40\n  mirrors:\n  - region: us-east-1', 'share: 20\n  mirrors:\n  - region: us-east-1')}- name: azure
  share: 40
  mirrors: [{region: westeurope, registry: prod.azurecr.io/images, state: drained}]
`
    expect(tableOf(drained).vendors.map(({ name, share }) => [name, share])).toEqual([
      ['google', 66.67],
      ['aws', 33.33],
    ])
  })

  test('gives all to the canonical vendor when no vendor that shares serves', () => {
    const text = `canonical: a.example.com
vendors:
- {name: a, share: 0, mirrors: [{region: one, registry: a.example.com}]}
- {name: b, share: 100, mirrors: [{region: one, registry: b.example.com, state: drained}]}
`
    expect(tableOf(text).vendors.map(({ name, share }) => [name, share])).toEqual([['a', 100]])
  })

  test.each([3, 6, 7, 30])('of %d vendors has shares that add up to 100', (count) => {
    const each = Math.floor(100 / count)
    const vendors = Array.from({ length: count + 1 }, (_, index) => {
      const share = index < count ? each : 100 - each * count
      const state = index === 1 ? 'drained' : 'serving'
      return `- {name: v${index}, share: ${share}, mirrors: [{region: one, registry: v${index}.example.com, state: ${state}}]}`
    })
    const { vendors: found } = tableOf(`canonical: v0.example.com\nvendors:\n${vendors.join('\n')}\n`)
    expect(Math.round(found.reduce((sum, { share }) => sum + share * 100, 0))).toBe(10_000)
    expect(found.every(({ share }) => /^\d+(\.\d{1,2})?$/.test(String(share)))).toBe(true)
  })
})

describe('nginx', () => {
  const options: NginxOptions = {
    cloudHeader: 'X-Client-Cloud',
    regionHeader: 'X-Client-Region',
    clientHeader: undefined,
    listen: '8080',
  }

  test.each([
    [{ cloudHeader: 'X;return' }, "'X;return' is not the name of a header"],
    [{ regionHeader: 'X Region' }, "'X Region' is not the name of a header"],
    [{ clientHeader: '' }, "'' is not the name of a header"],
    [{ listen: '80; include /etc/passwd' }, 'nothing that nginx can listen to'],
    [{ listen: 'unix:/a b' }, 'nothing that nginx can listen to'],
  ])('nothing of %j gets into the configuration', (wrong, says) => {
    expect(() => nginxConfiguration(redirectsOf(mirrors), { ...options, ...wrong })).toThrow(says)
  })
})

describe('destinations', () => {
  const location = { file: 'm.yaml', line: 1, column: 13 }
  const images = (...destinations: string[]) =>
    mirroredImages(mirrors, { destinations: destinations.map(parseLocation), location }).map(({ prefix }) => prefix)
  const files = (...destinations: string[]) => mirroredFiles(mirrors, { destinations, location })
  const refusal = (work: () => unknown): string => {
    try {
      work()
    } catch (error) {
      return describeError(error)
    }
    return 'none'
  }

  test('are all mirrors, canonical first, also drained ones', () => {
    const found = destinationsOf(parseMirrors(policyText.replace(/^canonical: .*/, canonicalOfAws), 'mirrors.yaml'))
    expect(found.images.map(({ host }) => host.replace('111122223333.dkr.ecr.', ''))).toEqual([
      'eu-central-1.amazonaws.com',
      'us-central1-docker.pkg.dev',
      'europe-west1-docker.pkg.dev',
      'us-east-1.amazonaws.com',
      'eu-west-1.amazonaws.com',
    ])
    expect(found.files).toEqual(['gs://prod-us', 's3://prod-us-east-1'])
  })

  test('of a manifest keep its path below each mirror', () => {
    expect(images('us-central1-docker.pkg.dev/prod/images')).toEqual([
      ...['prod/images', 'prod/images'],
      ...['images', 'images', 'images'],
    ])
    expect(images('europe-west1-docker.pkg.dev/prod/images/autoscaling')).toEqual([
      ...['prod/images/autoscaling', 'prod/images/autoscaling'],
      ...['images/autoscaling', 'images/autoscaling', 'images/autoscaling'],
    ])
    expect(files('s3://prod-us-east-1/binaries/hello')).toEqual([
      'gs://prod-us/binaries/hello',
      's3://prod-us-east-1/binaries/hello',
    ])
  })

  test('of a manifest that disagrees with the policy are refused, with the place', () => {
    expect(refusal(() => images('us-central1-docker.pkg.dev/prod/images-too'))).toMatch(
      /^m\.yaml:1:13: us-central1-docker\.pkg\.dev\/prod\/images-too lies at none of the mirrors/,
    )
    expect(refusal(() => files('gs://prod-us-too'))).toContain('gs://prod-us-too lies at none of the mirrors')
    expect(
      refusal(() => images('us-central1-docker.pkg.dev/prod/images/a', 'europe-west1-docker.pkg.dev/prod/images')),
    ).toBe('m.yaml:1:13: the destinations have different paths at the mirrors: a, (nothing)')
  })
})
