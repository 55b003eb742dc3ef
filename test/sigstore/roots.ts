import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../../src/runner/index.ts'
import { tool } from '../program.ts'

export interface Urls {
  readonly fulcio: string
  readonly certificateLog: string
  readonly rekor: string
  readonly timestampAuthority: string
}

/** Writes trusted_root.json and signing_config.json of the running services by cosign's own commands. */
export async function writeRoots(
  folder: string,
  urls: Urls,
  keys: { readonly certificateLog: string; readonly rekor: string },
): Promise<{ readonly trustedRoot: string; readonly signingConfig: string }> {
  const path = (name: string): string => join(folder, name)
  await writeFile(path('fulcio.pem'), await fulcioChain(urls.fulcio))
  await writeFile(path('timestamp.pem'), await textOf(`${urls.timestampAuthority}/certchain`))
  await writeFile(path('ct-log.pub'), keys.certificateLog)
  await writeFile(path('rekor.pub'), keys.rekor)
  const trustedRoot = path('trusted_root.json')
  const signingConfig = path('signing_config.json')
  const start = `start-time=${new Date(Date.now() - 86_400_000).toISOString()}`
  const origin = `origin=${new URL(urls.rekor).hostname}`
  const local = `${start},operator=local`
  await cosign('trusted-root', 'create', `--out=${trustedRoot}`, [
    `--fulcio=url=${urls.fulcio},certificate-chain=${path('fulcio.pem')},${start}`,
    `--ctfe=url=${urls.certificateLog},public-key=${path('ct-log.pub')},${start}`,
    `--rekor=url=${urls.rekor},public-key=${path('rekor.pub')},${start},${origin}`,
    `--tsa=url=${urls.timestampAuthority},certificate-chain=${path('timestamp.pem')},${start}`,
  ])
  await cosign('signing-config', 'create', `--out=${signingConfig}`, [
    '--rekor-config=ANY',
    '--tsa-config=ANY',
    `--fulcio=url=${urls.fulcio},api-version=1,${local}`,
    `--rekor=url=${urls.rekor},api-version=2,${local}`,
    `--tsa=url=${urls.timestampAuthority},api-version=1,${local}`,
  ])
  return { trustedRoot, signingConfig }
}

async function cosign(command: string, verb: string, out: string, options: readonly string[]): Promise<void> {
  await runCommand(tool('cosign'), [command, verb, out, ...options])
}

async function fulcioChain(fulcio: string): Promise<string> {
  const bundle: { chains: { certificates: string[] }[] } = JSON.parse(await textOf(`${fulcio}/api/v2/trustBundle`))
  return bundle.chains.flatMap(({ certificates }) => certificates).join('\n')
}

const textOf = async (url: string): Promise<string> => (await fetch(url)).text()
