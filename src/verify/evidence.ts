import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isNativeError } from 'node:util/types'
import { parseStatement } from '../attest/index.ts'
import { type Digest, digestFromHex } from '../oci/index.ts'
import { type Evidence, fileSubjects, type Release } from '../release/index.ts'
import { describeError, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import type { BundleVerifier, VerifiedSigner } from '../sigstore/index.ts'
import type { EvidenceContent, EvidenceFact } from './facts.ts'
import type { ReleaseVerifier } from './signers.ts'

/** Bundles that are checked at a time; the work is the processor's. */
const concurrency = 4
/** Larger than any bundle with a predicate of 16 MiB. */
const largestBundle = 64 << 20

/** Verifies every recorded bundle. What it says of itself in the record is not believed. */
export async function observeEvidence(
  release: Release,
  verifier: ReleaseVerifier,
  step: Step,
): Promise<EvidenceFact[]> {
  const { evidence } = release.record
  const progress = step.progress('Verifying bundles', evidence.length)
  const facts = await mapConcurrently(evidence, concurrency, async (one) => {
    step.signal.throwIfAborted()
    const content = await contentOf(release, one, verifier)
    progress.advance()
    return { evidence: one, expected: verifier.believes(one.signer), content }
  })
  progress.done()
  return facts
}

async function contentOf(release: Release, evidence: Evidence, verifier: ReleaseVerifier): Promise<EvidenceContent> {
  try {
    const bundle = await readBundle(join(release.directory, evidence.path))
    return holdsStatement(bundle)
      ? await verifyStatement(bundle, verifier)
      : await verifySignature(bundle, release, evidence.subjects, verifier)
  } catch (error) {
    return { kind: 'invalid', reason: reasonOf(error) }
  }
}

/** @throws UserError when the bundle does not hold */
export async function verifyStatement(
  bundle: Uint8Array,
  verifier: Pick<BundleVerifier, 'verifyStatement'>,
): Promise<EvidenceContent & { kind: 'statement' }> {
  const { statement, signer } = await verifier.verifyStatement(bundle)
  return { kind: 'statement', statement: parseStatement(statement), signer }
}

// Two files may have the same bytes; the signature then holds for both.
async function verifySignature(
  bundle: Uint8Array,
  release: Release,
  subjects: readonly Digest[],
  verifier: ReleaseVerifier,
): Promise<EvidenceContent> {
  const digests: Digest[] = []
  let signer: VerifiedSigner | undefined
  for (const digest of subjects) {
    const file = fileSubjects(release.record).find((subject) => digestFromHex(subject.sha256) === digest)
    if (!file) return { kind: 'invalid', reason: `it signs the bytes of ${digest}, which is no file of the release` }
    signer = await verifier.verifyBlob(bundle, () => createReadStream(join(release.directory, file.path)))
    digests.push(digest)
  }
  return signer ? { kind: 'signature', digests, signer } : { kind: 'invalid', reason: 'it speaks of nothing' }
}

/** @throws UserError when there is no such file, or it is too large to be a bundle */
export async function readBundle(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UserError(
      isMissing(error) ? `there is no bundle ${path}` : `the bundle cannot be read: ${describeError(error)}`,
    )
  })
  if (bytes.length > largestBundle) throw new UserError(`it is too large for a bundle: ${bytes.length} bytes`)
  return bytes
}

/** Whether a bundle is an envelope around a statement, or a signature over bytes; the verifier judges the rest. */
export function holdsStatement(bundle: Uint8Array): boolean {
  try {
    const json: unknown = JSON.parse(Buffer.from(bundle).toString('utf8'))
    return typeof json === 'object' && json !== null && 'dsseEnvelope' in json
  } catch {
    return false
  }
}

/** One line for a report. A fault that is not the bundle's stops the step, so that it is not taken for a verdict. */
export function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.message
  if (isNativeError(error) && 'syscall' in error) return describeError(error)
  throw error
}

/** Whether a file is not there. */
export const isMissing = (error: unknown): boolean => isNativeError(error) && 'code' in error && error.code === 'ENOENT'
