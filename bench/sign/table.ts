import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Block, heading, table, text } from '../../src/runner/index.ts'
import { tool } from '../../test/program.ts'
import { startRegistry, type TestRegistry } from '../../test/registries.ts'
import { openRegistryRepository, versionTag, writeSignedImage } from '../../test/signed-image.ts'
import { type CountedSigstore, startCountedSigstore } from './services.ts'

const images = 30
const platforms = ['amd64', 'arm64', 'ppc64le', 'riscv64', 's390x']
const digests = images * (platforms.length + 1)
const ownProgram = join(import.meta.dirname, '../../bin/k8s-release')

interface Bench {
  readonly services: CountedSigstore
  readonly registry: TestRegistry
  readonly folder: string
}

/** Keyless signatures of 180 manifests on one registry, each tool on images of its own, and the same once more. */
export async function signTables(): Promise<Block[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-sign-'))
  const services = await startCountedSigstore(folder)
  const registry = await startRegistry('docker')
  const bench = { services, registry, folder }
  try {
    const ours = await publish(registry, 'ours')
    const theirs = await publish(registry, 'cosign')
    const rows = [
      ['k8s-release sign', ...(await measure(bench, () => signOurs(bench, ours)))],
      ['k8s-release sign, again', ...(await measure(bench, () => signOurs(bench, ours)))],
      ['cosign sign -r', ...(await measure(bench, () => signByCosign(bench, theirs)))],
    ]
    return [
      heading(`${digests} manifests of ${images} images, keyless, on one registry`),
      table(['Tool', 'Seconds', 'Fulcio', 'Rekor', 'Registry'], rows),
      text('A second run of cosign signs everything anew.'),
    ]
  } finally {
    await registry.close()
    await services.close()
    await rm(folder, { recursive: true })
  }
}

async function publish({ direct, host }: TestRegistry, prefix: string): Promise<string[]> {
  const shape = { platforms, layers: 1, layerSize: 1000 }
  const names = Array.from({ length: images }, (_, index) => `${prefix}/image-${index}`)
  for (const name of names) await writeSignedImage(openRegistryRepository(direct, name), shape)
  return names.map((name) => `${host}/${name}:${versionTag}`)
}

/** Seconds, and requests to the certificate authority, the log and the registry. */
async function measure({ services, registry }: Bench, work: () => Promise<unknown>): Promise<string[]> {
  const gateways = [services.fulcio, services.rekor, registry.gateway]
  for (const gateway of gateways) gateway.forget()
  const begin = performance.now()
  await work()
  const seconds = (performance.now() - begin) / 1000
  return [seconds.toFixed(1), ...gateways.map(({ seen }) => String(seen.length))]
}

const signOurs = ({ services: { sigstore, signingConfig }, folder }: Bench, references: readonly string[]) =>
  execute(
    ownProgram,
    [
      ...['sign', '--recursive', '--signing-config', signingConfig, '--trusted-root', sigstore.trustedRoot],
      ...references.flatMap((reference) => ['--images', reference]),
    ],
    { HOME: folder, DOCKER_CONFIG: folder, SIGSTORE_ID_TOKEN: sigstore.githubToken() },
  )

/** One image after the other: one run for all of them lasts longer than a token does. */
async function signByCosign({ services: { sigstore, signingConfig }, folder }: Bench, references: readonly string[]) {
  for (const reference of references) {
    await execute(
      tool('cosign'),
      [
        ...['sign', '--yes', '--recursive', `--signing-config=${signingConfig}`],
        ...[`--trusted-root=${sigstore.trustedRoot}`, `--identity-token=${sigstore.githubToken()}`, reference],
      ],
      { HOME: folder, DOCKER_CONFIG: folder },
    )
  }
}

async function execute(program: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
  const env = { PATH: process.env.PATH, ...environment }
  return await promisify(execFile)(program, args, { env, maxBuffer: 2 ** 26, timeout: 600_000 })
}
