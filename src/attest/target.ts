import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Descriptor, digestFromHex, formatReference, type ImageReference } from '../oci/index.ts'
import { openRepository, type Repository } from '../registry/index.ts'
import { atomicWrite, hashFile } from '../release/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { attach, attachmentOf } from '../sign/index.ts'
import type { BundleVerifier } from '../sigstore/index.ts'
import { validStatement } from './observe.ts'
import { predicateTypeSlug } from './predicate-type.ts'
import { predicateTypeAnnotation, readAttachedBundle } from './referrer.ts'
import { createStatement, type Statement } from './statement.ts'

/** An artifact of no release, the statement about it, and how its attestation is put where it belongs. */
export interface Target {
  /** Path of the bundle, or the image by digest. */
  readonly name: string
  readonly statement: Statement
  /** True when the verifier's signer has attested this very statement already. */
  readonly present: boolean
  readonly store: (bundle: Uint8Array) => Promise<unknown>
}

/** A file: its bundle is `FILE.TYPE.sigstore.json` beside it. @throws UserError when another signer's lies there */
export async function observeFile(
  file: string,
  predicateType: string,
  predicate: unknown,
  verifier: BundleVerifier,
  step: Step,
): Promise<Target> {
  const { sha256 } = await hashFile(file, step.signal)
  const statement = createStatement([{ name: basename(file), digest: digestFromHex(sha256) }], predicateType, predicate)
  const name = `${file}.${predicateTypeSlug(predicateType)}.sigstore.json`
  const existing = await readFile(name).catch(() => undefined)
  const own = existing && (await validStatement(existing, verifier))
  if (existing && own?.predicateType !== predicateType) {
    throw new UserError(`${name} is there already, and not by this signer about this type of predicate`, {
      hint: 'Move it away, then attest again.',
    })
  }
  return {
    name,
    statement,
    present: isDeepStrictEqual(own, statement),
    store: (bundle) => atomicWrite(name, bundle),
  }
}

/** An image: its bundle is a referrer in its own repository. @throws UserError when there is no such image */
export async function observeImage(
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
    name: formatReference({ ...reference, digest: subject.digest }),
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
    const { [predicateTypeAnnotation]: type = statement.predicateType } = referrer.annotations ?? {}
    if (type !== statement.predicateType) continue
    const bundle = await readAttachedBundle(repository, referrer.digest)
    if (bundle && isDeepStrictEqual(await validStatement(bundle, verifier), statement)) return true
  }
  return false
}

const wholeSeconds = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z')
