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
    const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}))
    const [found] = authorizationData ?? []
    const [username = '', password = ''] = Buffer.from(found?.authorizationToken ?? '', 'base64')
      .toString()
      .split(':', 2)
    if (username === '' || password === '') throw new Error('the answer has no token')
    return { kind: 'basic', username, password, expires: found?.expiresAt?.getTime() }
  } catch (error) {
    // The chain of the SDK found none anywhere: whoever may read without, does.
    if (error instanceof Error && error.name === 'CredentialsProviderError') return undefined
    throw new UserError(`ECR in ${region} gives no token for ${host}: ${describeError(error)}`, {
      hint: 'Let the role have ecr:GetAuthorizationToken, or log in with a docker credential helper.',
    })
  } finally {
    client.destroy()
  }
}
