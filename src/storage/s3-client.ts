import type { S3Client } from '@aws-sdk/client-s3'
import { amazonAccess } from '../cloud/index.ts'
import type { Step } from '../runner/index.ts'

/** What the store needs of the SDK, loaded at the first request. */
export interface S3 {
  readonly sdk: typeof import('./s3-sdk.ts')
  readonly client: S3Client
}

/** Endpoint and region of the step's environment, as AWS's own tools read them. */
export async function openS3Client(step: Step): Promise<S3> {
  const sdk = await import('./s3-sdk.ts')
  const environment = step.environment
  const endpoint = environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION
  const client = new sdk.S3Client({
    // The region of a bucket is found by following where S3 points.
    followRegionRedirects: true,
    ...(region || endpoint ? { region: region || 'us-east-1' } : {}),
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...amazonAccess(step),
    // The checksum is ours, given with each request; where there is none to give, none is wanted.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000 },
  })
  return { sdk, client }
}
