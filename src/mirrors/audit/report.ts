import { type Block, FailedItems, fitsOutput, heading, table, text, UserError } from '../../runner/index.ts'
import { type Finding, type FindingKind, findingKinds } from './findings.ts'

/** How all mirrors compare with the manifests; the JSON of the output and input `report`. */
export interface AuditReport {
  /** Whether nothing was found but what only warns. */
  readonly passed: boolean
  readonly mirrors: readonly AuditedMirror[]
  /** By mirror and item. */
  readonly findings: readonly (Omit<Finding, 'warning'> & { readonly severity: 'error' | 'warning' })[]
}

export interface AuditedMirror {
  readonly mirror: string
  readonly repositories: number
  /** Of a store. */
  readonly files: number
}

/** A summary is for reading; the report has everything. */
const mostRows = 100

/** @param warn kinds that do not fail the audit */
export function makeReport(
  mirrors: readonly AuditedMirror[],
  findings: readonly Finding[],
  warn: readonly FindingKind[],
): AuditReport {
  const judged = findings.map(({ warning, ...finding }) => ({
    ...finding,
    severity: warning || warn.includes(finding.kind) ? ('warning' as const) : ('error' as const),
  }))
  return { passed: judged.every(({ severity }) => severity === 'warning'), mirrors, findings: judged }
}

/** One row a mirror, one column a kind; then the findings. */
export function reportSummary({ passed, mirrors, findings }: AuditReport): Block[] {
  const kinds = findingKinds.filter((kind) => findings.some((finding) => finding.kind === kind))
  const count = (mirror: string, kind: FindingKind): string =>
    String(findings.filter((finding) => finding.mirror === mirror && finding.kind === kind).length || '')
  const amount = findings.length === 1 ? '1 finding' : `${findings.length} findings`
  return [
    heading(
      findings.length === 0
        ? 'Mirrors are as the manifests say'
        : `Mirrors: ${amount}${passed ? ', warnings only' : ''}`,
    ),
    table(
      ['Mirror', 'Repositories', 'Files', ...kinds],
      mirrors.map(({ mirror, repositories, files }) => [
        mirror,
        String(repositories || ''),
        String(files || ''),
        ...kinds.map((kind) => count(mirror, kind)),
      ]),
    ),
    ...(findings.length === 0
      ? []
      : [
          table(
            ['Finding', 'What', 'Why'],
            findings.slice(0, mostRows).map(({ kind, item, message }) => [kind, item, message]),
          ),
        ]),
    ...(findings.length > mostRows ? [text(`${findings.length - mostRows} more are in the report.`)] : []),
  ]
}

/** What the audit says to later steps. The report is empty where it is too large for that. */
export interface AuditOutputs {
  readonly report: AuditReport | ''
  readonly findings: number
  readonly passed: boolean
}

export const auditOutputs = (report: AuditReport): AuditOutputs => ({
  report: fitsOutput(report) ? report : '',
  findings: report.findings.length,
  passed: report.passed,
})

/** @throws FailedItems that names the findings that fail the audit */
export function requirePassed(report: AuditReport): void {
  const failures = report.findings.filter(({ severity }) => severity === 'error')
  if (failures.length === 0) return
  throw new FailedItems(
    'Audit of mirrors',
    failures.map(
      ({ kind, item, message, location }) =>
        new UserError(`${kind}: ${item}: ${message}`, location === undefined ? {} : { location }),
    ),
    { outputs: { ...auditOutputs(report) } },
  )
}
