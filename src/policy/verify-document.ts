import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { parseStatement, subjectDigests } from '../attest/index.ts'
import type { Repository } from '../registry/index.ts'
import { UserError } from '../runner/index.ts'
import { imageSignatureType } from '../sign/index.ts'
import {
  type BundleVerifier,
  legacyAttestationBundle,
  legacySignatureBundle,
  simpleSigningDigest,
  WrongSigner,
} from '../sigstore/index.ts'
import type { Outcome } from './facts.ts'
import type { Format, SignedDocument } from './signed-document.ts'

/** Bytes. A simple signing document is some hundred; a bundle may hold a predicate of 16 MiB in base64. */
const largest: Readonly<Record<Format, number>> = {
  bundle: 32 << 20,
  'legacy attestation': 32 << 20,
  'legacy signature': 1 << 20,
}

/**
 * Reads a document and tries each signer.
 * @throws UserError when it cannot be read; what is wrong with the document itself is the outcome
 */
export async function verifyDocument(
  document: SignedDocument,
  repository: Repository,
  verifiers: readonly BundleVerifier[],
): Promise<Outcome> {
  const { format, layer } = document
  if (layer.size > largest[format]) {
    return { kind: 'invalid', reason: `it is too large: ${layer.size} bytes; ${largest[format]} are read at most` }
  }
  const bytes = await buffer(await repository.readBlob(layer))
  let wrongSigner: Outcome | undefined
  let invalid: Outcome | undefined
  for (const verifier of verifiers) {
    try {
      return await statementIn(bytes, document, verifier)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      if (error instanceof WrongSigner) {
        wrongSigner = { kind: 'wrong-signer', reason: `it is by ${error.claimed}, who is no signer of the policy` }
      } else invalid = { kind: 'invalid', reason: error.message }
    }
  }
  // What fails under the signer that it claims tells more than that it is by none of the others.
  return invalid ?? wrongSigner ?? { kind: 'invalid', reason: 'the policy names no signer' }
}

async function statementIn(
  bytes: Uint8Array,
  { format, layer: { annotations = {} } }: SignedDocument,
  verifier: BundleVerifier,
): Promise<Outcome> {
  if (format === 'legacy signature') {
    await verifier.verifyBlob(legacySignatureBundle(bytes, annotations), () => Readable.from([bytes]))
    return { kind: 'verified', predicateType: imageSignatureType, subjects: [simpleSigningDigest(bytes)] }
  }
  const bundle = format === 'bundle' ? bytes : legacyAttestationBundle(bytes, annotations)
  const statement = parseStatement((await verifier.verifyStatement(bundle)).statement)
  return { kind: 'verified', predicateType: statement.predicateType, subjects: subjectDigests(statement) }
}
