import { parsePath, parsePredicate, parseSigner, type WrittenPath, type WrittenSigner } from '../policy/index.ts'
import { suggest, UserError } from '../runner/index.ts'
import type { Thresholds, TrustedSigner } from '../sigstore/index.ts'
import { parseStrictYaml, type StrictYaml } from '../yaml/index.ts'
import { parseNumber, parsePattern } from './policy-values.ts'
import type { Rules, SubjectKind } from './verification-policy.ts'

/** A policy as it is written: keys are paths yet, relative to the file. */
export interface WrittenVerificationPolicy {
  readonly signers: readonly (WrittenSigner | TrustedSigner)[]
  readonly rules: Rules
  readonly thresholds: Thresholds
  readonly trustedRoot: WrittenPath | undefined
}

const subjectKinds: readonly SubjectKind[] = [
  'binary',
  'archive',
  'package',
  'checksums',
  'sbom',
  'chart',
  'other',
  'image',
]

/** @throws UserError with the place of the first mistake */
export function parseVerificationPolicy(source: string, file: string): WrittenVerificationPolicy {
  const yaml = parseStrictYaml(source, file)
  const members = yaml.record(yaml.root, 'the policy', [
    'signers',
    'predicates',
    'source',
    'builders',
    'slsa-level',
    'events',
    'runner-environments',
    'log-entries',
    'timestamps',
    'certificate-timestamps',
    'maximum-age-days',
    'trusted-root',
  ])
  const signers = yaml.list(members.signers, "'signers'").map((signer) => parsePolicySigner(yaml, signer))
  if (signers.length === 0) {
    throw new UserError('No identity given: the policy does not say who must have signed', {
      hint: "Give 'signers': an 'identity' or 'identity-pattern' with its 'issuer', or a 'key'.",
      location: yaml.locate(members.signers ?? yaml.root),
    })
  }
  const count = (name: keyof typeof members, least: number, most: number): number | undefined =>
    parseNumber(yaml, members[name], `'${name}'`, least, most)
  const builders = parseBuilders(yaml, members.builders)
  const slsaLevel = count('slsa-level', 1, 3) ?? 0
  if (slsaLevel > 0 && builders.size === 0) {
    throw new UserError("'slsa-level' needs 'builders': a level is what a builder is trusted for", {
      location: yaml.locate(members['slsa-level']),
    })
  }
  return {
    signers,
    rules: {
      predicates: parsePredicates(yaml, members.predicates),
      ...parseSource(yaml, members.source),
      builders,
      slsaLevel,
      events: parseWords(yaml, members.events, "'events'"),
      runnerEnvironments: parseWords(yaml, members['runner-environments'], "'runner-environments'"),
      maximumAgeDays: count('maximum-age-days', 1, 36_500),
    },
    thresholds: {
      logEntries: count('log-entries', 0, 10) ?? 0,
      timestamps: count('timestamps', 0, 10) ?? 0,
      certificateTimestamps: count('certificate-timestamps', 0, 10) ?? 0,
    },
    trustedRoot: parsePath(yaml, members['trusted-root'], "'trusted-root'"),
  }
}

/** A signer as in every policy, or one by a pattern. */
function parsePolicySigner(yaml: StrictYaml, node: unknown): WrittenSigner | TrustedSigner {
  const members = yaml.record(node, 'a signer', ['identity', 'identity-pattern', 'issuer', 'key'])
  if (!('identity-pattern' in members)) return parseSigner(yaml, node)
  const issuer = yaml.text(members.issuer, "'issuer'") ?? ''
  if (members.identity !== undefined || members.key !== undefined || !/^https?:\/\/\S+$/.test(issuer)) {
    throw new UserError("an 'identity-pattern' stands with the URL of its 'issuer', and with nothing else", {
      location: yaml.locate(node),
    })
  }
  const { text, pattern } = parsePattern(yaml, members['identity-pattern'], "'identity-pattern'")
  return { kind: 'keyless', identity: text, pattern, issuer }
}

function parsePredicates(yaml: StrictYaml, node: unknown): Rules['predicates'] {
  return new Map(
    yaml.entries(node, "'predicates'").map(({ key, keyNode, value }) => {
      const kind = subjectKinds.find((known) => known === key)
      if (kind === undefined) {
        const near = suggest(key, subjectKinds)
        throw new UserError(`'${key}' is not a kind of subject`, {
          hint: near ? `Did you mean '${near}'?` : `Known are ${subjectKinds.join(', ')}.`,
          location: yaml.locate(keyNode),
        })
      }
      return [kind, yaml.list(value, `'${kind}'`).map((type) => parsePredicate(yaml, type))]
    }),
  )
}

function parseSource(yaml: StrictYaml, node: unknown): Pick<Rules, 'repository' | 'ref'> {
  const members = yaml.record(node, "'source'", ['repository', 'ref-pattern'])
  const repository = 'repository' in members ? (yaml.text(members.repository, "'repository'") ?? '') : undefined
  if (repository !== undefined && !/^https?:\/\/[^/\s]+\/\S+[^/\s]$/.test(repository)) {
    throw new UserError(`'${repository}' is not a repository`, {
      hint: 'Write its URL, such as https://github.com/example/hello.',
      location: yaml.locate(members.repository),
    })
  }
  const ref = 'ref-pattern' in members ? parsePattern(yaml, members['ref-pattern'], "'ref-pattern'").pattern : undefined
  return { repository, ref }
}

function parseBuilders(yaml: StrictYaml, node: unknown): Rules['builders'] {
  return new Map(
    yaml.list(node, "'builders'").map((builder) => {
      const members = yaml.record(builder, 'a builder', ['id', 'slsa-level'])
      const id = yaml.text(members.id, "'id'")
      if (!id) throw new UserError("a builder has no 'id'", { location: yaml.locate(builder) })
      return [id, parseNumber(yaml, members['slsa-level'], "'slsa-level'", 0, 3) ?? 0]
    }),
  )
}

const parseWords = (yaml: StrictYaml, node: unknown, what: string): string[] =>
  yaml.list(node, what).map((item) => {
    const word = yaml.text(item, `an item of ${what}`) ?? ''
    if (/^[a-z][a-z0-9_-]*$/.test(word)) return word
    throw new UserError(`'${word}' in ${what} is not a name that a certificate can have`, {
      location: yaml.locate(item),
    })
  })
