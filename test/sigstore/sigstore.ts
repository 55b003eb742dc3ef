import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { type Claims, type RunnerServices, startRunnerServices } from '../runner/index.ts'
import { startCertificateLog } from './ct-log.ts'
import { freePorts } from './ports.ts'
import { type RunningServer, startServer } from './process.ts'
import { type Urls, writeRoots } from './roots.ts'
import { startTimestampAuthority, timestampUrl } from './timestamp-authority.ts'

export interface TestSigstore {
  /** Path of trusted_root.json. */
  readonly trustedRoot: string
  /** Path of signing_config.json. */
  readonly signingConfig: string
  readonly urls: Urls
  /** Issuer of email identities. */
  readonly emailIssuer: string
  /** A token for an email address. */
  identityToken(email: string): string
  /** Issuer of workflow identities, as GitHub's. */
  readonly githubIssuer: string
  /** What a GitHub runner sets for a job with `id-token: write`. */
  readonly githubEnvironment: Readonly<Record<string, string>>
  /** A token as GitHub's, with other claims where given. */
  githubToken(claims?: Claims): string
  stop(): Promise<void>
}

const audience = 'sigstore'

/**
 * Starts all services on free ports, in about two seconds; needs cosign, fulcio, posix and timestamp-server.
 * @param githubClaims who the job is whose tokens the GitHub issuer writes; a tag push of `example/hello` where absent
 * @param sharedTimestamps URL of another instance's timestamp authority: a machine can run only one
 */
export async function startSigstore(githubClaims?: Claims, sharedTimestamps?: string): Promise<TestSigstore> {
  const folder = await mkdtemp(join(tmpdir(), 'sigstore-'))
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const stop = async (): Promise<void> => {
    for (const end of stops.toReversed()) await end()
  }
  const started = async <Service extends RunningServer>(service: Promise<Service>): Promise<Service> => {
    const running = await service
    stops.push(() => running.stop())
    return running
  }
  try {
    const email = await startRunnerServices({ sub: 'subject', email_verified: 'true' })
    stops.push(email.close)
    const github = await startRunnerServices(githubClaims)
    stops.push(github.close)
    const certificateLog = await startCertificateLog()
    stops.push(certificateLog.close)
    const [fulcio = 0, fulcioGrpc = 0, fulcioMetrics = 0, rekor = 0, rekorGrpc = 0, rekorMetrics = 0, timestamp = 0] =
      await freePorts(7)
    const urls: Urls = {
      fulcio: `http://127.0.0.1:${fulcio}`,
      certificateLog: certificateLog.url,
      rekor: `http://127.0.0.1:${rekor}`,
      timestampAuthority: sharedTimestamps ?? timestampUrl(timestamp),
    }
    const rekorKey = generateKeyPairSync('ed25519')
    await writeFile(join(folder, 'rekor.pem'), rekorKey.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    await mkdir(join(folder, 'log'))
    await writeFile(join(folder, 'fulcio.yaml'), fulcioConfig(email, github))
    await Promise.all([
      started(startFulcio(folder, urls, { http: fulcio, grpc: fulcioGrpc, metrics: fulcioMetrics })),
      started(startRekor(folder, urls, { http: rekor, grpc: rekorGrpc, metrics: rekorMetrics })),
      ...(sharedTimestamps ? [] : [started(startTimestampAuthority(folder, timestamp))]),
    ])
    const roots = await writeRoots(folder, urls, {
      certificateLog: certificateLog.publicKey,
      rekor: rekorKey.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    })
    return {
      ...roots,
      urls,
      emailIssuer: email.url,
      identityToken: (address) => email.identityToken(audience, { email: address }),
      githubIssuer: github.url,
      githubEnvironment: github.environment,
      githubToken: (claims) => github.identityToken(audience, claims),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Ports {
  readonly http: number
  readonly grpc: number
  readonly metrics: number
}

const fulcioConfig = (email: RunnerServices, github: RunnerServices): string =>
  stringify({
    'oidc-issuers': {
      [email.url]: { 'issuer-url': email.url, 'client-id': audience, type: 'email' },
      [github.url]: { 'issuer-url': github.url, 'client-id': audience, type: 'github-workflow' },
    },
  })

const startFulcio = (folder: string, urls: Urls, ports: Ports): Promise<RunningServer> =>
  startServer(
    'fulcio',
    [
      'serve',
      '--ca=ephemeralca',
      '--config-path=fulcio.yaml',
      `--ct-log-url=${urls.certificateLog}`,
      '--host=127.0.0.1',
      `--port=${ports.http}`,
      '--grpc-host=127.0.0.1',
      `--grpc-port=${ports.grpc}`,
      `--metrics-port=${ports.metrics}`,
      `--legacy-unix-domain-socket=${join(folder, 'fulcio.sock')}`,
    ],
    { folder, health: `${urls.fulcio}/healthz` },
  )

// The log's name in its checkpoints must be the host in its URL, or no client believes them.
const startRekor = (folder: string, urls: Urls, ports: Ports): Promise<RunningServer> =>
  startServer(
    'posix',
    [
      'serve',
      '--hostname=127.0.0.1',
      '--http-address=127.0.0.1',
      `--http-port=${ports.http}`,
      '--grpc-address=127.0.0.1',
      `--grpc-port=${ports.grpc}`,
      `--http-metrics-port=${ports.metrics}`,
      '--storage-dir=log',
      '--signer-filepath=rekor.pem',
      '--checkpoint-interval=200ms',
      '--batch-max-age=50ms',
    ],
    { folder, health: `${urls.rekor}/healthz` },
  )
