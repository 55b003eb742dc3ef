import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { openLayout, openRepository, type Repository, type RepositoryOptions } from '../registry/index.ts'
import type { EvidenceSigner } from '../release/index.ts'
import { mapConcurrently, type Step } from '../runner/index.ts'
import type { BundleVerifier } from '../sigstore/index.ts'
import { isSignatureOf, type SignedContent } from './content.ts'
import { evidenceOf, isEvidenceKept } from './evidence.ts'
import { attachedBundles } from './referrers.ts'
import { type EvidencePlace, evidenceBundleOf, type Target } from './target.ts'

/** What is there already of one target, by the very signer who would sign it. */
export interface Observation {
  readonly target: Target
  /** A valid signature. */
  readonly bundle?: Uint8Array
  /** Where it was found: a path as in the target's place, or an image reference. */
  readonly found?: string
  /** It is wherever it must be, and nothing is left to do. */
  readonly complete: boolean
}

export interface ObservationContext {
  readonly signer: EvidenceSigner
  readonly verifier: BundleVerifier
  readonly registry: RepositoryOptions
}

/** Files are hashed, which keeps a processor busy; registries are waited for. */
const concurrency = 8

/** Looks for valid signatures; recorded or not, so that a killed run is healed and not repeated. */
export async function observeSignatures(
  targets: readonly Target[],
  context: ObservationContext,
  step: Step,
): Promise<Observation[]> {
  const progress = step.progress('Looking for signatures', targets.length)
  const observations = await mapConcurrently(targets, concurrency, async (target) => {
    step.signal.throwIfAborted()
    const observation = await observe(target, context, step)
    progress.advance()
    return observation
  })
  progress.done()
  return observations
}

async function observe(target: Target, context: ObservationContext, step: Step): Promise<Observation> {
  const { place, content } = target
  switch (place.kind) {
    case 'evidence':
      return observeEvidence(target, place, context)
    case 'beside': {
      const bundle = await ownBundle(place.path, content, context.verifier)
      return bundle ? { target, bundle, found: place.path, complete: true } : { target, complete: false }
    }
    case 'referrer': {
      const repository = openRepository(place.location, place.repository, step, context.registry)
      return observeReferrers(target, repository, context.verifier)
    }
  }
}

async function observeEvidence(
  target: Target,
  place: EvidencePlace,
  { signer, verifier }: ObservationContext,
): Promise<Observation> {
  const { release } = place
  for (const path of candidatePaths(target, place, signer)) {
    const bundle = await ownBundle(join(release.directory, path), target.content, verifier)
    if (!bundle) continue
    const item = evidenceBundleOf(target.content, place, { bundle, path, signer })
    const recorded = release.record.evidence.some((evidence) => isDeepStrictEqual(evidence, evidenceOf(item)))
    return { target, bundle, found: path, complete: recorded && (await isEvidenceKept(release, item)) }
  }
  if (!place.image) return { target, complete: false }
  const repository = openLayout(join(release.directory, 'images'), place.image.image)
  const { bundle } = await observeReferrers(target, repository, verifier)
  return { target, ...(bundle ? { bundle } : {}), complete: false }
}

/** Where the bundle would be written, then where the record says that this signer's is. */
function candidatePaths({ content }: Target, place: EvidencePlace, signer: EvidenceSigner): Set<string> {
  const recorded = place.release.record.evidence.filter(
    (evidence) =>
      evidence.kind === 'signature' &&
      content.digest !== undefined &&
      evidence.subjects.includes(content.digest) &&
      isDeepStrictEqual(evidence.signer, signer),
  )
  return new Set([place.path, ...recorded.map(({ path }) => path)])
}

async function observeReferrers(
  target: Target,
  repository: Repository,
  verifier: BundleVerifier,
): Promise<Observation> {
  const { content } = target
  if (content.kind !== 'image') return { target, complete: false }
  for await (const { digest, bundle } of attachedBundles(repository, content.digest)) {
    if (!(await isSignatureOf(bundle, content, verifier))) continue
    return { target, bundle, found: `${repository.address}@${digest}`, complete: true }
  }
  return { target, complete: false }
}

async function ownBundle(
  path: string,
  content: SignedContent,
  verifier: BundleVerifier,
): Promise<Uint8Array | undefined> {
  const bundle = await readFile(path).catch(() => undefined)
  return bundle && (await isSignatureOf(bundle, content, verifier)) ? bundle : undefined
}
