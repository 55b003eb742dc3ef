import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openRelease, proveSubjects, type Release, saveRelease, withEvidence } from '../release/index.ts'
import { heading, mapConcurrently, type Step } from '../runner/index.ts'
import { type EvidenceBundle, isEvidenceKept, keepEvidence } from '../sign/index.ts'
import { type BundleSigner, openSigner, openSignerVerifier, type SignerOptions } from '../sigstore/index.ts'
import { type Attestation, attestationOf, attestationTable, signStatement } from './attestation.ts'
import { builderOf } from './builder.ts'
import { observeAttestations, readSboms } from './observe.ts'
import { type PlannedAttestation, planReleaseAttestations, supersededAttestations } from './plan.ts'
import { subjectDigests } from './statement.ts'
import { detachSuperseded } from './superseded.ts'

/** A transparency log takes about a second for an entry, and any number at a time. */
const concurrency = 16

export interface AttestedRelease {
  readonly release: Release
  readonly attestations: readonly Attestation[]
  readonly changed: boolean
}

/**
 * Attests a release: SLSA provenance over everything in it, and each SBOM over what it describes.
 * @throws UserError when a file differs from the record, an SBOM speaks of nothing in it, or there is nothing to sign with
 */
export async function attestRelease(
  directory: string,
  signing: SignerOptions,
  dryRun: boolean,
  step: Step,
): Promise<AttestedRelease> {
  const release = await openRelease(directory)
  await proveSubjects(release, step)
  const signer = await openSigner(signing, step, { dryRun })
  const { signer: identity } = signer
  const builder = builderOf(step, identity.kind === 'keyless' ? identity.identity : undefined)
  const verifier = await openSignerVerifier(identity, signing.trustedRoot)
  const existing = await observeAttestations(release, verifier)
  const plan = planReleaseAttestations(release.record, await readSboms(release), builder, identity, existing)
  const attestations = plan.map(({ path, statement, bundle }) => attestationOf(path, statement, bundle !== undefined))
  const superseded = supersededAttestations(existing, plan)
  step.summary(heading('Attestations'), attestationTable(attestations, dryRun))
  if (dryRun)
    return { release, attestations, changed: superseded.length > 0 || attestations.some(({ present }) => !present) }
  const applied = await applyAttestations(release, plan, superseded, signer, step)
  const detached = await detachSuperseded(applied.release, verifier)
  return { release: applied.release, attestations, changed: applied.changed || detached }
}

/** Bundles and referrers first, then the record: what it names is there, and what it no longer names goes last. */
async function applyAttestations(
  release: Release,
  plan: readonly PlannedAttestation[],
  superseded: readonly string[],
  signer: BundleSigner,
  step: Step,
): Promise<{ release: Release; changed: boolean }> {
  let changed = false
  const progress = step.progress('Attesting', plan.filter(({ bundle }) => bundle === undefined).length)
  const evidence = await mapConcurrently(plan, concurrency, async (planned) => {
    step.signal.throwIfAborted()
    const item: EvidenceBundle = {
      kind: 'attestation',
      bundle: planned.bundle ?? (await signStatement(signer, planned.statement)),
      predicateType: planned.statement.predicateType,
      subjects: subjectDigests(planned.statement),
      signer: signer.signer,
      path: planned.path,
      manifests: planned.artifacts.flatMap(({ manifest }) => (manifest ? [manifest] : [])),
    }
    if (!(await isEvidenceKept(release, item))) changed = true
    const kept = await keepEvidence(release, item)
    if (planned.bundle === undefined) progress.advance()
    return kept
  })
  progress.done()
  const remaining = release.record.evidence.filter(({ path }) => !superseded.includes(path))
  const record = withEvidence({ ...release.record, evidence: remaining }, evidence)
  const saved = await saveRelease(release.directory, record)
  await Promise.all(superseded.map((path) => rm(join(release.directory, path), { force: true })))
  return { release: saved, changed: changed || saved.changed || superseded.length > 0 }
}
