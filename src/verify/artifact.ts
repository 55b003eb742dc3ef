import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { readAttachedBundle, subjectDigests } from '../attest/index.ts'
import {
  type Digest,
  digestFromHex,
  formatReference,
  type ImageReference,
  mediaTypes,
  parseIndex,
} from '../oci/index.ts'
import { openRepository, type Repository, resolveReference } from '../registry/index.ts'
import { hashFile } from '../release/index.ts'
import { findFiles, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import { imageSignatureType } from '../sign/index.ts'
import { type BundleVerifier, openVerifier, type VerifierOptions } from '../sigstore/index.ts'
import { holdsStatement, readBundle, reasonOf, verifyStatement } from './evidence.ts'
import type { Report } from './report.ts'
import { type Check, failed, passed, unless } from './verdict.ts'

/** Files and images that belong to no release. */
export interface ArtifactWishes {
  /** Glob patterns. */
  readonly files: readonly string[]
  readonly images: readonly string[]
  /** Bundle of the one file; `FILE.sigstore.json` beside each where absent. */
  readonly bundle: string | undefined
  /** The manifests of an index must be signed, too. */
  readonly recursive: boolean
  /** Hosts to speak plain HTTP to. */
  readonly plainHttp: readonly string[]
}

/** Items that are verified at a time. */
const concurrency = 8

/**
 * Verifies signatures of files, by the bundle beside each, and of images, by their referrers.
 * @throws UserError when nobody was named who must have signed, or a pattern or reference is wrong
 */
export async function verifyArtifacts(wishes: ArtifactWishes, trust: VerifierOptions, step: Step): Promise<Report> {
  const verifier = await openVerifier(trust, step)
  const files = wishes.files.length === 0 ? [] : await findFiles(wishes.files, step)
  const references = wishes.images.map((text) => resolveReference(text, step))
  if (wishes.bundle !== undefined && (files.length !== 1 || references.length > 0)) {
    throw new UserError("The input 'bundle' is for one file", {
      hint: 'A bundle beside each file, FILE.sigstore.json, is found by itself.',
    })
  }
  const checks = [
    ...(await mapConcurrently(files, concurrency, (file) =>
      verifyFile(file, wishes.bundle ?? `${file}.sigstore.json`, verifier),
    )),
    ...(
      await mapConcurrently(references, concurrency, (reference) => verifyImage(reference, wishes, verifier, step))
    ).flat(),
  ]
  return { verified: checks.every((check) => check.passed), policy: verifier.trusted, checks }
}

async function verifyFile(file: string, bundlePath: string, verifier: BundleVerifier): Promise<Check> {
  const name = basename(file)
  try {
    const bundle = await readBundle(bundlePath)
    if (!holdsStatement(bundle)) {
      await verifier.verifyBlob(bundle, () => createReadStream(file))
      return passed(name, 'signature', basename(bundlePath))
    }
    const { statement } = await verifyStatement(bundle, verifier)
    const digest = digestFromHex((await hashFile(file)).sha256)
    const about = subjectDigests(statement).includes(digest)
    return unless(
      name,
      'signature',
      about ? [] : [`its attestation does not speak of ${digest}`],
      statement.predicateType,
    )
  } catch (error) {
    return failed(name, 'signature', reasonOf(error))
  }
}

async function verifyImage(
  reference: ImageReference,
  wishes: ArtifactWishes,
  verifier: BundleVerifier,
  step: Step,
): Promise<Check[]> {
  const subject = formatReference(reference)
  try {
    const repository = openRepository(reference.location, reference.name, step, { plainHttp: wishes.plainHttp })
    const wanted = reference.digest ?? reference.tag
    if (wanted === undefined) throw new UserError('it has neither tag nor digest')
    const manifest = await repository.readManifest(wanted)
    if (!manifest) throw new UserError('there is no such image')
    const { digest, mediaType } = manifest.descriptor
    const isIndex = mediaType === mediaTypes.index || mediaType === mediaTypes.dockerManifestList
    const children = wishes.recursive && isIndex ? parseIndex(manifest.bytes, subject).manifests : []
    const parts: readonly (readonly [string, Digest])[] = [
      [subject, digest],
      ...children.map((child) => [formatReference({ ...reference, digest: child.digest }), child.digest] as const),
    ]
    return await mapConcurrently(parts, concurrency, ([name, part]) => verifyManifest(name, part, repository, verifier))
  } catch (error) {
    return [failed(subject, 'signature', reasonOf(error))]
  }
}

async function verifyManifest(
  subject: string,
  digest: Digest,
  repository: Repository,
  verifier: BundleVerifier,
): Promise<Check> {
  const reasons: string[] = []
  try {
    for (const referrer of await repository.listReferrers(digest)) {
      try {
        const bundle = await readAttachedBundle(repository, referrer.digest)
        if (!bundle) continue
        const { statement } = await verifyStatement(bundle, verifier)
        if (statement.predicateType !== imageSignatureType) continue
        if (subjectDigests(statement).includes(digest)) return passed(subject, 'signature', referrer.digest)
        reasons.push(`${referrer.digest} signs another image`)
      } catch (error) {
        reasons.push(`${referrer.digest}: ${reasonOf(error)}`)
      }
    }
  } catch (error) {
    reasons.push(reasonOf(error))
  }
  return failed(subject, 'signature', reasons.length > 0 ? reasons.join('; ') : 'nobody signed it')
}
