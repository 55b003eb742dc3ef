import { createReadStream } from 'node:fs'
import { type Digest, digestFromHex, hexOf } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'
import type { BundleSigner, BundleVerifier } from '../sigstore/index.ts'

/** What is signed: the bytes of a file, or the digest of an image manifest. */
export type SignedContent =
  | {
      readonly kind: 'file'
      /** Absolute. */
      readonly path: string
      /** Absent where no record tells it; the signature then does. */
      readonly digest: Digest | undefined
    }
  | { readonly kind: 'image'; readonly digest: Digest }

/** Predicate type by which cosign 3 signs an image: digests, and nothing about them. */
export const imageSignatureType = 'https://sigstore.dev/cosign/sign/v1'

/** @throws UserError when a file is not what the record says */
export async function signContent(content: SignedContent, signer: BundleSigner): Promise<Uint8Array> {
  if (content.kind === 'image') return signer.signStatement(imageStatement(content.digest))
  const bundle = await signer.signBlob(() => createReadStream(content.path, { highWaterMark: 1 << 20 }))
  if (content.digest !== undefined && signedDigest(bundle) !== content.digest) {
    throw new UserError(`${content.path} changed while it was signed`, {
      hint: 'Run the step again when nothing writes to it.',
    })
  }
  return bundle
}

/** Whether a bundle is a valid signature over this very content by the verifier's signer. */
export async function isSignatureOf(
  bundle: Uint8Array,
  content: SignedContent,
  verifier: BundleVerifier,
): Promise<boolean> {
  try {
    if (content.kind === 'file') {
      await verifier.verifyBlob(bundle, () => createReadStream(content.path, { highWaterMark: 1 << 20 }))
      return content.digest === undefined || signedDigest(bundle) === content.digest
    }
    const { statement } = await verifier.verifyStatement(bundle)
    return speaksOf(statement, content.digest)
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}

/** The digest of what a bundle signs. The bundle was made or verified by us. */
export const digestOf = (content: SignedContent, bundle: Uint8Array): Digest => content.digest ?? signedDigest(bundle)

function signedDigest(bundle: Uint8Array): Digest {
  const { messageSignature }: { messageSignature: { messageDigest: { digest: string } } } = JSON.parse(
    Buffer.from(bundle).toString('utf8'),
  )
  return digestFromHex(Buffer.from(messageSignature.messageDigest.digest, 'base64').toString('hex'))
}

// It names no repository, so that the signature holds wherever the image is copied to.
const imageStatement = (digest: Digest): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ digest: { sha256: hexOf(digest) } }],
      predicateType: imageSignatureType,
      predicate: {},
    }),
  )

function speaksOf(statement: unknown, digest: Digest): boolean {
  if (statement === null || typeof statement !== 'object') return false
  if (!('predicateType' in statement) || statement.predicateType !== imageSignatureType) return false
  const subjects: unknown[] = 'subject' in statement && Array.isArray(statement.subject) ? statement.subject : []
  return subjects.some((subject) => JSON.stringify(digestSetOf(subject)) === JSON.stringify({ sha256: hexOf(digest) }))
}

const digestSetOf = (subject: unknown): unknown =>
  subject !== null && typeof subject === 'object' && 'digest' in subject ? subject.digest : undefined
