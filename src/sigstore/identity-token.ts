import { UserError } from '../runner/index.ts'

/** What a token says of its bearer. Nothing is proven here: Fulcio does that, and its certificate then counts. */
export interface TokenClaims {
  /** The identity and issuer that Fulcio is expected to certify. */
  readonly identity: string
  readonly issuer: string
  /** What Fulcio wants signed as proof of possession of the key: the email address, else the subject. */
  readonly challenge: string
  readonly expires: Date | undefined
}

/**
 * Reads the claims of an OIDC token (RFC 7519).
 * @throws UserError that does not quote the token
 */
export function readIdentityToken(token: string): TokenClaims {
  const claims = decodeClaims(token)
  const text = (name: string): string | undefined => {
    const value = claims.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const issuer = text('iss')
  const subject = text('sub')
  if (!issuer || !subject) throw malformed('it names no issuer or no subject')
  const email = text('email')
  if (email && claims.get('email_verified') !== true && claims.get('email_verified') !== 'true') {
    throw new UserError('The email address in the identity token was not verified by its issuer')
  }
  const expires = claims.get('exp')
  return {
    identity: email ?? workflowOf(text) ?? subject,
    issuer: connectorOf(claims) ?? issuer,
    challenge: email ?? subject,
    expires: typeof expires === 'number' ? new Date(expires * 1000) : undefined,
  }
}

// GitHub's and GitLab's certificates name the workflow file, not the token's subject (fulcio: docs/oidc.md).
function workflowOf(text: (name: string) => string | undefined): string | undefined {
  const github = text('job_workflow_ref')
  if (github) return `https://github.com/${github}`
  const gitlab = text('ci_config_ref_uri')
  return gitlab ? `https://${gitlab}` : undefined
}

// Sigstore's own Dex names in this claim the issuer that it asked.
function connectorOf(claims: ReadonlyMap<string, unknown>): string | undefined {
  const federated = claims.get('federated_claims')
  if (federated === null || typeof federated !== 'object' || !('connector_id' in federated)) return undefined
  return typeof federated.connector_id === 'string' ? federated.connector_id : undefined
}

function decodeClaims(token: string): ReadonlyMap<string, unknown> {
  const parts = token.split('.')
  if (parts.length !== 3) throw malformed('it has not three parts')
  let claims: unknown
  try {
    claims = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'))
  } catch {
    throw malformed('its claims are not JSON')
  }
  if (claims === null || typeof claims !== 'object') throw malformed('its claims are not an object')
  return new Map(Object.entries(claims))
}

const malformed = (reason: string): UserError =>
  new UserError(`The identity token is not a JSON Web Token: ${reason}`, {
    hint: "Check what is given by the input 'identity-token' or in SIGSTORE_ID_TOKEN.",
  })
