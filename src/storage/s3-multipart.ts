import { createHash } from 'node:crypto'
import { describeError, type Step } from '../runner/index.ts'
import { type Content, provenBytes } from './content.ts'
import { changedOnTheWay } from './failure.ts'
import type { FileHeaders } from './headers.ts'
import type { S3 } from './s3-client.ts'

/** Bytes. Source: Amazon S3 user guide, multipart upload limits. */
export interface UploadLimits {
  /** Largest object that is sent at once; only then has S3 the SHA-256 of the whole. */
  readonly single: number
  /** Smallest part; the last may be smaller. */
  readonly part: number
}

export const s3Limits: UploadLimits = { single: 5 * 2 ** 30, part: 64 * 2 ** 20 }

const mostParts = 10_000
/** Milliseconds; an upload that was begun earlier was left behind by a process that was killed. */
const abandonedAfter = 24 * 60 * 60 * 1000

/** A key of a bucket. */
export interface S3Object {
  readonly Bucket: string
  readonly Key: string
}

interface Part {
  readonly PartNumber: number
  readonly ETag: string | undefined
  readonly ChecksumSHA256: string
}

/**
 * Sends what is too large for one request: in parts, each with its SHA-256, one in memory at a time. The whole becomes visible
 * only when all of it was proven, if nothing is there then. Source: Amazon S3 API reference, CompleteMultipartUpload.
 */
export async function uploadInParts(
  { sdk, client }: S3,
  object: S3Object,
  content: Content,
  options: {
    readonly headers: FileHeaders
    readonly limits: UploadLimits
    readonly address: string
    readonly step: Step
  },
): Promise<void> {
  const { step, headers, address } = options
  const abortSignal = step.signal
  await abortAbandoned({ sdk, client }, object, step)
  const { UploadId } = await client.send(
    new sdk.CreateMultipartUploadCommand({
      ...object,
      ChecksumAlgorithm: 'SHA256',
      ChecksumType: 'COMPOSITE',
      ContentType: headers.contentType,
      CacheControl: headers.cacheControl,
    }),
    { abortSignal },
  )
  try {
    const parts: Part[] = []
    for await (const Body of inParts(provenBytes(content), partSize(content.size, options.limits.part))) {
      const PartNumber = parts.length + 1
      const ChecksumSHA256 = createHash('sha256').update(Body).digest('base64')
      const { ETag } = await client.send(
        new sdk.UploadPartCommand({ ...object, UploadId, PartNumber, Body, ChecksumSHA256 }),
        { abortSignal },
      )
      parts.push({ PartNumber, ETag, ChecksumSHA256 })
    }
    const { ChecksumSHA256 } = await client.send(
      new sdk.CompleteMultipartUploadCommand({
        ...object,
        UploadId,
        MultipartUpload: { Parts: parts },
        IfNoneMatch: '*',
      }),
      { abortSignal },
    )
    if (ChecksumSHA256 !== undefined && ChecksumSHA256 !== compositeOf(parts)) {
      throw changedOnTheWay(address, object.Key)
    }
  } catch (error) {
    // Parts cost money until they are removed; also after a cancellation.
    await client.send(new sdk.AbortMultipartUploadCommand({ ...object, UploadId })).catch((failure: unknown) => {
      step.log.warning(`${address}: the parts of '${object.Key}' stay behind: ${describeError(failure)}`)
    })
    throw error
  }
}

/** Another may be writing the same object just now, so that only old uploads are taken for abandoned. */
async function abortAbandoned({ sdk, client }: S3, { Bucket, Key }: S3Object, step: Step): Promise<void> {
  const { Uploads = [] } = await client.send(new sdk.ListMultipartUploadsCommand({ Bucket, Prefix: Key }), {
    abortSignal: step.signal,
  })
  const limit = step.now().getTime() - abandonedAfter
  for (const upload of Uploads) {
    if (upload.Key !== Key || !upload.Initiated || upload.Initiated.getTime() > limit) continue
    await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId: upload.UploadId }))
  }
}

const partSize = (size: number, smallest: number): number => Math.max(smallest, Math.ceil(size / mostParts))

async function* inParts(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let buffered: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    buffered.push(chunk)
    length += chunk.length
    while (length >= size) {
      const bytes = Buffer.concat(buffered)
      yield bytes.subarray(0, size)
      buffered = [bytes.subarray(size)]
      length -= size
    }
  }
  if (length > 0) yield Buffer.concat(buffered)
}

/** The SHA-256 of the parts' SHA-256s, as S3 computes it. */
function compositeOf(parts: readonly Part[]): string {
  const digests = parts.map(({ ChecksumSHA256 }) => Buffer.from(ChecksumSHA256, 'base64'))
  return `${createHash('sha256').update(Buffer.concat(digests)).digest('base64')}-${parts.length}`
}
