import type { Location } from '../runner/index.ts'
import type { FileWish } from './files/index.ts'
import type { RepositoryWish } from './images/index.ts'

/** What shall be where, whatever it was read from. Plain data. */
export interface PromotionWish {
  readonly images: readonly RepositoryWish[]
  readonly files: readonly FileWish[]
  /** Of a release: what its version markers shall say. */
  readonly version?: string
  /** What was asked for, but can't be promoted as it is written. */
  readonly malformed: readonly { readonly what: string; readonly message: string; readonly location: Location }[]
}
