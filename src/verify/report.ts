import type { Digest } from '../oci/index.ts'
import { type Block, FailedItems, heading, table, text, UserError } from '../runner/index.ts'
import type { BundleVerifier } from '../sigstore/index.ts'
import type { Check, CheckName } from './verdict.ts'

/** What was verified, by which policy, and how each check ended; the JSON of the output and input `report`. */
export interface Report {
  readonly verified: boolean
  /** Digest of release.json; absent for files and images that belong to no release. */
  readonly release?: Digest
  readonly policy: (BundleVerifier['trusted'] | PolicyName) & {
    readonly builderId?: string
    readonly allowModified?: boolean
  }
  readonly checks: readonly Check[]
}

/** The policy file that says who must have signed, and more. */
export interface PolicyName {
  readonly kind: 'policy'
  /** Of the file's bytes. */
  readonly digest: Digest
}

const columns: readonly CheckName[] = [
  'bytes',
  'image',
  'checksums',
  'signature',
  'provenance',
  'sbom',
  'predicate',
  'referrers',
]

/** Every failure with its reason; then one row an artifact, one column a check. Bundles show in what they speak of. */
export function reportSummary({ verified, checks, policy }: Report): Block[] {
  const failures = checks.filter((check) => !check.passed)
  const marks = marksOf(checks)
  const used = columns.filter((column) => checks.some(({ check }) => check === column))
  return [
    heading(verified ? 'Verified' : `Not verified: ${failures.length} of ${checks.length} checks failed`),
    text(`Expected signer: ${signerOf(policy)}.`),
    ...(failures.length > 0
      ? [
          table(
            ['Subject', 'Failed check', 'Reason'],
            failures.map(({ subject, check, reason }) => [subject, check, reason]),
          ),
        ]
      : []),
    table(
      ['Subject', ...used],
      [...marks]
        .filter(([subject]) => !subject.startsWith('evidence/'))
        .map(([subject, row]) => [subject, ...used.map((column) => row.get(column) ?? '')]),
    ),
  ]
}

function signerOf(policy: Report['policy']): string {
  switch (policy.kind) {
    case 'policy':
      return `any of the policy ${policy.digest}`
    case 'key':
      return `the key ${policy.identity}`
    case 'keyless':
      return `${policy.identity}, attested by ${policy.issuer}`
  }
}

/** @throws FailedItems that names each check that failed */
export function requireVerified({ checks }: Report): void {
  const failures = checks.filter(({ passed }) => !passed)
  if (failures.length === 0) return
  throw new FailedItems(
    'Verification',
    failures.map(({ subject, check, reason }) => new UserError(`${subject}: ${check}: ${reason}`)),
  )
}

/** Of each subject, the sign of each check that it has. */
function marksOf(checks: readonly Check[]): Map<string, Map<CheckName, string>> {
  const marks = new Map<string, Map<CheckName, string>>()
  for (const { subject, check, passed } of checks.filter((each) => columns.includes(each.check))) {
    const row = marks.get(subject) ?? new Map<CheckName, string>()
    marks.set(subject, row.set(check, passed && row.get(check) !== '✗' ? '✓' : '✗'))
  }
  return marks
}
