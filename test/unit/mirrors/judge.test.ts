import { describe, expect, test } from '@jest/globals'
import {
  type ExpectedImage,
  expectedRepositories,
  formatPlace,
  type Place,
} from '../../../src/mirrors/audit/expected.ts'
import { type Finding, sortFindings } from '../../../src/mirrors/audit/findings.ts'
import { judgeRepository } from '../../../src/mirrors/audit/judge.ts'
import type { Evidence, FoundRepository, ObservedPlace } from '../../../src/mirrors/audit/observation.ts'
import { makeReport } from '../../../src/mirrors/audit/report.ts'
import { type Digest, digestOfBytes, hexOf, parseLocation, parseTag } from '../../../src/oci/index.ts'

const index = digestOfBytes('index')
const amd64 = digestOfBytes('amd64')
const arm64 = digestOfBytes('arm64')
const other = digestOfBytes('other')
const manifests = [amd64, arm64, index]
const location = { file: 'images.yaml', line: 3, column: 5 }
const image: ExpectedImage = { project: 'hello', digest: index, tags: [parseTag('v1'), parseTag('latest')], location }
const place = (host: string): Place => ({ mirror: host, location: parseLocation(`${host}/images`), name: 'hello' })

const signature = (subject: Digest, text = 'signature'): Evidence => ({
  digest: digestOfBytes(`${text} of ${subject}`),
  isSignature: true,
})
const sigTag = (subject: Digest) => parseTag(`sha256-${hexOf(subject)}.sig`)

/** A mirror that has everything. */
function whole(changes: Partial<FoundRepository> = {}): FoundRepository {
  return {
    tags: new Map(image.tags.map((tag) => [tag, index])),
    manifests: new Set(manifests),
    evidence: new Map(manifests.map((digest) => [digest, [signature(digest)]])),
    verdicts: new Map(),
    ...changes,
  }
}

const at = (host: string, found: FoundRepository): ObservedPlace => ({ place: place(host), found })
const judge = (...places: ObservedPlace[]): Finding[] =>
  sortFindings(judgeRepository({ images: [{ image, manifests }], places }))
/** `KIND ITEM: MESSAGE` of what is found at `b.example.com`, when `a.example.com` has everything. */
const found = (changes: Partial<FoundRepository>): string[] =>
  judge(at('a.example.com', whole()), at('b.example.com', whole(changes))).map(
    ({ kind, item, message }) => `${kind} ${item}: ${message}`,
  )

const b = 'b.example.com/images/hello'

describe('a mirror', () => {
  test('that has everything is found to be so', () => {
    expect(found({})).toEqual([])
  })

  test('that lacks a tag', () => {
    expect(found({ tags: new Map([[parseTag('v1'), index]]) })).toEqual([
      `missing ${b}:latest: the tag is not there: ${index}`,
    ])
  })

  test('that has a tag with another digest', () => {
    const tags = new Map(whole().tags).set(parseTag('v1'), other)
    expect(found({ tags })).toEqual([`moved ${b}:v1: the tag is ${other}, not ${index}`])
  })

  test('that lacks an image says so once, and nothing of its evidence', () => {
    expect(found({ tags: new Map(), manifests: new Set(), evidence: new Map() })).toEqual([
      `missing ${b}@${index}: the image is not there, and neither are its tags: v1, latest`,
    ])
  })

  test('that has another image under the tags', () => {
    const tags = new Map(image.tags.map((tag) => [tag, other]))
    expect(found({ tags, manifests: new Set(), evidence: new Map() })).toEqual([
      `moved ${b}:latest: the tag is ${other}, not ${index}`,
      `moved ${b}:v1: the tag is ${other}, not ${index}`,
      `missing ${b}@${index}: the image is not there`,
    ])
  })

  test('that lacks the manifest of a platform', () => {
    expect(found({ manifests: new Set([amd64, index]) })).toEqual([
      `missing ${b}@${arm64}: the manifest is not there, which ${index} lists`,
    ])
  })

  test('that has a tag that no manifest names; evidence tags of what is named are none', () => {
    const sbom = digestOfBytes('sbom')
    const known = [
      sigTag(arm64),
      parseTag(`sha256-${hexOf(index)}`),
      parseTag(`sha256-${hexOf(sbom)}.sig`),
      parseTag(`sha256-${hexOf(index)}.att`),
    ]
    const unknown = [parseTag('v0'), sigTag(other), parseTag(`sha256-${hexOf(index)}.other`)]
    const tags = new Map([...whole().tags, ...[...known, ...unknown].map((tag) => [tag, undefined] as const)])
    const evidence = new Map(whole().evidence)
    evidence.set(index, [signature(index), { digest: sbom, isSignature: false }])
    const { tags: same, ...rest } = whole({ evidence })
    const places = [at('a.example.com', { ...rest, tags: same }), at('b.example.com', { ...rest, tags })]
    expect(judge(...places).map(({ kind, item }) => `${kind} ${item}`)).toEqual(
      unknown.map((tag) => `extra ${b}:${tag}`).sort(),
    )
  })

  test('that lacks the signature of the root or of a platform', () => {
    for (const manifest of [index, arm64]) {
      const evidence = new Map(whole().evidence).set(manifest, [])
      const because = manifest === index ? '' : `, which ${index} lists`
      expect(found({ evidence })).toEqual([`unsigned ${b}@${manifest}: nothing signs it${because}`])
    }
  })

  test('that lacks an attestation, though it has the signature', () => {
    const both = [signature(index), { digest: other, isSignature: false }]
    const places = [
      at('a.example.com', whole({ evidence: new Map(whole().evidence).set(index, both) })),
      at('b.example.com', whole()),
    ]
    expect(judge(...places).map(({ kind, item, message }) => `${kind} ${item}: ${message}`)).toEqual([
      `differing ${b}@${index}: ${other} is not here, but at a.example.com/images/hello`,
    ])
  })

  test('that has another signature under the same tag', () => {
    const tagged = (text: string) =>
      whole({ evidence: new Map(whole().evidence).set(index, [{ ...signature(index, text), tag: sigTag(index) }]) })
    const [first, second] = ['one', 'two'].map((text) => signature(index, text).digest)
    expect(judge(at('a.example.com', tagged('one')), at('b.example.com', tagged('two')))).toEqual([
      {
        kind: 'differing',
        mirror: 'b.example.com',
        item: `${b}@${index}`,
        message: `${sigTag(index)} is ${second} here, and ${first} at a.example.com/images/hello`,
      },
    ])
  })

  test('that cannot be read hides nothing of the others', () => {
    const failed: ObservedPlace = { place: place('c.example.com'), failure: 'Cannot reach c.example.com' }
    const bare = at(
      'b.example.com',
      whole({ tags: new Map(), evidence: new Map(manifests.map((digest) => [digest, []])) }),
    )
    expect(judge(failed, bare).map(({ kind, mirror }) => `${mirror} ${kind}`)).toEqual([
      ...['missing', 'missing', 'unsigned', 'unsigned', 'unsigned'].map((kind) => `b.example.com ${kind}`),
      'c.example.com unreadable',
    ])
  })
})

