import type { Bucket, Storage } from '@google-cloud/storage'
import type { Step } from '../runner/index.ts'

/** What the store needs of the SDK, loaded at the first request. */
export interface GoogleCloudStorage {
  readonly sdk: typeof import('@google-cloud/storage')
  readonly storage: Storage
  readonly bucket: Bucket
}

/**
 * The file of credentials and the emulator of the step's environment. Without a file the SDK's default chain looks for others:
 * gcloud's own file, the metadata server. That chain reads `process.env` itself: it can't be given an environment.
 */
export async function openGoogleClient(name: string, step: Step): Promise<GoogleCloudStorage> {
  const sdk = await import('@google-cloud/storage')
  const { GOOGLE_APPLICATION_CREDENTIALS: keyFilename, STORAGE_EMULATOR_HOST: emulator } = step.environment
  const apiEndpoint = emulator && (/^https?:\/\//.test(emulator) ? emulator : `http://${emulator}`).replace(/\/+$/, '')
  const storage = new sdk.Storage({
    ...(apiEndpoint ? { apiEndpoint } : {}),
    ...(keyFilename ? { keyFilename } : {}),
    timeout: 60_000,
  })
  // Where the SDK finds the variable itself, it leaves out the path of the API.
  if (apiEndpoint) storage.baseUrl = `${apiEndpoint}/storage/v1`
  return { sdk, storage, bucket: storage.bucket(name) }
}
