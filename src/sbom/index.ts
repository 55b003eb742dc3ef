/**
 * Software bills of materials: SPDX 2.3 JSON for every Go binary, image platform and release, read from the build info that
 * Go's linker leaves in a binary. Operating-system packages and licenses are not looked for yet.
 */
import type { Digest } from '../oci/index.ts'
import { openRelease } from '../release/index.ts'
import { findFiles, heading, type Step, table, text } from '../runner/index.ts'
import { applySboms, writeDocuments } from './apply.ts'
import { planFiles } from './files.ts'
import { observeRelease } from './observe.ts'
import { type PlannedDocument, planSboms } from './plan.ts'

export type { BuildInfo, Module } from './build-info.ts'
export { readBuildInfo } from './go-binary.ts'

export interface SbomInput {
  /** Absolute path of the release directory. */
  readonly release: string
  /** Glob patterns of Go binaries to describe instead of a release. */
  readonly files: readonly string[]
  readonly dryRun: boolean
}

/** A document that is written, or would be in a dry run. */
export interface WrittenDocument {
  /** Relative to the release directory; for `files`, absolute. */
  readonly path: string
  readonly describes: string
  readonly packages: number
  readonly digest: Digest
}

export interface SbomResult {
  /** Of release.json; undefined when files were described that belong to no release. */
  readonly releaseDigest: Digest | undefined
  readonly documents: readonly WrittenDocument[]
  /** Whether anything was written, or would be. */
  readonly changed: boolean
}

/**
 * Describes a release, or the given files. The same input gives the same bytes; a second run writes nothing.
 * @throws UserError when a digest differs from the record, or a binary cannot be read
 */
export function writeSboms(input: SbomInput, step: Step): Promise<SbomResult> {
  return input.files.length > 0 ? describeFiles(input, step) : describeRelease(input, step)
}

async function describeRelease({ release: directory, dryRun }: SbomInput, step: Step): Promise<SbomResult> {
  const release = await openRelease(directory)
  const plan = planSboms(release.record, await observeRelease(release, step))
  const done = dryRun ? { ...release, changed: false } : await applySboms(release, plan)
  const changed = done.changed || hasChanges(plan.documents)
  report(plan.documents, changed, dryRun, step)
  return {
    releaseDigest: done.digest,
    documents: plan.documents.map((document) => writtenDocument(document, `files/${document.name}`)),
    changed,
  }
}

async function describeFiles({ files, dryRun }: SbomInput, step: Step): Promise<SbomResult> {
  const documents = await planFiles(await findFiles(files, step), step)
  if (!dryRun) await writeDocuments(step.workspace, documents)
  report(documents, hasChanges(documents), dryRun, step)
  return {
    releaseDigest: undefined,
    documents: documents.map((document) => writtenDocument(document, document.name)),
    changed: hasChanges(documents),
  }
}

const hasChanges = (documents: readonly PlannedDocument[]): boolean =>
  documents.some(({ state }) => state !== 'unchanged')

const writtenDocument = ({ describes, packages, digest }: PlannedDocument, path: string): WrittenDocument => ({
  path,
  describes,
  packages,
  digest,
})

function report(documents: readonly PlannedDocument[], changed: boolean, dryRun: boolean, step: Step): void {
  const rows = documents.map(({ name, describes, packages, digest, state }) => [
    name,
    describes,
    `${packages}`,
    digest,
    state,
  ])
  step.summary(
    heading(dryRun ? 'SBOM (dry run)' : 'SBOM'),
    table(['Document', 'Describes', 'Packages', 'Digest', dryRun ? 'Would be' : 'State'], rows),
    ...(changed ? [] : [text('Nothing changed.')]),
  )
  const count = `${documents.length} SPDX document${documents.length === 1 ? '' : 's'}`
  if (!changed) step.log.info(`${count}: nothing changed`)
  else step.log.info(dryRun ? `${count} planned; nothing was written (dry run)` : `${count} written`)
}
