import type { Location } from '../runner/index.ts'

/** What is wrong with a manifest, and where. */
export interface Finding {
  readonly location: Location
  readonly rule: Rule
  readonly message: string
}

export type Rule =
  | 'yaml'
  | 'digest'
  | 'tag'
  | 'name'
  | 'sha256'
  | 'file-name'
  | 'repeated-image'
  | 'repeated-digest'
  | 'repeated-tag'
  | 'repeated-file'
  | 'repeated-registry'
  | 'empty'
  | 'latest'
  | 'two-digests'
  | 'two-hashes'
  | 'tag-moved'
  | 'removed'
  | 'missing-region'
  | 'source-is-destination'
