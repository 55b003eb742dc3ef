import { formatLocation, type Location } from '../runner/index.ts'

/** What is wrong with a manifest, and where. */
export interface Finding {
  readonly location: Location
  readonly rule: Rule
  readonly message: string
}

/** What each means is in the README of actions/lint-manifests. */
export type Rule =
  | 'yaml'
  | 'unused'
  | 'digest'
  | 'tag'
  | 'name'
  | 'sha256'
  | 'file-name'
  | 'latest'
  | 'repeated-image'
  | 'repeated-digest'
  | 'repeated-tag'
  | 'repeated-file'
  | 'repeated-destination'
  | 'repeated-release'
  | 'two-digests'
  | 'two-hashes'
  | 'missing-region'
  | 'source-is-destination'
  | 'tag-moved'
  | 'removed'

/** `file:line:column rule message`; what concerns a whole file is at its start. */
export const formatFinding = ({ location: { file, line = 1, column = 1 }, rule, message }: Finding): string =>
  `${formatLocation({ file, line, column })} ${rule} ${message}`

/** In the order of the files. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const line = ({ location }: Finding): number => location.line ?? 0
  const column = ({ location }: Finding): number => location.column ?? 0
  return [...findings].sort((left, right) => {
    if (left.location.file !== right.location.file) return left.location.file < right.location.file ? -1 : 1
    return line(left) - line(right) || column(left) - column(right)
  })
}
