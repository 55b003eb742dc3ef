import { createHash } from 'node:crypto'
import type { HttpClient } from '../http/index.ts'
import { requestService } from './service-request.ts'

// TimeStampReq (RFC 3161, 2.4.1) of version 1 and SHA-256, up to the hash. Certificates are not asked for: the trusted root has them.
const requestPrefix = Buffer.from('3036020101' + '3031' + '300d06096086480165030402010500' + '0420', 'hex')

/** Has the time of a signature attested by a timestamp authority. Answers the TimeStampResp, DER. @throws UserError */
export async function requestTimestamp(http: HttpClient, url: string, signature: Uint8Array): Promise<Buffer> {
  const body = Buffer.concat([requestPrefix, createHash('sha256').update(signature).digest()])
  const headers = { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' }
  const response = await requestService(
    http,
    { method: 'POST', url, headers, body },
    { service: 'The timestamp authority' },
  )
  return Buffer.from(await response.arrayBuffer())
}
