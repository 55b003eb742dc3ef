import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AuthClient } from 'google-auth-library'
import { describeError, type Step, UserError } from '../runner/index.ts'

export interface GoogleToken {
  readonly token: string
  /** Milliseconds since the epoch; undefined where nobody says. */
  readonly expires: number | undefined
}

const scope = 'https://www.googleapis.com/auth/cloud-platform'

const sources = new WeakMap<Step, () => Promise<GoogleToken | undefined>>()

/**
 * An access token of Google Cloud, as its own tools find it: given in the environment, by the file of application default
 * credentials (a service account, or the federation that google-github-actions/auth sets up), or of the machine's service
 * account, where this is a machine of Google's. Masked. One token serves all hosts of a step until it is about to end.
 * @returns undefined where there are no credentials
 * @throws UserError when there are some, and Google does not take them
 */
export async function googleToken(step: Step): Promise<GoogleToken | undefined> {
  const { CLOUDSDK_AUTH_ACCESS_TOKEN, GOOGLE_OAUTH_ACCESS_TOKEN } = step.environment
  const given = CLOUDSDK_AUTH_ACCESS_TOKEN || GOOGLE_OAUTH_ACCESS_TOKEN
  if (given) return { token: step.secret(given), expires: undefined }
  const source = sources.get(step) ?? tokenSource(step)
  sources.set(step, source)
  return source()
}

/** A promotion goes to dozens of hosts of Google's at once: they wait for one exchange, and the library keeps its token. */
function tokenSource(step: Step): () => Promise<GoogleToken | undefined> {
  let client: AuthClient | undefined
  let underWay: Promise<GoogleToken | undefined> | undefined
  const ask = async (): Promise<GoogleToken | undefined> => {
    const keyFilename = await credentialsFile(step)
    if (keyFilename === undefined && !(await isGoogleMachine(step))) return undefined
    try {
      client ??= await openClient(keyFilename)
      const { token } = await client.getAccessToken()
      if (!token) return undefined
      return { token: step.secret(token), expires: client.credentials.expiry_date ?? undefined }
    } catch (error) {
      if (keyFilename !== undefined) throw refusedFile(keyFilename, error)
      step.log.debug(`This machine of Google's has no service account to use: ${describeError(error)}`)
      return undefined
    }
  }
  return () => {
    underWay ??= ask().finally(() => {
      underWay = undefined
    })
    return underWay
  }
}

async function openClient(keyFilename: string | undefined): Promise<AuthClient> {
  const { Compute, GoogleAuth } = await import('google-auth-library')
  // The library's own search for a machine's account runs gcloud by a shell, to learn of a project that nobody needs.
  if (keyFilename === undefined) return new Compute({ scopes: [scope] })
  return new GoogleAuth({ scopes: [scope], keyFilename }).getClient()
}

function refusedFile(keyFilename: string, error: unknown): UserError {
  // The parser's message would quote the file, which holds a private key.
  const reason = error instanceof Error && error.name === 'SyntaxError' ? 'it is not JSON' : describeError(error)
  return new UserError(`Google does not take the credentials in ${keyFilename}: ${reason}`, {
    hint: 'In a workflow let google-github-actions/auth write them, in a terminal gcloud auth application-default login.',
  })
}

/** Source: cloud.google.com/docs/authentication/application-default-credentials, "Search order". */
async function credentialsFile({ environment }: Step): Promise<string | undefined> {
  const { GOOGLE_APPLICATION_CREDENTIALS, CLOUDSDK_CONFIG, HOME } = environment
  if (GOOGLE_APPLICATION_CREDENTIALS) return GOOGLE_APPLICATION_CREDENTIALS
  if (!(CLOUDSDK_CONFIG || HOME)) return undefined
  const path = join(CLOUDSDK_CONFIG || join(HOME ?? '', '.config', 'gcloud'), 'application_default_credentials.json')
  return access(path).then(
    () => path,
    () => undefined,
  )
}

/** Without looking for a metadata server that does not answer: that would cost everybody else seconds. */
async function isGoogleMachine({ environment }: Step): Promise<boolean> {
  const { GCE_METADATA_HOST, K_SERVICE, CLOUD_RUN_JOB, METADATA_SERVER_DETECTION } = environment
  if (METADATA_SERVER_DETECTION === 'none') return false
  if (GCE_METADATA_HOST || K_SERVICE || CLOUD_RUN_JOB) return true
  const vendor = await readFile('/sys/class/dmi/id/bios_vendor', 'utf8').catch(() => '')
  return vendor.startsWith('Google')
}
