import { Readable } from 'node:stream'
import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3'
import { type Step, UserError } from '../runner/index.ts'
import { sendBody } from './body.ts'
import { parseBucketPlace } from './bucket.ts'
import type { Content } from './content.ts'
import { absentFile, changedOnTheWay, largeDocument, noSuchBucket, overwriting } from './failure.ts'
import { documentHeaders, immutableHeaders } from './headers.ts'
import { requireName, requirePrefix } from './name.ts'
import { openS3Client, type S3 } from './s3-client.ts'
import { s3Failure } from './s3-failure.ts'
import { type S3Object, s3Limits, type UploadLimits, uploadInParts } from './s3-multipart.ts'
import { largestDocument, type Store, type StoredDocument, type StoredFile } from './store.ts'
import { digestOfStored } from './stored-digest.ts'
import { isTransient, statusOf, withRetries } from './transient.ts'

/** The store `s3://BUCKET/PREFIX`: Amazon S3, or whatever speaks its protocol at `AWS_ENDPOINT_URL_S3`. */
export function openS3(address: string, rest: string, step: Step, limits: UploadLimits = s3Limits): Store {
  const { bucket, prefix } = parseBucketPlace(address, rest)
  let opened: Promise<S3> | undefined
  const open = (): Promise<S3> => {
    opened ??= openS3Client(step)
    return opened
  }
  const abortSignal = step.signal
  const objectOf = (name: string): S3Object => {
    requireName(name)
    return { Bucket: bucket, Key: `${prefix}${name}` }
  }

  /** Tells what went wrong as a user can mend it. */
  const attempt = async <T>(what: string, work: (s3: S3) => Promise<T>): Promise<T> => {
    try {
      const s3 = await open()
      return await withRetries(step, () => work(s3))
    } catch (error) {
      step.signal.throwIfAborted()
      throw s3Failure(address, what, error)
    }
  }

  let bucketExists: Promise<void> | undefined
  /** An answer to HEAD does not say whether the object is missing or its bucket. */
  const requireBucket = (): Promise<void> => {
    bucketExists ??= attempt('find the bucket', async ({ sdk, client }) => {
      await client.send(new sdk.HeadBucketCommand({ Bucket: bucket }), { abortSignal }).catch((error: unknown) => {
        if (statusOf(error) === 404) throw noSuchBucket(address)
        // Whoever may not list a bucket may still read and write in it.
        if (statusOf(error) !== 403) throw error
      })
    })
    return bucketExists
  }

  const stat = async (name: string): Promise<StoredFile | undefined> => {
    const object = objectOf(name)
    const found = await attempt(`read '${name}'`, ({ sdk, client }) =>
      client
        .send(new sdk.HeadObjectCommand({ ...object, ChecksumMode: 'ENABLED' }), { abortSignal })
        .catch(unless(404, undefined)),
    )
    if (!found) await requireBucket()
    return found && { name, size: found.ContentLength ?? 0, ...storedDigest(found) }
  }

  async function* read(name: string): AsyncGenerator<Uint8Array> {
    const object = objectOf(name)
    const body = await attempt(`read '${name}'`, async ({ sdk, client }) => {
      const found = await client.send(new sdk.GetObjectCommand(object), { abortSignal }).catch(whereAbsent)
      return found?.Body
    })
    if (!(body instanceof Readable)) throw absentFile(address, name)
    try {
      yield* body
    } catch (error) {
      step.signal.throwIfAborted()
      throw s3Failure(address, `read '${name}'`, error)
    }
  }

  /** False when something is there already. */
  const create = async ({ sdk, client }: S3, name: string, content: Content): Promise<boolean> => {
    const object = objectOf(name)
    const headers = immutableHeaders(name)
    const wanted = Buffer.from(content.sha256, 'hex').toString('base64')
    try {
      if (content.size > limits.single) {
        await uploadInParts({ sdk, client }, object, content, { headers, limits, address, step })
        return true
      }
      const { ChecksumSHA256 } = await sendBody(content, step.signal, (body, signal) =>
        client.send(
          new sdk.PutObjectCommand({
            ...object,
            Body: body,
            ContentLength: content.size,
            ContentType: headers.contentType,
            CacheControl: headers.cacheControl,
            // S3 takes the object only if it hashes to this.
            ChecksumSHA256: wanted,
            IfNoneMatch: '*',
          }),
          { abortSignal: signal },
        ),
      )
      if (ChecksumSHA256 !== undefined && ChecksumSHA256 !== wanted) throw changedOnTheWay(address, name)
      return true
    } catch (error) {
      if (statusOf(error) === 412) return false
      // A server that refuses a large body may hang up before its refusal is read.
      if (isTransient(error) && (await stat(name))) return false
      throw error
    }
  }

  const digestOf = (name: string): Promise<string | undefined> => digestOfStored({ stat, read }, name)

  return {
    address,
    stat,
    digestOf,
    read,
    async list(below) {
      requirePrefix(below)
      return await attempt('list', async ({ sdk, client }) => {
        const files: StoredFile[] = []
        const pages = sdk.paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: `${prefix}${below}` })
        for await (const { Contents = [] } of pages) {
          step.signal.throwIfAborted()
          files.push(...Contents.map(({ Key = '', Size = 0 }) => ({ name: Key.slice(prefix.length), size: Size })))
        }
        return files
      })
    },
    async write(name, content) {
      objectOf(name)
      const written = await attempt(`write '${name}'`, (s3) => create(s3, name, content))
      // Of parts S3 has no SHA-256 of the whole: they were proven one by one, their order by the sum of all.
      if (written && content.size > limits.single) return true
      const existing = await digestOf(name)
      if (existing === content.sha256) return written
      if (existing === undefined) throw absentFile(address, name)
      throw overwriting(address, name, existing, content.sha256)
    },
    async readDocument(name): Promise<StoredDocument | undefined> {
      const object = objectOf(name)
      return await attempt(`read '${name}'`, async ({ sdk, client }) => {
        const found = await client.send(new sdk.GetObjectCommand(object), { abortSignal }).catch(whereAbsent)
        if (!found) return undefined
        if ((found.ContentLength ?? 0) > largestDocument) throw largeDocument(address, name)
        if (found.ETag === undefined) throw new UserError(`${address}: '${name}' has no ETag`)
        return { text: (await found.Body?.transformToString('utf-8')) ?? '', version: found.ETag }
      })
    },
    async replaceDocument(name, text, replaced) {
      const object = objectOf(name)
      return await attempt(`write '${name}'`, async ({ sdk, client }) => {
        const put = new sdk.PutObjectCommand({
          ...object,
          Body: text,
          ContentType: documentHeaders.contentType,
          CacheControl: documentHeaders.cacheControl,
          ChecksumAlgorithm: 'SHA256',
          ...(replaced ? { IfMatch: replaced.version } : { IfNoneMatch: '*' }),
        })
        return await client.send(put, { abortSignal }).then(() => true, unless(412, false))
      })
    },
  }
}

/** Only of a single upload does S3 have the SHA-256 of the whole; of parts it has one of their hashes. */
function storedDigest({ ChecksumSHA256 }: HeadObjectCommandOutput): { readonly sha256?: string } {
  if (ChecksumSHA256 === undefined || !/^[A-Za-z0-9+/]{43}=$/.test(ChecksumSHA256)) return {}
  return { sha256: Buffer.from(ChecksumSHA256, 'base64').toString('hex') }
}

/** Takes one status for an answer, and throws everything else. */
const unless =
  <T>(status: number, answer: T) =>
  (error: unknown): T => {
    if (statusOf(error) === status) return answer
    throw error
  }

function whereAbsent(error: unknown): undefined {
  if (error instanceof Error && error.name === 'NoSuchKey') return undefined
  throw error
}
