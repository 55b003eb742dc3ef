import { type Step, UserError } from '../runner/index.ts'
import type { SignerOptions } from '../sigstore/index.ts'
import type { Attestation } from './attestation.ts'
import { attestPredicate } from './predicate.ts'
import { attestRelease } from './release.ts'

/** A release, or a predicate with files and images; and how to sign. */
export interface AttestWishes extends SignerOptions {
  /** Folder of the release; counts where no files and images are given. */
  readonly release: string
  readonly files: readonly string[]
  readonly images: readonly string[]
  readonly predicate: string | undefined
  readonly predicateType: string | undefined
  readonly plainHttp: readonly string[]
  readonly dryRun: boolean
}

export interface Attested {
  /** Empty for files and images. */
  readonly releaseDigest: string
  readonly attestations: readonly Attestation[]
  /** Whether anything was written; in a dry run, whether anything would be. */
  readonly changed: boolean
}

/**
 * Attests a release, or a predicate over files and images. What the same signer attested already stays.
 * @throws UserError for bad input or when there is nothing to sign with; FailedItems for files and images that failed
 */
export async function attest(wishes: AttestWishes, step: Step): Promise<Attested> {
  const { files, images, predicate, predicateType, dryRun } = wishes
  if (files.length + images.length === 0) {
    if (predicate !== undefined || predicateType !== undefined) {
      throw new UserError('A predicate was given, but nothing to attest it over', {
        hint: "Name 'files' or 'images'; a release gets its predicates from its record and its SBOMs.",
      })
    }
    const { release, attestations, changed } = await attestRelease(wishes.release, wishes, dryRun, step)
    return told({ releaseDigest: release.digest, attestations, changed }, step)
  }
  if (predicate === undefined || predicateType === undefined) {
    throw new UserError('Files and images need a predicate and its type', {
      hint: "Give both inputs: 'predicate' (a JSON file) and 'predicate-type'.",
    })
  }
  const attestations = await attestPredicate({ ...wishes, predicate, predicateType }, wishes, step)
  return told({ releaseDigest: '', attestations, changed: attestations.some(({ present }) => !present) }, step)
}

function told(attested: Attested, step: Step): Attested {
  const { length } = attested.attestations
  const all = length === 1 ? 'The attestation was' : `All ${length} attestations were`
  if (!attested.changed) step.log.info(`${all} there: nothing changed`)
  return attested
}
