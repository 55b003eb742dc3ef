import { describeError, UserError } from '../runner/index.ts'
import { noSuchBucket } from './failure.ts'
import { statusOf } from './transient.ts'

/** What a user can mend of what GCS or its SDK says; anything else stays as it is. */
export function googleFailure(address: string, what: string, error: unknown): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error
  const failed = (reason: string, hint: string): UserError =>
    new UserError(`${address}: cannot ${what}: ${reason}`, { hint, cause: error })
  if (/default credentials/i.test(error.message)) {
    return failed(
      'there are no credentials for Google Cloud',
      'Log in with google-github-actions/auth, or name a file of credentials in GOOGLE_APPLICATION_CREDENTIALS.',
    )
  }
  const status = statusOf(error)
  if (status === 401 || /invalid_grant|invalid_client/.test(error.message)) {
    return failed('the credentials are not valid', 'Log in again, or check GOOGLE_APPLICATION_CREDENTIALS.')
  }
  if (status === 403) {
    return failed(
      'access is denied',
      'The account needs storage.objects.get, .list and .create in the bucket; .delete to move version markers.',
    )
  }
  // An object that is missing is no failure anywhere.
  if (status === 404) return noSuchBucket(address)
  if (status !== undefined)
    return failed(`GCS answers ${status} ${describeError(error)}`, 'Try again later, or check the request.')
  if ('code' in error) {
    return failed(
      describeError(error) || String(error.code),
      'Check the endpoint, and that it can be reached from here.',
    )
  }
  return error
}
