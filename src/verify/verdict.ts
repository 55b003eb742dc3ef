/** What was checked of a subject. */
export type CheckName =
  | 'bytes'
  | 'recorded'
  | 'checksums'
  | 'image'
  | 'referrers'
  | 'evidence'
  | 'source'
  | 'signature'
  | 'provenance'
  | 'sbom'
  | 'predicate'

/** One check of one subject and how it ended. Every check of a release is in the report, whatever the others say. */
export interface Check {
  /** Name of an artifact (`hello-linux-amd64`, `images/hello:linux-amd64`), or a path in the release directory. */
  readonly subject: string
  readonly check: CheckName
  readonly passed: boolean
  /** Why it failed, or by what it passed. */
  readonly reason: string
}

export const passed = (subject: string, check: CheckName, reason: string): Check => ({
  subject,
  check,
  passed: true,
  reason,
})

export const failed = (subject: string, check: CheckName, reason: string): Check => ({
  subject,
  check,
  passed: false,
  reason,
})

/** Passes when there is nothing to object to. */
export const unless = (subject: string, check: CheckName, objections: readonly string[], reason: string): Check =>
  objections.length === 0 ? passed(subject, check, reason) : failed(subject, check, objections.join('; '))
