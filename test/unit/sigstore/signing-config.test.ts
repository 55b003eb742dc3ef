import { describe, expect, test } from '@jest/globals'
import { servicesOf } from '../../../src/sigstore/signing-config.ts'

const now = new Date('2026-06-01T12:00:00Z')
const past = { start: '2025-01-01T00:00:00Z' }

interface ServiceJson {
  url: string
  majorApiVersion: number
  operator: string
  validFor: { start: string; end?: string }
}

const service = (url: string, majorApiVersion: number, others: Partial<ServiceJson> = {}): ServiceJson => ({
  url,
  majorApiVersion,
  operator: 'one.test',
  validFor: past,
  ...others,
})

function config(members: object): string {
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [service('https://fulcio.test', 1)],
    rekorTlogUrls: [service('https://rekor.test', 1)],
    rekorTlogConfig: { selector: 'ANY' },
    tsaUrls: [service('https://timestamp.test/api/v1/timestamp', 1)],
    tsaConfig: { selector: 'ANY' },
    ...members,
  })
}

const chosen = (members: object) => servicesOf(config(members), 'config.json', now)
const logs = async (rekorTlogUrls: ServiceJson[], rekorTlogConfig: object = { selector: 'ANY' }): Promise<string[]> =>
  (await chosen({ rekorTlogUrls, rekorTlogConfig })).logs.map(({ url, version }) => `${url} ${version}`)

describe('services of a signing configuration', () => {
  test('one of each kind', async () => {
    expect(await chosen({})).toEqual({
      fulcio: 'https://fulcio.test',
      logs: [{ url: 'https://rekor.test', version: 1 }],
      timestampAuthorities: ['https://timestamp.test/api/v1/timestamp'],
    })
  })

  test('the newest API, then the latest start', async () => {
    const later = { start: '2026-01-01T00:00:00Z' }
    const services = [
      service('https://v1.test', 1, { validFor: later }),
      service('https://old.test', 2),
      service('https://new.test', 2, { validFor: later }),
    ]
    expect(await logs(services)).toEqual(['https://new.test 2'])
  })

  test('neither what begins later, nor what ended, nor an API of the future', async () => {
    const services = [
      service('https://now.test', 1),
      service('https://later.test', 1, { validFor: { start: '2026-06-02T00:00:00Z' } }),
      service('https://ended.test', 1, { validFor: { ...past, end: '2026-05-31T00:00:00Z' } }),
      service('https://future.test', 3),
    ]
    expect(await logs(services, { selector: 'ALL' })).toEqual(['https://now.test 1'])
  })

  test('as many operators as demanded, one service of each', async () => {
    const services = [
      service('https://a1.test', 1, { operator: 'a.test' }),
      service('https://a2.test', 2, { operator: 'a.test' }),
      service('https://b2.test', 2, { operator: 'b.test' }),
    ]
    expect(await logs(services, { selector: 'EXACT', count: 2 })).toEqual(['https://a2.test 2', 'https://b2.test 2'])
    expect(await logs(services, { selector: 'ALL' })).toHaveLength(2)
    await expect(logs(services, { selector: 'EXACT', count: 3 })).rejects.toThrow(
      'config.json demands 3 transparency logs, and has 2 that can be used now',
    )
  })

  test('none where none is demanded', async () => {
    expect((await chosen({ tsaConfig: undefined })).timestampAuthorities).toEqual([])
  })

  test.each([
    ['no JSON', 'services', /cannot be read/],
    [
      'another version',
      config({ mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.1+json' }),
      /of the media type/,
    ],
    ['no count', config({ rekorTlogConfig: { selector: 'EXACT' } }), /demands 0 transparency logs/],
    ['no selector', config({ rekorTlogConfig: {} }), /does not say how many transparency logs/],
    ['no service', config({ rekorTlogUrls: [] }), /demands 1 transparency logs, and has 0/],
    ['no URL', config({ rekorTlogUrls: [service('rekor.test', 1)] }), /is not the URL of a service/],
    ['a file', config({ rekorTlogUrls: [service('file:///etc/passwd', 1)] }), /is not the URL of a service/],
  ])('refuses %s', async (_, text, message) => {
    await expect(servicesOf(text, 'config.json', now)).rejects.toThrow(message)
  })
})
