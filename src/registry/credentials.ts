import type { Step } from '../runner/index.ts'
import { cloudCredentials } from './cloud-credentials.ts'
import { dockerCredentials } from './docker-config.ts'

/** What a registry is shown. An identity token is exchanged at its token service. */
export type Credentials =
  | {
      readonly kind: 'basic'
      readonly username: string
      readonly password: string
      /** Milliseconds since the epoch, where they are good for a while only. */
      readonly expires?: number | undefined
    }
  | { readonly kind: 'identity token'; readonly token: string }

/**
 * Credentials for a registry host: from docker's config.json, which somebody wrote for this very registry; else the job's
 * token where the host is GitHub's registry, and the identity that the surroundings have in the registry's cloud; undefined
 * to be anonymous.
 * @throws UserError when the config is malformed, a helper fails or a cloud does not take the credentials
 */
export async function findCredentials(host: string, step: Step): Promise<Credentials | undefined> {
  const found = (await dockerCredentials(host, step)) ?? jobToken(host, step) ?? (await cloudCredentials(host, step))
  if (found) step.secret(found.kind === 'basic' ? found.password : found.token)
  return found
}

function jobToken(host: string, step: Step): Credentials | undefined {
  const { GITHUB_TOKEN, GITHUB_ACTOR } = step.environment
  if (!(step.onGitHub && host === 'ghcr.io' && GITHUB_TOKEN)) return undefined
  return { kind: 'basic', username: GITHUB_ACTOR || 'x-access-token', password: GITHUB_TOKEN }
}
