import { describeError, UserError } from '../runner/index.ts'
import { noSuchBucket } from './failure.ts'
import { statusOf } from './transient.ts'

/** What a user can mend of what S3 or its SDK says; anything else stays as it is. */
export function s3Failure(address: string, what: string, error: unknown): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error
  const failed = (reason: string, hint: string): UserError =>
    new UserError(`${address}: cannot ${what}: ${reason}`, { hint, cause: error })
  switch (error.name) {
    case 'CredentialsProviderError':
      return failed(
        'there are no credentials for AWS',
        'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in with aws-actions/configure-aws-credentials.',
      )
    case 'ExpiredToken':
    case 'InvalidAccessKeyId':
    case 'InvalidToken':
    case 'SignatureDoesNotMatch':
      return failed(
        `the credentials are not valid (${error.name})`,
        'Log in again, or check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      )
    case 'NoSuchBucket':
      return noSuchBucket(address)
  }
  if (error.message === 'Region is missing') return failed('no region is set', 'Set AWS_REGION.')
  const status = statusOf(error)
  if (status === 401 || status === 403) {
    return failed(
      'access is denied',
      'The credentials need s3:GetObject, s3:PutObject and s3:AbortMultipartUpload below the prefix, and s3:ListBucket on the bucket.',
    )
  }
  if (status !== undefined)
    return failed(`S3 answers ${status} ${describeError(error)}`, 'Try again later, or check the request.')
  if ('code' in error)
    return failed(
      describeError(error) || String(error.code),
      'Check the endpoint, and that it can be reached from here.',
    )
  return error
}
