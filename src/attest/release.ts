import { openRelease, proveSubjects, type Release, saveRelease, withEvidence } from '../release/index.ts'
import { heading, mapConcurrently, type Step } from '../runner/index.ts'
import { type EvidenceBundle, isEvidenceKept, keepEvidence } from '../sign/index.ts'
import { type BundleSigner, openSigner, openSignerVerifier, type SignerOptions } from '../sigstore/index.ts'
import { type Attestation, attestationOf, attestationTable, signStatement } from './attestation.ts'
import { builderOf } from './builder.ts'
import { observeAttestations, readSboms } from './observe.ts'
import { type PlannedAttestation, planReleaseAttestations } from './plan.ts'
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
  step.summary(heading('Attestations'), attestationTable(attestations, dryRun))
  if (dryRun) return { release, attestations, changed: attestations.some(({ present }) => !present) }
  const applied = await applyAttestations(release, plan, signer, step)
  const detached = await detachSuperseded(applied.release, verifier)
  return { release: applied.release, attestations, changed: applied.changed || detached }
}

/** Bundles and referrers first, the record last: what it names is there. */
async function applyAttestations(
  release: Release,
  plan: readonly PlannedAttestation[],
  signer: BundleSigner,
  step: Step,
): Promise<{ release: Release; changed: boolean }> {
  let changed = false
  const progress = step.progress('Attesting', plan.length)
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
    progress.advance()
    return kept
  })
  progress.done()
  const saved = await saveRelease(release.directory, withEvidence(release.record, evidence))
  return { release: saved, changed: changed || saved.changed }
}
