import { isDeepStrictEqual } from 'node:util'
import type { EvidenceSigner, ReleaseRecord } from '../release/index.ts'
import { UserError } from '../runner/index.ts'
import { type Artifact, releaseArtifacts } from './artifact.ts'
import type { Builder } from './builder.ts'
import type { ExistingAttestation, SbomDocument } from './observe.ts'
import { ownTypes, predicateTypes } from './predicate-type.ts'
import { type Provenance, provenanceOf } from './provenance.ts'
import { spdxSubjects } from './spdx.ts'
import { createStatement, isObject, largestSubjectCount, type Statement, subjectDigests } from './statement.ts'

/** One attestation that a release shall have. */
export interface PlannedAttestation {
  /** Relative to the release directory. */
  readonly path: string
  readonly statement: Statement
  /** Those of the statement's subjects that the release still has. */
  readonly artifacts: readonly Artifact[]
  /** The bundle that holds it already. */
  readonly bundle?: Uint8Array
}

/**
 * The attestations of a release: provenance of everything, and each SBOM for what it describes. What is attested
 * already, by the same signer, keeps its bundle; artifacts that came later get a provenance of their own.
 * @throws UserError when an SBOM speaks of nothing in the release
 */
export function planReleaseAttestations(
  record: ReleaseRecord,
  sboms: readonly SbomDocument[],
  builder: Builder,
  signer: EvidenceSigner,
  existing: readonly ExistingAttestation[],
): PlannedAttestation[] {
  const artifacts = releaseArtifacts(record)
  const taken = pathsOfOthers(record, signer)
  return [
    ...planProvenance(artifacts, provenanceOf(record, builder), existing, taken),
    ...sboms.map((sbom) => planSbom(artifacts, sbom, existing, taken)),
  ]
}

/**
 * What the same signer attested before of another build or other bytes, and what is not replaced at its place: the
 * release is rid of it, since nothing it says holds.
 */
export function supersededAttestations(
  existing: readonly ExistingAttestation[],
  plan: readonly PlannedAttestation[],
): string[] {
  const wanted = new Set(plan.map(({ path }) => path))
  return existing
    .filter(({ path, statement }) => ownTypes.includes(statement.predicateType) && !wanted.has(path))
    .map(({ path }) => path)
}

function planProvenance(
  artifacts: readonly Artifact[],
  predicate: Provenance,
  existing: readonly ExistingAttestation[],
  takenByOthers: ReadonlySet<string>,
): PlannedAttestation[] {
  const kept = existing
    .filter(({ statement }) => statement.predicateType === predicateTypes.provenance)
    .filter(({ statement }) => isSameBuild(statement.predicate, predicate))
    .map(({ path, statement, bundle }) => ({ path, statement, bundle, artifacts: artifactsOf(statement, artifacts) }))
    .filter((attestation) => attestation.artifacts.length > 0)
  const covered = new Set(kept.flatMap((attestation) => attestation.artifacts))
  const missing = artifacts.filter((artifact) => !covered.has(artifact))
  const chunks = chunksOf(missing, largestSubjectCount)
  const taken = new Set([...takenByOthers, ...kept.map(({ path }) => path)])
  const made = chunks.map((chunk) => {
    const path = freePath('evidence/provenance', '.sigstore.json', taken, kept.length === 0 && chunks.length === 1)
    taken.add(path)
    return { path, statement: createStatement(chunk, predicateTypes.provenance, predicate), artifacts: chunk }
  })
  return [...kept, ...made]
}

function planSbom(
  artifacts: readonly Artifact[],
  sbom: SbomDocument,
  existing: readonly ExistingAttestation[],
  takenByOthers: ReadonlySet<string>,
): PlannedAttestation {
  const digests = new Set(spdxSubjects(sbom.spdx, new Set(artifacts.map(({ digest }) => digest))))
  const subjects = artifacts.filter(({ digest }) => digests.has(digest))
  if (subjects.length === 0) {
    throw new UserError(`The SBOM ${sbom.name} speaks of nothing in the release`, {
      hint: "None of its SHA256 checksums is a file or image of release.json; run 'sbom' again.",
    })
  }
  const statement = createStatement(subjects, predicateTypes.spdx, sbom.json)
  const same = existing.find((attestation) => isDeepStrictEqual(attestation.statement, statement))
  if (same) return { path: same.path, statement, artifacts: subjects, bundle: same.bundle }
  const path = freePath(`evidence/${sbom.name}.attestation`, '.sigstore.json', takenByOthers, true)
  return { path, statement, artifacts: subjects }
}

// A run of its own does not make another build: `metadata` says when and by which attempt it was attested.
function isSameBuild(predicate: unknown, wish: Provenance): boolean {
  if (!isObject(predicate) || !isObject(predicate.runDetails)) return false
  return (
    isDeepStrictEqual(predicate.buildDefinition, wish.buildDefinition) &&
    isDeepStrictEqual(predicate.runDetails.builder, wish.runDetails.builder)
  )
}

function artifactsOf(statement: Statement, artifacts: readonly Artifact[]): Artifact[] {
  const digests = new Set(subjectDigests(statement))
  return artifacts.filter(({ digest }) => digests.has(digest))
}

/** Paths of signatures, and of another signer's attestations: neither is ever overwritten. */
function pathsOfOthers(record: ReleaseRecord, signer: EvidenceSigner): ReadonlySet<string> {
  const others = record.evidence.filter((one) => one.kind !== 'attestation' || !isDeepStrictEqual(one.signer, signer))
  return new Set(others.map(({ path }) => path))
}

function freePath(stem: string, extension: string, taken: ReadonlySet<string>, alone: boolean): string {
  if (alone && !taken.has(`${stem}${extension}`)) return `${stem}${extension}`
  let number = 1
  while (taken.has(`${stem}-${number}${extension}`)) number++
  return `${stem}-${number}${extension}`
}

function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
