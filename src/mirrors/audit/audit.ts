import { type Manifests, readManifests } from '../../manifests/index.ts'
import { atomicWrite } from '../../release/index.ts'
import { type Step, suggest, UserError } from '../../runner/index.ts'
import type { Mirrors } from '../policy.ts'
import { readMirrors } from '../read.ts'
import { auditFiles } from './files.ts'
import { type Finding, type FindingKind, findingKinds, sortFindings } from './findings.ts'
import { auditImages, type ImageAuditOptions } from './images.ts'
import { createPatience } from './patience.ts'
import { type AuditReport, makeReport, reportSummary, requirePassed } from './report.ts'
import { createCount, type Work } from './work.ts'

export interface AuditOptions extends ImageAuditOptions {
  /** Absolute path of promotion manifests. */
  readonly manifests: string
  /** Absolute path of a mirrors policy; without one the destinations in the manifests are audited. */
  readonly mirrors: string | undefined
  /** Kinds of findings that do not fail the audit. */
  readonly warn: readonly string[]
  /** Absolute path of the file to write the report to. */
  readonly report: string | undefined
  readonly dryRun: boolean
}

/**
 * Compares mirrors with the manifests, and with each other. Writes nothing but the report, and fails only after it.
 * @throws FailedItems that names each finding; UserError for bad input
 */
export async function auditMirrors(options: AuditOptions, step: Step): Promise<AuditReport> {
  const warn = options.warn.map(parseKind)
  const manifests = await readManifests(options.manifests)
  const mirrors = options.mirrors === undefined ? undefined : await readMirrors(options.mirrors, step)
  const count = createCount()
  const work = { step, patience: createPatience(step.signal), count: count.add }
  const findings = sortFindings(await findAll(manifests, mirrors, options, work))
  const report = makeReport(count.mirrors(), findings, warn)
  step.summary(...reportSummary(report))
  if (options.report !== undefined && !options.dryRun) {
    await atomicWrite(options.report, `${JSON.stringify(report, null, 2)}\n`)
  }
  requirePassed(report)
  return report
}

function findAll(
  manifests: Manifests,
  mirrors: Mirrors | undefined,
  options: AuditOptions,
  work: Work,
): Promise<Finding[]> {
  switch (manifests.kind) {
    case 'images':
      return auditImages(manifests.manifests, mirrors, options, work)
    case 'files':
      return auditFiles(manifests.manifests, mirrors, work)
    case 'releases':
      throw new UserError(`${options.manifests} names GitHub releases, not digests, and cannot be audited`, {
        hint: 'Name image manifests or file manifests.',
      })
  }
}

/** @throws UserError */
function parseKind(text: string): FindingKind {
  const kind = findingKinds.find((known) => known === text)
  if (kind) return kind
  const near = suggest(text, findingKinds)
  throw new UserError(`'${text}' is no kind of finding`, {
    hint: near ? `Did you mean '${near}'?` : `Known are ${findingKinds.join(', ')}.`,
  })
}
