import { describe, expect, test } from '@jest/globals'
import { parsePredicateType, predicateTypeSlug } from '../../../src/attest/predicate-type.ts'
import { parseSpdx, spdxSubjects } from '../../../src/attest/spdx.ts'
import { createStatement, parseStatement, serializeStatement, subjectDigests } from '../../../src/attest/statement.ts'
import type { Digest } from '../../../src/oci/index.ts'
import { UserError } from '../../../src/runner/index.ts'

const digest = (letter: string): Digest => `sha256:${letter.repeat(64)}`
const [a, b, c] = [digest('a'), digest('b'), digest('c')]
const valid = createStatement(
  [
    { name: 'x', digest: b },
    { name: 'y', digest: a },
  ],
  'https://example.com/v1',
  { any: 1 },
)

describe('statement', () => {
  test('is what the in-toto specification says', () => {
    expect(JSON.parse(Buffer.from(serializeStatement(valid)).toString())).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [
        { name: 'x', digest: { sha256: 'b'.repeat(64) } },
        { name: 'y', digest: { sha256: 'a'.repeat(64) } },
      ],
      predicateType: 'https://example.com/v1',
      predicate: { any: 1 },
    })
    expect(parseStatement(valid)).toEqual(valid)
    expect(subjectDigests(valid)).toEqual([a, b])
  })

  test('of the older type and of subjects without name is read, too', () => {
    const old = {
      ...valid,
      _type: 'https://in-toto.io/Statement/v0.1',
      subject: [{ digest: { sha256: 'a'.repeat(64) } }],
    }
    expect(subjectDigests(parseStatement(old))).toEqual([a])
  })

  test('counts no other hash and no malformed one', () => {
    const subject = [
      { digest: { sha512: 'a'.repeat(128) } },
      { digest: { sha256: 'A'.repeat(64) } },
      { digest: { sha256: '../x' } },
    ]
    expect(subjectDigests(parseStatement({ ...valid, subject }))).toEqual([])
  })

  test.each([
    ['null', null],
    ['a list', [valid]],
    ['another type', { ...valid, _type: 'https://in-toto.io/Statement/v2' }],
    ['no predicate type', { ...valid, predicateType: undefined }],
    ['an empty predicate type', { ...valid, predicateType: '' }],
    ['no subject', { ...valid, subject: [] }],
    ['a subject that is a list', { ...valid, subject: [[]] }],
    ['a subject without digest', { ...valid, subject: [{ name: 'x' }] }],
    ['a subject with an empty digest', { ...valid, subject: [{ digest: {} }] }],
    ['a digest that is a number', { ...valid, subject: [{ digest: { sha256: 1 } }] }],
    ['a name that is a number', { ...valid, subject: [{ name: 1, digest: { sha256: 'a' } }] }],
    ['one bad subject among good ones', { ...valid, subject: [...valid.subject, {}] }],
  ])('with %s is refused', (_, json) => {
    expect(() => parseStatement(json)).toThrow(UserError)
  })

  test('any mutation of its JSON parses or is a UserError, nothing else', () => {
    const text = Buffer.from(serializeStatement(valid)).toString()
    let state = 20261122
    const random = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state % below
    }
    let refused = 0
    for (let round = 0; round < 2000; round++) {
      const at = random(text.length)
      const mutated = `${text.slice(0, at)}${'{}[]",:01ax'[random(11)]}${text.slice(at + random(3))}`
      let json: unknown
      try {
        json = JSON.parse(mutated)
      } catch {
        continue
      }
      try {
        expect(subjectDigests(parseStatement(json)).every((each) => /^sha256:[0-9a-f]{64}$/.test(each))).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(UserError)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(50)
  })
})

describe('predicate type', () => {
  test.each([
    ['slsaprovenance1', 'https://slsa.dev/provenance/v1'],
    ['spdxjson', 'https://spdx.dev/Document'],
    ['cyclonedx', 'https://cyclonedx.org/bom'],
    ['openvex', 'https://openvex.dev/ns'],
    ['vuln', 'https://cosign.sigstore.dev/attestation/vuln/v1'],
    ['https://example.com/x/v1', 'https://example.com/x/v1'],
  ])('%s is %s', (text, uri) => expect(parsePredicateType(text)).toBe(uri))

  test.each(['slsa', 'constructor', 'https://', 'https://example.com', 'ftp://x/y', 'https://x/y z', ''])(
    '%j is none',
    (text) => {
      expect(() => parsePredicateType(text)).toThrow(UserError)
    },
  )

  test.each([
    ['https://openvex.dev/ns', 'openvex'],
    ['https://in-toto.io/attestation/release/v0.1', 'attestation-release-v0.1'],
    ['https://example.com/../../etc/passwd', 'etc-passwd'],
    ['https://example.com/%2e%2e/', '2e-2e'],
    ['https://example.com/..', 'attestation'],
  ])('%s is %s in a file name', (uri, slug) => expect(predicateTypeSlug(uri)).toBe(slug))
})

describe('SPDX document', () => {
  const checksums = (value: Digest, algorithm = 'SHA256') => [{ algorithm, checksumValue: value.slice(7) }]
  const document = {
    spdxVersion: 'SPDX-2.3',
    SPDXID: 'SPDXRef-DOCUMENT',
    packages: [
      { SPDXID: 'SPDXRef-a', checksums: checksums(a) },
      { SPDXID: 'SPDXRef-c', checksums: checksums(c, 'SHA1') },
    ],
    files: [{ SPDXID: 'SPDXRef-b', checksums: checksums(b) }],
  }
  const describes = (related: string, type = 'DESCRIBES', element = 'SPDXRef-DOCUMENT') => ({
    spdxElementId: element,
    relationshipType: type,
    relatedSpdxElement: related,
  })
  const known = new Set([a, b, c])
  const subjects = (changed: object) => spdxSubjects(parseSpdx({ ...document, ...changed }, 'it'), known)

  test.each([
    ['DESCRIBES', { relationships: [describes('SPDXRef-b')] }, [b]],
    ['documentDescribes', { documentDescribes: ['SPDXRef-a'] }, [a]],
    ['DESCRIBED_BY', { relationships: [describes('SPDXRef-DOCUMENT', 'DESCRIBED_BY', 'SPDXRef-a')] }, [a]],
    ['several', { documentDescribes: ['SPDXRef-a'], relationships: [describes('SPDXRef-b')] }, [a, b]],
    ['an element without SHA-256, so that all it lists count', { documentDescribes: ['SPDXRef-c'] }, [a, b]],
    ['nothing, so that all it lists count', {}, [a, b]],
    [
      'something by another element than the document',
      { relationships: [describes('SPDXRef-b', 'DESCRIBES', 'SPDXRef-a')] },
      [a, b],
    ],
  ])('by %s', (_, changed, expected) => expect(subjects(changed)).toEqual(expected))

  test('speaks of nothing that is not known', () => {
    expect(spdxSubjects(parseSpdx(document, 'it'), new Set([c]))).toEqual([])
  })

  test.each([[null], [[]], [{}], [{ spdxVersion: 'SPDX-3.0' }], [{ spdxVersion: 2.3 }]])('%j is none', (json) => {
    expect(() => parseSpdx(json, 'it')).toThrow(UserError)
  })

  test('with members of the wrong type lists nothing', () => {
    const odd = {
      spdxVersion: 'SPDX-2.2',
      packages: [null, 1, { checksums: 'x' }, { checksums: [{ algorithm: 'SHA256' }] }],
      files: {},
    }
    expect(parseSpdx(odd, 'it')).toEqual({ described: [], listed: [] })
  })
})
