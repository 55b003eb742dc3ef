import { createHash, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { ASN1Obj } from '@sigstore/core'
import { listen } from '../runner/index.ts'

export interface CertificateLog {
  /** With the log's prefix, as Fulcio wants it. */
  readonly url: string
  /** PEM. */
  readonly publicKey: string
  close(): Promise<void>
}

const poison = '1.3.6.1.4.1.11129.2.4.3'
const extensionsTag = 0xa3

/** A certificate transparency log (RFC 6962) that promises much and keeps nothing: it signs what Fulcio sends it. */
export async function startCertificateLog(): Promise<CertificateLog> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST' || !request.url?.endsWith('/ct/v1/add-pre-chain')) {
      response.writeHead(404).end()
      return
    }
    const timestamp = Date.now()
    const signature = signTimestamp(await readChain(request), timestamp, privateKey)
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        sct_version: 0,
        id: id.toString('base64'),
        timestamp,
        extensions: '',
        signature: signature.toString('base64'),
      }),
    )
  })
  const { url, close } = await listen(server)
  return { url: `${url}/test`, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(), close }
}

/** DigitallySigned (RFC 5246, 4.7) over what RFC 6962, 3.2 has signed for a precertificate entry. */
function signTimestamp([precertificate, issuer]: Buffer[], timestamp: number, privateKey: KeyObject): Buffer {
  if (!precertificate || !issuer) throw new Error('Fulcio sent no chain')
  const issuerKey = new X509Certificate(issuer).publicKey.export({ type: 'spki', format: 'der' })
  const certificate = withoutPoison(precertificate)
  const milliseconds = Buffer.alloc(8)
  milliseconds.writeBigUInt64BE(BigInt(timestamp))
  const versionAndType = Buffer.from([0, 0])
  const entryType = uint(2, 1)
  const noExtensions = uint(2, 0)
  const signed = Buffer.concat([
    versionAndType,
    milliseconds,
    entryType,
    createHash('sha256').update(issuerKey).digest(),
    uint(3, certificate.length),
    certificate,
    noExtensions,
  ])
  const signature = sign('sha256', signed, privateKey)
  const sha256WithEcdsa = Buffer.from([4, 3])
  return Buffer.concat([sha256WithEcdsa, uint(2, signature.length), signature])
}

/** The part that is signed of a precertificate, as it is in the final one before the SCT is added. */
function withoutPoison(precertificate: Buffer): Buffer {
  const [body] = ASN1Obj.parseBuffer(Buffer.from(precertificate)).subs
  const list = body?.subs.find((part) => part.tag.toDER() === extensionsTag)?.subs[0]
  if (!body || !list) throw new Error('the precertificate has no extensions')
  const index = list.subs.findIndex((extension) => extension.subs[0]?.toOID() === poison)
  list.subs.splice(index, 1)
  return body.toDER()
}

async function readChain(request: IncomingMessage): Promise<Buffer[]> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { chain }: { chain: string[] } = JSON.parse(Buffer.concat(chunks).toString())
  return chain.map((certificate) => Buffer.from(certificate, 'base64'))
}

function uint(size: number, value: number): Buffer {
  const bytes = Buffer.alloc(size)
  bytes.writeUIntBE(value, 0, size)
  return bytes
}
