/**
 * Attestations: in-toto statements about the artifacts of a release or about files and images, signed as Sigstore bundles.
 * The vocabulary (statement, predicate types, SLSA provenance, SPDX subjects) is here for `verify`, too.
 */

export { type Artifact, releaseArtifacts } from './artifact.ts'
export { type Attested, type AttestWishes, attest } from './attest.ts'
export type { Attestation } from './attestation.ts'
export { builderOf, buildType, terminalBuilderId } from './builder.ts'
export { predicateTypes } from './predicate-type.ts'
export { type ExternalParameters, externalParametersOf, resolvedDependenciesOf } from './provenance.ts'
export { predicateTypeAnnotation, readAttachedBundle } from './referrer.ts'
export { parseSpdx, spdxSubjects } from './spdx.ts'
export {
  createStatement,
  isObject,
  parseStatement,
  type Statement,
  serializeStatement,
  subjectDigests,
} from './statement.ts'
