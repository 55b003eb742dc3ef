import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runCommand } from '../../src/runner/index.ts'
import { freePorts } from '../sigstore/ports.ts'
import { type RunningServer, startServer } from '../sigstore/process.ts'
import { tool, toolsPath } from '../tools.ts'

/** A real keeper of keys, and how a step finds it. */
export interface KeyServer {
  readonly environment: Readonly<Record<string, string>>
  /** Makes a key and answers its address. */
  create(kind: 'P-256' | 'P-384' | 'RSA' | 'Ed25519'): Promise<string>
  close(): Promise<void>
}

/** moto: KMS of AWS, that signs with real keys; digests, too, by moto-digests.py. */
export async function startAmazon(): Promise<KeyServer> {
  const folder = await mkdtemp(join(tmpdir(), 'moto-'))
  const [port = 0] = await freePorts(1)
  const url = `http://127.0.0.1:${port}`
  const server = await startServer(
    join(dirname(await realpath(tool('moto_server'))), 'python3'),
    [join(import.meta.dirname, 'moto-digests.py'), '-H', '127.0.0.1', '-p', String(port)],
    { folder, health: `${url}/moto-api/data.json` },
  )
  const environment = {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test-secret-of-nobody',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_KMS: url,
  }
  const specs = {
    'P-256': 'ECC_NIST_P256',
    'P-384': 'ECC_NIST_P384',
    RSA: 'RSA_2048',
    Ed25519: 'ECC_NIST_EDWARDS25519',
  }
  const call = (operation: string, body: object): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `TrentService.${operation}`,
        authorization:
          'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(body),
    })
  let made = 0
  return {
    environment,
    async create(kind) {
      const response = await call('CreateKey', { KeySpec: specs[kind], KeyUsage: 'SIGN_VERIFY' })
      const { KeyMetadata }: { KeyMetadata: { KeyId: string } } = await response.json()
      const alias = `alias/release-${++made}`
      await call('CreateAlias', { AliasName: alias, TargetKeyId: KeyMetadata.KeyId })
      return `awskms:///${alias}`
    },
    close: () => closing(server, folder),
  }
}

/** OpenBao, whose transit engine is Vault's. */
export async function startVault(): Promise<KeyServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bao-'))
  const [port = 0] = await freePorts(1)
  const url = `http://127.0.0.1:${port}`
  const environment = { VAULT_ADDR: url, VAULT_TOKEN: 'token-of-the-tests' }
  const server = await startServer(
    'bao',
    [
      ...['server', '-dev', '-dev-no-store-token', `-dev-listen-address=127.0.0.1:${port}`],
      `-dev-root-token-id=${environment.VAULT_TOKEN}`,
    ],
    { folder, health: `${url}/v1/sys/health` },
  )
  const call = async (path: string, body: object): Promise<void> => {
    const headers = { 'x-vault-token': environment.VAULT_TOKEN, 'content-type': 'application/json' }
    const response = await fetch(`${url}/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`bao refused ${path}: ${await response.text()}`)
  }
  await call('sys/mounts/transit', { type: 'transit' })
  const types = { 'P-256': 'ecdsa-p256', 'P-384': 'ecdsa-p384', RSA: 'rsa-2048', Ed25519: 'ed25519' }
  let made = 0
  return {
    environment,
    async create(kind) {
      const name = `release-${++made}`
      await call(`transit/keys/${name}`, { type: types[kind] })
      return `hashivault://${name}`
    },
    close: () => closing(server, folder),
  }
}

/** A token of softhsm2, behind the plugin `sigstore-kms-softhsm`. */
export async function openSofthsm(): Promise<KeyServer> {
  const folder = await mkdtemp(join(tmpdir(), 'hsm-'))
  const bin = join(folder, 'bin')
  await mkdir(join(folder, 'tokens'))
  await mkdir(bin)
  const program = join(import.meta.dirname, 'softhsm.ts')
  await writeFile(join(bin, 'sigstore-kms-softhsm'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`)
  await chmod(join(bin, 'sigstore-kms-softhsm'), 0o755)
  const configuration = join(folder, 'softhsm2.conf')
  await writeFile(configuration, `directories.tokendir = ${join(folder, 'tokens')}\n`)
  const environment = { PATH: `${bin}:${toolsPath}`, SOFTHSM2_CONF: configuration, HSM_PIN: '1234' }
  const run = (command: string, args: readonly string[]) => runCommand(tool(command), args, { environment })
  const { HSM_PIN: pin } = environment
  await run('softhsm2-util', ['--init-token', '--free', '--label', 'release', '--pin', pin, '--so-pin', pin])
  let made = 0
  return {
    environment,
    async create() {
      // pkcs11-tool signs by an id; labels it only shows.
      const id = `0${++made}`
      const login = ['--module', '/usr/lib/softhsm/libsofthsm2.so', '--login', '--pin', pin]
      await run('pkcs11-tool', [...login, '--keypairgen', '--key-type', 'EC:prime256v1', '--id', id])
      return `softhsm://${id}`
    },
    close: () => rm(folder, { recursive: true }),
  }
}

async function closing(server: RunningServer, folder: string): Promise<void> {
  await server.stop()
  await rm(folder, { recursive: true })
}
