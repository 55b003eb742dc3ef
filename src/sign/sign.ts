import {
  type EvidenceSigner,
  openRelease,
  proveSubjects,
  type Release,
  saveRelease,
  withEvidence,
} from '../release/index.ts'
import { FailedItems, type Step, UserError } from '../runner/index.ts'
import { openSigner, openSignerVerifier, type SignerOptions } from '../sigstore/index.ts'
import { type AppliedSignature, applySignatures } from './apply.ts'
import { fileTargets } from './files.ts'
import { imageTargets } from './images.ts'
import { observeSignatures } from './observe.ts'
import { type PlannedSignature, planSignatures } from './plan.ts'
import { proveImages } from './prove-images.ts'
import { doneReport, planReport, type SignedSubject, signedSubject } from './report.ts'
import { releaseTargets } from './target.ts'

export interface SignInput extends SignerOptions {
  /** Absolute path of the release directory; not looked at where files or images are given. */
  readonly release: string
  /** Globs. */
  readonly files: readonly string[]
  /** References. */
  readonly images: readonly string[]
  /** Of images by reference, every manifest of an index, too; a release's always are. */
  readonly recursive: boolean
  readonly plainHttp: readonly string[]
  readonly dryRun: boolean
}

export interface SignResult {
  /** Empty where no release was signed. */
  readonly releaseDigest: string
  readonly bundles: readonly SignedSubject[]
  readonly signer: EvidenceSigner
  readonly changed: boolean
}

/**
 * Signs a whole release, or the files and images that are named: what this signer has signed already stays as it is.
 * @throws UserError before anything is written, when the input is wrong or a file differs from the record
 * @throws FailedItems that names what could not be signed, after all else was
 */
export async function sign(input: SignInput, step: Step): Promise<SignResult> {
  const named = input.files.length > 0 || input.images.length > 0
  const release = named ? undefined : await openProven(input.release, step)
  const registry = { plainHttp: input.plainHttp }
  const targets = release
    ? releaseTargets(release)
    : [
        ...(await fileTargets(input.files, step)),
        ...(await imageTargets(input.images, { ...registry, recursive: input.recursive }, step)),
      ]
  const signer = await openSigner(input, step, { dryRun: input.dryRun })
  const verifier = await openSignerVerifier(signer.signer, input.trustedRoot)
  const observations = await observeSignatures(targets, { signer: signer.signer, verifier, registry }, step)
  const plan = planSignatures(observations, signer.signer)
  if (!isChanging(plan)) {
    const all = plan.length === 1 ? 'The signature was' : `All ${plan.length} signatures were`
    step.log.info(`${all} there: nothing changed`)
  }
  if (input.dryRun) {
    step.summary(...planReport(plan, signer.signer, step.workspace))
    return resultOf(release, [], signer.signer, isChanging(plan))
  }
  const { applied, failures } = await applySignatures(plan, signer, registry, step)
  const saved = release && (await record(release, applied))
  step.summary(...doneReport(applied, signer.signer, step.workspace))
  if (failures.length > 0) throw new FailedItems('Not everything was signed', failures)
  const bundles = applied.map((one) => signedSubject(one, step.workspace))
  return resultOf(saved, bundles, signer.signer, isChanging(plan))
}

const isChanging = (plan: readonly PlannedSignature[]): boolean => plan.some(({ work }) => work !== 'none')

/** Never sign what differs from the record. */
async function openProven(directory: string, step: Step): Promise<Release> {
  const release = await openRelease(directory)
  if (release.record.subjects.length === 0) throw new UserError(`The release in ${directory} has nothing to sign`)
  await proveSubjects(release, step)
  await proveImages(release)
  return release
}

/** What was signed is recorded even where something else failed. */
async function record(release: Release, applied: readonly AppliedSignature[]): Promise<Release> {
  const evidence = applied.map((one) => one.evidence).filter((one) => one !== undefined)
  return evidence.length === 0 ? release : saveRelease(release.directory, withEvidence(release.record, evidence))
}

const resultOf = (
  release: Release | undefined,
  bundles: readonly SignedSubject[],
  signer: EvidenceSigner,
  changed: boolean,
): SignResult => ({ releaseDigest: release?.digest ?? '', bundles, signer, changed })
