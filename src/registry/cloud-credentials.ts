import { amazonAccess, googleToken } from '../cloud/index.ts'
import { describeError, type Step, UserError } from '../runner/index.ts'
import type { Credentials } from './credentials.ts'

/**
 * The identity that the surroundings have in the cloud of a registry: Google's for Artifact Registry and Container Registry,
 * Amazon's for ECR. Undefined where the registry is no such one, or there is no identity.
 * @throws UserError when the cloud does not take the credentials that are there
 */
export async function cloudCredentials(host: string, step: Step): Promise<Credentials | undefined> {
  if (isGoogleRegistry(host)) {
    const found = await googleToken(step)
    return found && { kind: 'basic', username: 'oauth2accesstoken', password: found.token, expires: found.expires }
  }
  const region = regionOfAmazonRegistry(host)
  return region === undefined ? undefined : amazonCredentials(host, region, step)
}

/** `gcr.io`, `eu.gcr.io`, `europe-west1-docker.pkg.dev`. */
export const isGoogleRegistry = (host: string): boolean =>
  /^(?:(?:[a-z0-9-]+\.)?gcr\.io|(?:[a-z0-9-]+-)?docker\.pkg\.dev)$/.test(host)

/** Of `ACCOUNT.dkr.ecr.REGION.amazonaws.com` and its variants for FIPS and China. */
export const regionOfAmazonRegistry = (host: string): string | undefined =>
  /^\d{12}\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/.exec(host)?.groups
    ?.region

async function amazonCredentials(host: string, region: string, step: Step): Promise<Credentials | undefined> {
  const { ECRClient, GetAuthorizationTokenCommand } = await import('@aws-sdk/client-ecr')
  const endpoint = step.environment.AWS_ENDPOINT_URL_ECR || step.environment.AWS_ENDPOINT_URL
  const client = new ECRClient({ region, ...amazonAccess(step), ...(endpoint ? { endpoint } : {}) })
  try {
    const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}), {
      abortSignal: step.signal,
    })
    const [found] = authorizationData ?? []
    const [username = '', password = ''] = Buffer.from(found?.authorizationToken ?? '', 'base64')
      .toString()
      .split(':', 2)
    if (username === '' || password === '') throw new Error('the answer has no token')
    return { kind: 'basic', username, password, expires: found?.expiresAt?.getTime() }
  } catch (error) {
    step.signal.throwIfAborted()
    if (!hasAmazonIdentity(step, error)) return undefined
    throw new UserError(`ECR in ${region} gives no token for ${host}: ${describeError(error)}`, {
      hint: 'The profile or role that is named here must exist and have ecr:GetAuthorizationToken; or log in with docker.',
    })
  } finally {
    client.destroy()
  }
}

/** False where the SDK's chain came to its end, and nobody named a source that should have had some: then one is anonymous. */
function hasAmazonIdentity({ environment }: Step, error: unknown): boolean {
  const named =
    environment.AWS_PROFILE ||
    environment.AWS_WEB_IDENTITY_TOKEN_FILE ||
    environment.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI ||
    environment.AWS_CONTAINER_CREDENTIALS_FULL_URI
  // A link of the chain that has credentials, but not good ones, fails by the same name with a reason of its own.
  return Boolean(named) || !describeError(error).startsWith('Could not load credentials from any providers')
}