describe('with an evidence policy its verdict counts', () => {
  const verdict = (mode: 'off' | 'warn' | 'require', kind?: 'wrong-signer') => ({
    mode,
    needed: [],
    findings: kind ? [{ kind, manifest: arm64, message: 'it is signed by someone else' }] : [],
  })
  const bare = new Map(manifests.map((digest) => [digest, []]))

  test('and not that something says it is a signature', () => {
    const places = [at('b.example.com', whole({ verdicts: new Map([[index, verdict('require', 'wrong-signer')]]) }))]
    expect(judge(...places).map(({ kind, item, message }) => `${kind} ${item}: ${message}`)).toEqual([
      `unsigned ${b}@${arm64}: it is signed by someone else`,
    ])
  })

  test('a policy that only warns does not fail the audit', () => {
    const findings = judge(
      at('b.example.com', whole({ verdicts: new Map([[index, verdict('warn', 'wrong-signer')]]) })),
    )
    expect(makeReport([], findings, [])).toMatchObject({ passed: true, findings: [{ severity: 'warning' }] })
    const demanded = judge(
      at('b.example.com', whole({ verdicts: new Map([[index, verdict('require', 'wrong-signer')]]) })),
    )
    expect(makeReport([], demanded, [])).toMatchObject({ passed: false, findings: [{ severity: 'error' }] })
  })

  test('where nobody asks for signatures, one that another mirror has is still missed', () => {
    const verdicts = new Map([[index, verdict('off')]])
    const places = [at('a.example.com', whole({ verdicts })), at('b.example.com', whole({ verdicts, evidence: bare }))]
    expect(judge(...places).map(({ kind, mirror }) => `${mirror} ${kind}`)).toEqual(
      manifests.map(() => 'b.example.com differing'),
    )
  })
})

test('kinds that only warn do not fail an audit', () => {
  const findings = judge(at('b.example.com', whole({ tags: new Map([...whole().tags, [parseTag('v0'), other]]) })))
  expect(findings.map(({ kind }) => kind)).toEqual(['extra'])
  expect(makeReport([], findings, []).passed).toBe(false)
  expect(makeReport([], findings, ['missing']).passed).toBe(false)
  expect(makeReport([], findings, ['missing', 'extra']).passed).toBe(true)
})

describe('what is expected', () => {
  const manifest = (project: string, name: string, digest: Digest, tag: string) => ({
    project,
    location,
    source: parseLocation('staging.example.com'),
    destinations: [],
    images: [{ name, digest, tags: [parseTag(tag)], location, block: location }],
    findings: [],
  })
  const targets = (...hosts: string[]) => hosts.map((host) => ({ mirror: host, location: parseLocation(host) }))

  test('of a repository that two manifests name is what both ask for', () => {
    const repositories = expectedRepositories([
      { manifest: manifest('one', 'hello', index, 'v1'), targets: targets('a.example.com', 'b.example.com') },
      { manifest: manifest('two', 'hello', other, 'v2'), targets: targets('b.example.com') },
      { manifest: manifest('three', 'world', index, 'v1'), targets: targets('b.example.com') },
    ])
    expect(
      repositories.map(({ places, images }) => [places.map(formatPlace), images.map(({ digest }) => digest)]),
    ).toEqual([
      [['a.example.com/hello'], [index]],
      [['b.example.com/hello'], [index, other]],
      [['b.example.com/world'], [index]],
    ])
  })

  test('of a digest that two lines name are the tags of both', () => {
    const twice = manifest('one', 'hello', index, 'v1')
    const images = [
      ...twice.images,
      { name: 'hello', digest: index, location, block: location, tags: [parseTag('v2')] },
    ]
    const [repository] = expectedRepositories([{ manifest: { ...twice, images }, targets: targets('a.example.com') }])
    expect(repository?.images.map(({ tags }) => tags)).toEqual([['v1', 'v2']])
  })
})
