import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { HttpClient } from '../http/index.ts'
import { UserError } from '../runner/index.ts'
import { member } from './json.ts'
import { publicKeyPem } from './key.ts'
import { jsonRequest, requestService } from './service-request.ts'
import { signBytes } from './signature.ts'

/**
 * Asks Fulcio for a certificate over a key. Answers the leaf, DER.
 * Source: github.com/sigstore/fulcio, fulcio.proto, CreateSigningCertificate.
 * @throws UserError when it refuses the identity
 */
export async function requestCertificate(
  http: HttpClient,
  fulcio: string,
  identity: { readonly token: string; readonly challenge: string },
  privateKey: KeyObject,
): Promise<Buffer> {
  const publicKey = createPublicKey(privateKey)
  const request = jsonRequest(`${fulcio}/api/v2/signingCert`, {
    credentials: { oidcIdentityToken: identity.token },
    publicKeyRequest: {
      publicKey: { algorithm: 'ECDSA', content: publicKeyPem(publicKey) },
      proofOfPossession: signBytes(privateKey, Buffer.from(identity.challenge)).toString('base64'),
    },
  })
  const response = await requestService(http, request, { service: 'Fulcio', secret: identity.token })
  const certificate = leafOf(await response.json())
  if (!certificate?.publicKey.equals(publicKey)) {
    throw new UserError(`Fulcio at ${fulcio} answered with no certificate over our key`)
  }
  return certificate.raw
}

/** First certificate of the chain; the SCT is inside it, or came apart. */
function leafOf(answer: unknown): X509Certificate | undefined {
  const signed = member(answer, 'signedCertificateEmbeddedSct') ?? member(answer, 'signedCertificateDetachedSct')
  const pem = member(member(member(signed, 'chain'), 'certificates'), '0')
  try {
    return typeof pem === 'string' ? new X509Certificate(pem) : undefined
  } catch {
    return undefined
  }
}
