import { isDeepStrictEqual } from 'node:util'
import {
  buildType,
  type ExternalParameters,
  externalParametersOf,
  isObject,
  predicateTypes,
  releaseArtifacts,
  resolvedDependenciesOf,
} from '../attest/index.ts'
import type { ReleaseRecord } from '../release/index.ts'
import type { VerifiedSigner } from '../sigstore/index.ts'
import { judgeArtifact, judgeStatements } from './attestation.ts'
import type { ReleaseFacts } from './facts.ts'
import { builderIdOf, commitOf, githubOf, type Json, member, show, sourceOf } from './predicate.ts'
import type { Check } from './verdict.ts'

/** Every artifact has a provenance that tells of this very source and build. */
export function judgeProvenance({ record, evidence }: ReleaseFacts, builderId: string | undefined): Check[] {
  const statements = judgeStatements(evidence, [predicateTypes.provenance], ({ predicate }, signer) => [
    ...objectionsToBuild(predicate, record, builderId),
    ...objectionsToClaims(predicate, signer),
  ])
  return releaseArtifacts(record).map((artifact) =>
    judgeArtifact(artifact, 'provenance', statements, 'no provenance by the expected signer speaks of it'),
  )
}

/** What a provenance says of the build and the record does not. */
function objectionsToBuild(predicate: unknown, record: ReleaseRecord, builderId: string | undefined): string[] {
  const definition = member(predicate, 'buildDefinition')
  const parameters = member(definition, 'externalParameters')
  const expected = externalParametersOf(record)
  const builder = builderIdOf(predicate)
  return [
    ...(definition.buildType === buildType ? [] : [`its build type is ${show(definition.buildType)}`]),
    ...differences('source', member(parameters, 'source'), { ...expected.source }),
    ...parameterDifferences(member(parameters, 'parameters'), expected.parameters),
    ...Object.keys(parameters)
      .filter((name) => !(name in expected))
      .map((name) => `it has the unknown external parameter '${name}'`),
    ...(isDeepStrictEqual(definition.resolvedDependencies, resolvedDependenciesOf(record))
      ? []
      : ['its resolved dependencies (commit, toolchain, modules, images) are not those of the record']),
    ...(typeof builder === 'string' ? [] : ['it names no builder']),
    ...(builderId === undefined || builder === builderId
      ? []
      : [`its builder is ${show(builder)}, not ${show(builderId)}`]),
  ]
}

/**
 * What Fulcio certified of a GitHub workflow (extension number) and where the predicate says the same.
 * Source: github.com/sigstore/fulcio, docs/oid-info.md.
 */
const claims: readonly (readonly [number: number, what: string, of: (predicate: unknown) => unknown])[] = [
  [9, 'builder', (predicate) => builderIdOf(predicate)],
  [11, 'runner environment', (predicate) => githubOf(predicate).runner_environment],
  [12, 'source repository', (predicate) => sourceOf(predicate).repository],
  [13, 'source commit', (predicate) => commitOf(predicate)],
  [14, 'source ref', (predicate) => sourceOf(predicate).ref],
  [15, 'repository id', (predicate) => githubOf(predicate).repository_id],
  [17, 'repository owner id', (predicate) => githubOf(predicate).repository_owner_id],
  [20, 'event', (predicate) => githubOf(predicate).event_name],
  [21, 'invocation', (predicate) => member(member(predicate, 'runDetails'), 'metadata').invocationId],
]

// The certificate is believed; a predicate that says otherwise was not written by the workflow that it names.
function objectionsToClaims(predicate: unknown, signer: VerifiedSigner): string[] {
  return claims.flatMap(([number, what, of]) => {
    const certified = signer.extensions[`1.3.6.1.4.1.57264.1.${number}`]
    const said = of(predicate)
    return certified === undefined || certified === said
      ? []
      : [`its ${what} is ${show(said)}, but the certificate says '${certified}'`]
  })
}

function parameterDifferences(found: Json, expected: ExternalParameters['parameters']): string[] {
  const actions = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort()
  return actions.flatMap((action) => {
    const own = found[action]
    const wanted = Object.hasOwn(expected, action) ? expected[action] : undefined
    return isObject(own) && wanted
      ? differences(`${action} parameter`, own, wanted)
      : differences('set of parameters', { [action]: own }, { [action]: wanted })
  })
}

function differences(what: string, found: Json, expected: Json): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort()
  return names
    .filter((name) => !isDeepStrictEqual(found[name], expected[name]))
    .map((name) => `its ${what} '${name}' is ${show(found[name])}, the record says ${show(expected[name])}`)
}
