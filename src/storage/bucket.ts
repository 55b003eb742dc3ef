import { UserError } from '../runner/index.ts'
import { requireName } from './name.ts'

/** A bucket and where in it the names of a store begin. */
export interface BucketPlace {
  readonly bucket: string
  /** Empty, or ends with `/`. */
  readonly prefix: string
}

/**
 * Reads `//BUCKET` or `//BUCKET/PREFIX`, what follows the scheme of an address.
 * @throws UserError when it is not of that form
 */
export function parseBucketPlace(address: string, rest: string): BucketPlace {
  const groups = /^\/\/(?<bucket>[a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:\/(?<prefix>.*?))?\/?$/.exec(rest)?.groups
  if (groups?.bucket === undefined) {
    throw new UserError(`'${address}' does not name a bucket`, {
      hint: 'Write s3://BUCKET/PREFIX or gs://BUCKET/PREFIX; buckets have lower-case letters, digits, dots and hyphens.',
    })
  }
  const { bucket, prefix = '' } = groups
  if (prefix === '') return { bucket, prefix: '' }
  requireName(prefix)
  return { bucket, prefix: `${prefix}/` }
}
