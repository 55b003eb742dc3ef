import { describe, expect, test } from '@jest/globals'
import { predicateTypes } from '../../../src/attest/index.ts'
import { objectionsTo, type SignedContent } from '../../../src/verify/rules.ts'
import type { Rules } from '../../../src/verify/verification-policy.ts'

const now = new Date('2026-03-01T00:00:00Z')
const builder = 'https://github.com/example/hello/.github/workflows/release.yml@refs/tags/v1.2.3'
const repository = 'https://github.com/example/hello'

const rules: Rules = {
  predicates: new Map(),
  repository,
  ref: /^(?:^refs\/tags\/v[0-9.]+$)$/u,
  builders: new Map([[builder, 2]]),
  slsaLevel: 2,
  events: ['push', 'release'],
  runnerEnvironments: ['github-hosted'],
  maximumAgeDays: 30,
}

const none: Rules = {
  predicates: new Map(),
  repository: undefined,
  ref: undefined,
  builders: new Map(),
  slsaLevel: 0,
  events: [],
  runnerEnvironments: [],
  maximumAgeDays: undefined,
}

const certified: Readonly<Record<number, string>> = {
  8: 'https://token.actions.githubusercontent.com',
  11: 'github-hosted',
  12: repository,
  14: 'refs/tags/v1.2.3',
  20: 'push',
}

interface Said {
  readonly repository?: string
  readonly ref?: string
  readonly event?: string
  readonly runner?: string
  readonly builder?: string
}

const predicateOf = (said: Said): unknown => ({
  buildDefinition: {
    externalParameters: { source: { repository: said.repository, ref: said.ref } },
    internalParameters: { github: { event_name: said.event, runner_environment: said.runner } },
  },
  runDetails: { builder: { id: said.builder } },
})

const all: Required<Said> = { repository, ref: 'refs/tags/v1.2.3', event: 'push', runner: 'github-hosted', builder }

function content(extensions: Readonly<Record<number, string>>, predicate?: unknown): SignedContent {
  return {
    signer: {
      kind: 'keyless',
      identity: builder,
      issuer: 'https://token.actions.githubusercontent.com',
      extensions: Object.fromEntries(
        Object.entries(extensions).map(([number, text]) => [`1.3.6.1.4.1.57264.1.${number}`, text]),
      ),
      signedAt: new Date('2026-02-15T00:00:00Z'),
    },
    ...(predicate === undefined
      ? {}
      : {
          statement: {
            _type: 'https://in-toto.io/Statement/v1',
            subject: [{ digest: { sha256: 'a'.repeat(64) } }],
            predicateType: predicateTypes.provenance,
            predicate,
          },
        }),
  }
}

describe('nothing speaks against', () => {
  test('a provenance that fulfills every rule', () => {
    expect(objectionsTo(content(certified, predicateOf(all)), rules, now)).toEqual([])
  })
  test('a signature that fulfills every rule; it has no builder', () => {
    expect(objectionsTo(content(certified), rules, now)).toEqual([])
  })
  test("a person's signature, whose certificate tells of no workflow", () => {
    expect(objectionsTo(content({ 1: 'https://a.test', 7: 'a', 8: 'https://a.test', 24: '1' }), rules, now)).toEqual([])
  })
  test('anything, where no rule is given', () => {
    expect(objectionsTo(content({ 20: 'pull_request' }, {}), none, now)).toEqual([])
  })
})

const certificateCases: readonly (readonly [number, string, string])[] = [
  [
    12,
    `${repository}-evil`,
    `its certificate names the source repository "${repository}-evil"; the policy accepts ${repository}`,
  ],
  [
    14,
    'refs/heads/main',
    `its certificate names the source ref "refs/heads/main", which the policy's pattern does not match`,
  ],
  [
    14,
    'refs/tags/v1.2.3/x',
    `its certificate names the source ref "refs/tags/v1.2.3/x", which the policy's pattern does not match`,
  ],
  [20, 'pull_request', 'its certificate names the event "pull_request"; the policy accepts push, release'],
  [11, 'self-hosted', 'its certificate names the runner environment "self-hosted"; the policy accepts github-hosted'],
]
test.each(certificateCases)('a certificate whose extension %i is %s', (number, text, message) => {
  expect(objectionsTo(content({ ...certified, [number]: text }), rules, now)).toEqual([message])
})

test.each([12, 14, 20, 11])("a workflow's certificate without extension %i", (number) => {
  const { [number]: _, ...others } = certified
  const found = objectionsTo(content(others), rules, now)
  expect(found).toEqual([expect.stringMatching(/^its certificate names the .* absent[;,]/)])
})

const provenanceCases: readonly (readonly [Said, string])[] = [
  [{ repository: 'https://evil.test/hello' }, 'its provenance names the source repository "https://evil.test/hello"'],
  [{ ref: 'refs/heads/main' }, 'its provenance names the source ref "refs/heads/main"'],
  [{ event: 'schedule' }, 'its provenance names the event "schedule"'],
  [{ runner: 'self-hosted' }, 'its provenance names the runner environment "self-hosted"'],
  [{ builder: `${builder}0` }, `its builder "${builder}0" is none of the policy`],
]
test.each(provenanceCases)('a provenance that says %j', (said, message) => {
  const found = objectionsTo(content({}, predicateOf({ ...all, ...said })), rules, now)
  expect(found).toEqual([expect.stringContaining(message)])
})

test.each([null, 'text', [], {}])('a provenance that is %j breaks each rule that it must speak to', (predicate) => {
  expect(objectionsTo(content({}, predicate), rules, now)).toHaveLength(5)
})

test('a builder that is trusted for too low a level', () => {
  expect(objectionsTo(content(certified, predicateOf(all)), { ...rules, slsaLevel: 3 }, now)).toEqual([
    `its builder "${builder}" is trusted for SLSA build level 2, and the policy demands 3`,
  ])
})

describe('age', () => {
  const aged = (signedAt: Date | undefined) => {
    const { signer } = content(certified)
    const { signedAt: _, ...undated } = signer
    return objectionsTo({ signer: signedAt ? { ...undated, signedAt } : undated }, rules, now)
  }
  test('of exactly the most', () => expect(aged(new Date('2026-01-30T00:00:00Z'))).toEqual([]))
  test('beyond it', () =>
    expect(aged(new Date('2026-01-29T23:59:59Z'))).toEqual([
      'it was signed at 2026-01-29T23:59:59.000Z, more than 30 days ago',
    ]))
  test('that nothing proves', () =>
    expect(aged(undefined)).toEqual(['its age is not proven: it has no trusted time of signing']))
})
