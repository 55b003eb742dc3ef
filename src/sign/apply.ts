import { openRepository, type RepositoryOptions } from '../registry/index.ts'
import { atomicWrite, type Evidence } from '../release/index.ts'
import { describeError, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import type { BundleSigner } from '../sigstore/index.ts'
import { attach, attachmentOf } from './attachment.ts'
import { imageSignatureType, signContent } from './content.ts'
import { keepEvidence } from './evidence.ts'
import type { PlannedSignature } from './plan.ts'
import { evidenceBundleOf } from './target.ts'

/** What became of one planned signature. */
export interface AppliedSignature {
  readonly planned: PlannedSignature
  readonly bundle: Uint8Array
  /** Path of the bundle, or image reference of the referrer that has it. */
  readonly path: string
  /** For the release record. */
  readonly evidence?: Evidence
}

/** Signatures under way: a log answers within a second or two, and waits for all of them together. */
const concurrency = 16

/** Does what is planned. One that fails does not stop the others; all failures are answered. */
export async function applySignatures(
  plan: readonly PlannedSignature[],
  signer: BundleSigner,
  registry: RepositoryOptions,
  step: Step,
): Promise<{ readonly applied: AppliedSignature[]; readonly failures: Error[] }> {
  const progress = step.progress('Signing', plan.filter(({ work }) => work !== 'none').length)
  const failures: Error[] = []
  const results = await mapConcurrently(plan, concurrency, async (planned) => {
    try {
      step.signal.throwIfAborted()
      return await apply(planned, signer, registry, step)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(new UserError(`${planned.target.name}: ${describeError(error)}`))
      return undefined
    } finally {
      if (planned.work !== 'none') progress.advance()
    }
  })
  progress.done()
  return { applied: results.filter((result) => result !== undefined), failures }
}

async function apply(
  planned: PlannedSignature,
  signer: BundleSigner,
  registry: RepositoryOptions,
  step: Step,
): Promise<AppliedSignature> {
  const { target, path = '' } = planned
  const { content, place } = target
  const bundle = planned.bundle ?? (await signContent(content, signer))
  if (planned.work === 'none') return { planned, bundle, path }
  switch (place.kind) {
    case 'evidence': {
      const item = evidenceBundleOf(content, place, { bundle, path, signer: signer.signer })
      return { planned, bundle, path, evidence: await keepEvidence(place.release, item) }
    }
    case 'beside':
      await atomicWrite(place.path, bundle)
      return { planned, bundle, path }
    case 'referrer': {
      const repository = openRepository(place.location, place.repository, step, registry)
      const created = `${step.now().toISOString().slice(0, 19)}Z`
      const { digest } = await attach(repository, attachmentOf(place.manifest, bundle, imageSignatureType, created))
      return { planned, bundle, path: `${repository.address}@${digest}` }
    }
  }
}
