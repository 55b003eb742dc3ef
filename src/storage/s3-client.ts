import type { S3Client } from '@aws-sdk/client-s3'
import type { Step } from '../runner/index.ts'

/** What the store needs of the SDK, loaded at the first request. */
export interface S3 {
  readonly sdk: typeof import('@aws-sdk/client-s3')
  readonly client: S3Client
}

/**
 * Endpoint and region of the step's environment, as AWS's own tools read them. Keys that are there are handed over, and
 * masked; without them the SDK's default chain looks for others: shared files, web identity, container and instance roles.
 * That chain reads `process.env` itself: it can't be given an environment.
 */
export async function openS3Client(step: Step): Promise<S3> {
  const sdk = await import('@aws-sdk/client-s3')
  const environment = step.environment
  const endpoint = environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment
  const ignore = (): void => undefined
  const tell = (message: unknown): void => step.log.debug(`AWS SDK: ${String(message)}`)
  const client = new sdk.S3Client({
    // The region of a bucket is found by following where S3 points.
    followRegionRedirects: true,
    ...(region || endpoint ? { region: region || 'us-east-1' } : {}),
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(accessKeyId && AWS_SECRET_ACCESS_KEY
      ? {
          credentials: {
            accessKeyId,
            secretAccessKey: step.secret(AWS_SECRET_ACCESS_KEY),
            ...(AWS_SESSION_TOKEN ? { sessionToken: step.secret(AWS_SESSION_TOKEN) } : {}),
          },
        }
      : {}),
    // The checksum is ours, given with each request; where there is none to give, none is wanted.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    logger: { debug: ignore, info: ignore, warn: tell, error: tell },
    requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000 },
  })
  return { sdk, client }
}
