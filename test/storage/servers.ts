import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Gateway, openGateway } from '../gateway.ts'
import { freePorts } from '../sigstore/ports.ts'
import { startServer } from '../sigstore/process.ts'

/** A real server of files with one bucket, on a free port, behind a gateway that counts. */
export interface StorageServer {
  readonly kind: 's3' | 'gs'
  /** `s3://release-bucket` or `gs://release-bucket`. */
  readonly address: string
  /** What a step must have in its environment to find the server. */
  readonly environment: Readonly<Record<string, string>>
  readonly gateway: Gateway
  close(): Promise<void>
}

const bucket = 'release-bucket'

/** versitygw over a folder. */
export async function startS3(): Promise<StorageServer> {
  const folder = await mkdtemp(join(tmpdir(), 's3-'))
  // A bucket is a folder of it.
  await mkdir(join(folder, bucket))
  const [port = 0] = await freePorts(1)
  const access = { AWS_ACCESS_KEY_ID: 'test-access-key', AWS_SECRET_ACCESS_KEY: 'test-secret-key-of-nobody' }
  const server = await startServer(
    'versitygw',
    [
      ...['--access', access.AWS_ACCESS_KEY_ID, '--secret', access.AWS_SECRET_ACCESS_KEY],
      ...['--port', `127.0.0.1:${port}`, '--health', '/health', '--quiet', 'posix', folder],
    ],
    { folder, health: `http://127.0.0.1:${port}/health` },
  )
  const gateway = await openGateway(port)
  return {
    kind: 's3',
    address: `s3://${bucket}`,
    environment: { ...access, AWS_ENDPOINT_URL_S3: `http://${gateway.host}`, AWS_REGION: 'us-east-1' },
    gateway,
    close: () => closing(gateway, server, folder),
  }
}

/** fake-gcs-server, as other projects test their clients of Google Cloud Storage with. */
export async function startGoogleCloudStorage(): Promise<StorageServer> {
  const folder = await mkdtemp(join(tmpdir(), 'gcs-'))
  const [port = 0] = await freePorts(1)
  const gateway = await openGateway(port)
  const server = await startServer(
    'fake-gcs-server',
    [
      ...['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port), '-backend', 'memory'],
      ...['-external-url', `http://${gateway.host}`, '-log-level', 'error'],
    ],
    { folder, health: `http://127.0.0.1:${port}/_internal/healthcheck` },
  )
  const made = await fetch(`http://127.0.0.1:${port}/storage/v1/b?project=test`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: bucket }),
  })
  if (!made.ok) throw new Error(`no bucket: ${await made.text()}`)
  return {
    kind: 'gs',
    address: `gs://${bucket}`,
    environment: { STORAGE_EMULATOR_HOST: `http://${gateway.host}` },
    gateway,
    close: () => closing(gateway, server, folder),
  }
}

async function closing(gateway: Gateway, server: { stop(): Promise<void> }, folder: string): Promise<void> {
  await gateway.close()
  await server.stop()
  await rm(folder, { recursive: true })
}
