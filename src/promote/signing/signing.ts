import { parseStatement, predicateTypeAnnotation, readAttachedBundle, subjectDigests } from '../../attest/index.ts'
import { type Descriptor, type Digest, mediaTypes } from '../../oci/index.ts'
import { openLayout, type Repository } from '../../registry/index.ts'
import { type Step, UserError } from '../../runner/index.ts'
import { imageSignatureType } from '../../sign/index.ts'
import {
  type BundleSigner,
  type BundleVerifier,
  openSigner,
  openSignerVerifier,
  type SignerOptions,
} from '../../sigstore/index.ts'
import { promotionType } from './predicate.ts'

/** Who signs at this promotion, and what he has said already. */
export interface PromotionSigning {
  readonly signer: BundleSigner
  /** Where what is signed is kept for others who sign the same: other shards, later runs. */
  readonly kept: Repository | undefined
  /** What this signer has said of a manifest, among its referrers; what was verified once is not read again. */
  statements(repository: Repository, subject: Digest, referrers: readonly Descriptor[]): Promise<FoundStatement[]>
  /** Predicate types to say of every manifest, and of the image as a whole. */
  readonly types: { readonly manifest: readonly string[]; readonly image: readonly string[] }
}

export interface FoundStatement {
  readonly digest: Digest
  readonly repository: Repository
  readonly predicateType: string
  readonly predicate: unknown
}

/** @throws UserError when there is nothing to sign with */
export async function openPromotionSigning(
  options: SignerOptions & {
    readonly sign: boolean
    readonly attest: boolean
    /** Absolute path of the layout that keeps what is signed. */
    readonly signatures: string | undefined
    readonly dryRun: boolean
  },
  step: Step,
): Promise<PromotionSigning> {
  const signer = await openSigner(options, step, { dryRun: options.dryRun })
  const verifier = await openSignerVerifier(signer.signer, options.trustedRoot)
  const read = new Map<Digest, Promise<Omit<FoundStatement, 'repository'> | undefined>>()
  const types = [...(options.sign ? [imageSignatureType] : []), ...(options.attest ? [promotionType] : [])]
  return {
    signer,
    kept: options.signatures === undefined ? undefined : openLayout(options.signatures, 'signatures'),
    types: {
      manifest: options.sign ? [imageSignatureType] : [],
      image: options.attest ? [promotionType] : [],
    },
    async statements(repository, subject, referrers) {
      const found: FoundStatement[] = []
      for (const referrer of referrers.filter((one) => mayBe(one, types))) {
        const known = read.get(referrer.digest) ?? readStatement(repository, subject, referrer.digest, verifier)
        read.set(referrer.digest, known)
        const statement = await known
        if (statement && types.includes(statement.predicateType)) found.push({ ...statement, repository })
      }
      return found
    },
  }
}

// Not every registry repeats annotations, and some give the config's media type as artifact type.
function mayBe({ artifactType, annotations }: Descriptor, types: readonly string[]): boolean {
  const predicateType = annotations?.[predicateTypeAnnotation]
  return (
    (predicateType === undefined || types.includes(predicateType)) &&
    (artifactType === undefined || artifactType === mediaTypes.empty || artifactType === mediaTypes.sigstoreBundle)
  )
}

/** Undefined where it is by another signer, about something else, or no statement at all. */
async function readStatement(
  repository: Repository,
  subject: Digest,
  digest: Digest,
  verifier: BundleVerifier,
): Promise<Omit<FoundStatement, 'repository'> | undefined> {
  try {
    const bundle = await readAttachedBundle(repository, digest)
    if (!bundle) return undefined
    const statement = parseStatement((await verifier.verifyStatement(bundle)).statement)
    if (!subjectDigests(statement).includes(subject)) return undefined
    return { digest, predicateType: statement.predicateType, predicate: statement.predicate }
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}
