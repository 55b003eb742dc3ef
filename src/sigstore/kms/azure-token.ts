import { type Step, UserError } from '../../runner/index.ts'
import { member } from '../json.ts'

const metadata = 'http://169.254.169.254/metadata/identity/oauth2/token'

/**
 * An access token for a resource of Azure, masked, by what azure/login and the SDKs of Azure put in the environment: the federation
 * of a GitHub job, a client's secret, or else the managed identity of the machine.
 * Source: learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow.
 */
export async function azureToken(resource: string, step: Step): Promise<string> {
  const { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client, AZURE_CLIENT_SECRET: secret } = step.environment
  if (!tenant || !client) return askMachine(client, resource, step)
  const { AZURE_AUTHORITY_HOST: host = 'https://login.microsoftonline.com' } = step.environment
  const proof = secret ? { client_secret: step.secret(secret) } : await assertion(step)
  const form = { grant_type: 'client_credentials', client_id: client, scope: `${resource}/.default`, ...proof }
  const response = await step.http.request({
    method: 'POST',
    url: `${host.replace(/\/+$/, '')}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  })
  return tokenOf(response, step)
}

async function assertion(step: Step): Promise<Record<string, string>> {
  const token = await step.identityToken('api://AzureADTokenExchange')
  if (token === undefined) {
    throw new UserError('AZURE_CLIENT_ID is set, but there is nothing to prove it with', {
      hint: "Let the job have 'permissions: id-token: write', or set AZURE_CLIENT_SECRET.",
    })
  }
  return {
    client_assertion: token,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  }
}

async function askMachine(client: string | undefined, resource: string, step: Step): Promise<string> {
  const query = { 'api-version': '2018-02-01', resource, ...(client ? { client_id: client } : {}) }
  const response = await step.http
    .request({
      url: `${metadata}?${new URLSearchParams(query)}`,
      headers: { metadata: 'true' },
      timeout: 2000,
      repeatable: false,
    })
    .catch(() => undefined)
  if (response) return tokenOf(response, step)
  throw new UserError('There are no credentials of Azure: this machine has no managed identity', {
    hint: 'Set AZURE_TENANT_ID and AZURE_CLIENT_ID, and let the job have an identity token or AZURE_CLIENT_SECRET.',
  })
}

async function tokenOf(response: Response, step: Step): Promise<string> {
  const answer: unknown = await response.json().catch(() => undefined)
  const token = member(answer, 'access_token')
  if (response.ok && typeof token === 'string') return step.secret(token)
  const reason = member(answer, 'error_description') ?? member(answer, 'error') ?? `status ${response.status}`
  throw new UserError(`Azure gave no token: ${String(reason).split(/\r?\n/)[0]}`)
}
