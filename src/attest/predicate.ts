import { resolveReference } from '../registry/index.ts'
import { FailedItems, findFiles, heading, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import { openSigner, openSignerVerifier, type SignerOptions } from '../sigstore/index.ts'
import { type Attestation, attestationOf, attestationTable, signStatement } from './attestation.ts'
import { parseDocument } from './document.ts'
import { parsePredicateType } from './predicate-type.ts'
import { observeFile, observeImage, type Target } from './target.ts'

/** A predicate for files and images that belong to no release. */
export interface PredicateWishes {
  /** Path of the predicate, JSON. */
  readonly predicate: string
  /** URI or cosign's short name. */
  readonly predicateType: string
  /** Glob patterns; bundles among what they match are left out. */
  readonly files: readonly string[]
  readonly images: readonly string[]
  /** Hosts to speak plain HTTP to. */
  readonly plainHttp: readonly string[]
  readonly dryRun: boolean
}

const concurrency = 8

/**
 * Attests a predicate over each file and image: `FILE.TYPE.sigstore.json` beside a file, a referrer beside an image.
 * @throws UserError for bad input; FailedItems when some could not be attested, after all others were
 */
export async function attestPredicate(
  wishes: PredicateWishes,
  signing: SignerOptions,
  step: Step,
): Promise<Attestation[]> {
  const { plainHttp, dryRun } = wishes
  const predicateType = parsePredicateType(wishes.predicateType)
  const predicate = await parseDocument(wishes.predicate)
  const images = wishes.images.map((text) => resolveReference(text, step))
  const files = await filesToAttest(wishes.files, step)
  const signer = await openSigner(signing, step, { dryRun })
  const verifier = await openSignerVerifier(signer.signer, signing.trustedRoot)
  const targets: (() => Promise<Target>)[] = [
    ...files.map((file) => () => observeFile(file, predicateType, predicate, verifier, step)),
    ...images.map((image) => () => observeImage(image, predicateType, predicate, plainHttp, verifier, step)),
  ]
  const failures: Error[] = []
  const done = await mapConcurrently(targets, concurrency, async (observe) => {
    step.signal.throwIfAborted()
    try {
      const { name, statement, present, store } = await observe()
      if (!present && !dryRun) await store(await signStatement(signer, statement))
      return [attestationOf(name, statement, present)]
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(error)
      return []
    }
  })
  const attestations = done.flat()
  step.summary(heading('Attestations'), attestationTable(attestations, dryRun))
  if (failures.length > 0) throw new FailedItems('Attesting', failures)
  return attestations
}

async function filesToAttest(patterns: readonly string[], step: Step): Promise<string[]> {
  if (patterns.length === 0) return []
  const files = (await findFiles(patterns, step)).filter((path) => !path.endsWith('.sigstore.json'))
  if (files.length === 0) throw new UserError('Only Sigstore bundles match the files to attest')
  return files
}
