import type { BuildDependency, Parameters, ReleaseRecord } from '../release/index.ts'
import { type Builder, buildType } from './builder.ts'

/** in-toto ResourceDescriptor, as far as a resolved dependency needs it. */
export interface ResourceDescriptor {
  readonly uri: string
  readonly name?: string
  readonly digest?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, unknown>>
}

/** What the builder was told from outside: all of it, so that a verifier can judge the build. See docs/build-type.md. */
export interface ExternalParameters {
  readonly source: {
    readonly repository: string
    readonly ref?: string
    readonly directory?: string
    readonly modified?: true
  }
  /** By the name of the action. */
  readonly parameters: Readonly<Record<string, Parameters>>
}

/** Predicate of SLSA provenance v1. Source: https://slsa.dev/spec/v1.2/build-provenance. */
export interface Provenance {
  readonly buildDefinition: {
    readonly buildType: string
    readonly externalParameters: ExternalParameters
    readonly internalParameters: Readonly<Record<string, unknown>>
    readonly resolvedDependencies: readonly ResourceDescriptor[]
  }
  readonly runDetails: {
    readonly builder: { readonly id: string }
    readonly metadata?: { readonly invocationId: string }
  }
}

/** The provenance of everything in a release. It holds no clock time, so the same build in a terminal gives the same bytes. */
export function provenanceOf(record: ReleaseRecord, builder: Builder): Provenance {
  return {
    buildDefinition: {
      buildType,
      externalParameters: externalParametersOf(record),
      internalParameters: builder.internalParameters,
      resolvedDependencies: resolvedDependenciesOf(record),
    },
    runDetails: {
      builder: { id: builder.id },
      ...(builder.invocationId === undefined ? {} : { metadata: { invocationId: builder.invocationId } }),
    },
  }
}

export function externalParametersOf({ source, build }: ReleaseRecord): ExternalParameters {
  return {
    source: {
      repository: source.repository,
      ...(source.ref === undefined ? {} : { ref: source.ref }),
      ...(source.directory === undefined ? {} : { directory: source.directory }),
      // A parameter, because verifiers must reject a parameter they do not expect: nobody takes it for a clean build.
      ...(source.modified ? { modified: true } : {}),
    },
    parameters: build.parameters,
  }
}

export function resolvedDependenciesOf({ source, build }: ReleaseRecord): ResourceDescriptor[] {
  const checkout: ResourceDescriptor = {
    uri: `git+${source.repository}${source.ref === undefined ? '' : `@${source.ref}`}`,
    ...(source.commit === undefined ? {} : { digest: { gitCommit: source.commit } }),
    ...(source.modified ? { annotations: { modified: true } } : {}),
  }
  // Two actions may have consumed the same.
  const distinct = new Map(Object.values(build.dependencies).flatMap((all) => all.map((one) => [one.uri, one])))
  return [checkout, ...[...distinct.values()].sort(byUri)]
}

const byUri = (left: BuildDependency, right: BuildDependency): number =>
  left.uri < right.uri ? -1 : left.uri > right.uri ? 1 : 0
