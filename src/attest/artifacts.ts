import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Descriptor, digestFromHex, formatReference, type ImageReference } from '../oci/index.ts'
import { openRepository, type Repository } from '../registry/index.ts'
import { atomicWrite, hashFile } from '../release/index.ts'
import { FailedItems, findFiles, heading, mapConcurrently, type Step, table, UserError } from '../runner/index.ts'
import { attach, attachmentOf } from '../sign/index.ts'
import {
  type BundleSigner,
  type BundleVerifier,
  openSigner,
  openSignerVerifier,
  type SignerOptions,
} from '../sigstore/index.ts'
import { parseDocument } from './document.ts'
import { validStatement } from './observe.ts'
import { parsePredicateType, predicateTypeSlug } from './predicate-type.ts'
import { parseImage, readAttachedBundle } from './referrer.ts'
import { createStatement, type Statement, serializeStatement } from './statement.ts'

/** A predicate for files and images that belong to no release. */
export interface ArtifactWishes {
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

/** One attestation and where it is. */
export interface Attestation {
  /** Path of the bundle (of a file), or the image by digest. */
  readonly target: string
  readonly predicateType: string
  readonly subjects: readonly string[]
  /** True when it was there already. */
  readonly present: boolean
}

/** An artifact, the statement about it, and how its attestation is put where it belongs. */
interface Target {
  readonly target: string
  readonly statement: Statement
  readonly present: boolean
  readonly store: (bundle: Uint8Array) => Promise<unknown>
}

const concurrency = 8

/**
 * Attests a predicate over each file and image: `FILE.TYPE.sigstore.json` beside a file, a referrer beside an image.
 * @throws UserError for bad input; FailedItems when some could not be attested, after all others were
 */
export async function attestArtifacts(
  wishes: ArtifactWishes,
  signing: SignerOptions,
  step: Step,
): Promise<Attestation[]> {
  const predicateType = parsePredicateType(wishes.predicateType)
  const predicate = await parseDocument(wishes.predicate)
  const references = wishes.images.map((text) => parseImage(text, step))
  const matched = wishes.files.length === 0 ? [] : await findFiles(wishes.files, step.workspace)
  const files = matched.filter((file) => !file.endsWith('.sigstore.json'))
  const signer = await openSigner(signing, step, { dryRun: wishes.dryRun })
  const verifier = await openSignerVerifier(signer.signer, signing.trustedRoot)
  const failures: Error[] = []
  const work: (() => Promise<Target>)[] = [
    ...files.map((file) => () => observeFile(file, predicateType, predicate, verifier, step)),
    ...references.map(
      (reference) => () => observeImage(reference, predicateType, predicate, wishes.plainHttp, verifier, step),
    ),
  ]
  const done = await mapConcurrently(work, concurrency, async (observe) => {
    step.signal.throwIfAborted()
    try {
      const target = await observe()
      if (!target.present && !wishes.dryRun) await target.store(await sign(signer, target.statement))
      return [attestationOf(target)]
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(error)
      return []
    }
  })
  const attestations = done.flat()
  step.summary(heading('Attestations'), attestationTable(attestations, wishes.dryRun))
  if (failures.length > 0) throw new FailedItems('Attesting', failures)
  return attestations
}

export const sign = (signer: BundleSigner, statement: Statement): Promise<Uint8Array> =>
  signer.signStatement(serializeStatement(statement))

export const attestationTable = (attestations: readonly Attestation[], dryRun: boolean) =>
  table(
    ['Attestation', 'Predicate type', 'Subjects', ''],
    attestations.map(({ target, predicateType, subjects, present }) => [
      target,
      predicateType,
      subjects.length === 1 ? (subjects[0] ?? '') : String(subjects.length),
      present ? 'there already' : dryRun ? 'to do' : 'made',
    ]),
  )

const attestationOf = ({ target, statement, present }: Target): Attestation => ({
  target,
  predicateType: statement.predicateType,
  subjects: statement.subject.map(({ name = '' }) => name),
  present,
})

async function observeFile(
  file: string,
  predicateType: string,
  predicate: unknown,
  verifier: BundleVerifier,
  step: Step,
): Promise<Target> {
  const { sha256 } = await hashFile(file, step.signal)
  const statement = createStatement([{ name: basename(file), digest: digestFromHex(sha256) }], predicateType, predicate)
  const target = `${file}.${predicateTypeSlug(predicateType)}.sigstore.json`
  const existing = await readFile(target).catch(() => undefined)
  const own = existing && (await validStatement(existing, verifier))
  if (existing && !own) {
    throw new UserError(`${target} is there already, and not by this signer`, {
      hint: 'Move it away, then attest again.',
    })
  }
  return {
    target,
    statement,
    present: isDeepStrictEqual(own, statement),
    store: (bundle) => atomicWrite(target, bundle),
  }
}

async function observeImage(
  reference: ImageReference,
  predicateType: string,
  predicate: unknown,
  plainHttp: readonly string[],
  verifier: BundleVerifier,
  step: Step,
): Promise<Target> {
  const repository = openRepository(reference.location, reference.name, step, { plainHttp })
  const wanted = reference.digest ?? reference.tag
  if (wanted === undefined) {
    throw new UserError(`${formatReference(reference)} has neither tag nor digest`, { hint: 'Add :TAG or @sha256:….' })
  }
  const subject = await repository.headManifest(wanted)
  if (!subject) throw new UserError(`There is no image ${formatReference(reference)}`)
  const statement = createStatement([{ name: reference.name, digest: subject.digest }], predicateType, predicate)
  return {
    target: formatReference({ ...reference, digest: subject.digest }),
    statement,
    present: await isAttached(repository, subject, statement, verifier),
    store: (bundle) => attach(repository, attachmentOf(subject, bundle, predicateType, wholeSeconds(step.now()))),
  }
}

async function isAttached(
  repository: Repository,
  { digest }: Descriptor,
  statement: Statement,
  verifier: BundleVerifier,
): Promise<boolean> {
  for (const referrer of await repository.listReferrers(digest)) {
    const bundle = await readAttachedBundle(repository, referrer.digest)
    if (bundle && isDeepStrictEqual(await validStatement(bundle, verifier), statement)) return true
  }
  return false
}

const wholeSeconds = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z')
