import type { ASN1Obj, X509Certificate } from '@sigstore/core'
import { UserError } from '../runner/index.ts'

/** Arc of Fulcio's certificate extensions. Source: github.com/sigstore/fulcio, docs/oid-info.md. */
const fulcioArc = '1.3.6.1.4.1.57264.1.'
const issuerOid = `${fulcioArc}8`
const oldIssuerOid = `${fulcioArc}1`
// Up to .6 the value is the text itself; from .8 on it is a DER UTF8String.
const lastRawExtension = 6

export interface CertificateIdentity {
  /** Subject alternative name: an email address or a URI. */
  readonly identity: string
  readonly issuer: string
  /** By full OID, decoded to text, sorted by number. */
  readonly extensions: Readonly<Record<string, string>>
  readonly notAfter: Date
}

/**
 * Whom a Fulcio certificate (DER) names.
 * @throws UserError when it is not a certificate, or names nobody
 */
export async function readCertificate(der: Uint8Array): Promise<CertificateIdentity> {
  const { ASN1Obj, X509Certificate } = await import('@sigstore/core')
  let read: CertificateIdentity
  try {
    read = identityOf(X509Certificate.parse(Buffer.from(der)), ASN1Obj.parseBuffer)
  } catch {
    throw new UserError('The certificate cannot be read')
  }
  if (read.identity && read.issuer) return read
  throw new UserError('The certificate names no identity or no issuer; it is not one of Fulcio')
}

function identityOf(certificate: X509Certificate, parse: typeof ASN1Obj.parseBuffer): CertificateIdentity {
  const extensions = fulcioExtensions(certificate, parse)
  return {
    identity: certificate.subjectAltName ?? '',
    issuer: extensions[issuerOid] ?? extensions[oldIssuerOid] ?? '',
    extensions,
    notAfter: certificate.notAfter,
  }
}

function fulcioExtensions(certificate: X509Certificate, parse: typeof ASN1Obj.parseBuffer): Record<string, string> {
  const found: [number, string][] = []
  for (const { subs } of certificate.extensions) {
    const oid = subs[0]?.toOID() ?? ''
    const number = oid.startsWith(fulcioArc) ? Number(oid.slice(fulcioArc.length)) : Number.NaN
    const value = subs.at(-1)?.value
    if (!Number.isInteger(number) || !value) continue
    found.push([
      number,
      number <= lastRawExtension ? value.toString('utf8') : parse(Buffer.from(value)).value.toString('utf8'),
    ])
  }
  return Object.fromEntries(
    found.sort(([left], [right]) => left - right).map(([number, text]) => [`${fulcioArc}${number}`, text]),
  )
}
