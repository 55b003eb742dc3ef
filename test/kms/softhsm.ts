/**
 * `sigstore-kms-softhsm` of the tests: a KMS plugin as anybody would write one, over a real PKCS #11 module.
 * Environment: SOFTHSM2_CONF of the token, HSM_PIN.
 */
import { execFileSync } from 'node:child_process'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Request {
  readonly initOptions: { readonly keyResourceID: string; readonly hashFunc: number }
  readonly methodName: string
  readonly signMessage?: { readonly signOptions: { readonly messageOptions: { readonly digest?: string | null } } }
  readonly verifySignature?: { readonly signature: string }
}

const [, , version, json = ''] = process.argv

function answer(): object {
  if (version !== 'v1') throw new Error(`unknown protocol ${version}`)
  const request: Request = JSON.parse(json)
  const id = request.initOptions.keyResourceID
  switch (request.methodName) {
    case 'publicKey': {
      const publicKey = createPublicKey({ key: readPublicKey(id), format: 'der', type: 'spki' })
      const pem = publicKey.export({ type: 'spki', format: 'pem' })
      return { publicKey: { publicKeyPEM: Buffer.from(pem).toString('base64') } }
    }
    case 'supportedAlgorithms':
      return { supportedAlgorithms: { supportedAlgorithms: ['ecdsa-p256'] } }
    case 'defaultAlgorithm':
      return { defaultAlgorithm: { defaultAlgorithm: 'ecdsa-p256' } }
    case 'signMessage': {
      const { digest } = request.signMessage?.signOptions.messageOptions ?? {}
      const hash = digest ? Buffer.from(digest, 'base64') : createHash('sha256').update(readFileSync(0)).digest()
      return { signMessage: { signature: signHash(id, hash).toString('base64') } }
    }
    case 'verifySignature': {
      const signature = Buffer.from(request.verifySignature?.signature ?? '', 'base64')
      const publicKey = createPublicKey({ key: readPublicKey(id), format: 'der', type: 'spki' })
      if (!verify('sha256', readFileSync(0), publicKey, signature)) throw new Error('the signature is not of this key')
      return { verifySignature: {} }
    }
    default:
      throw new Error(`unknown method ${request.methodName}`)
  }
}

const readPublicKey = (id: string): Buffer =>
  withFiles((_, output) => ['--read-object', '--type', 'pubkey', '--id', id, '--output-file', output])

const signHash = (id: string, hash: Buffer): Buffer =>
  withFiles((input, output) => {
    writeFileSync(input, hash)
    const signing = ['--sign', '--mechanism', 'ECDSA', '--signature-format', 'openssl', '--id', id]
    return [...signing, '--input-file', input, '--output-file', output]
  })

function withFiles(args: (input: string, output: string) => string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'softhsm-'))
  try {
    const output = join(folder, 'output')
    const login = ['--module', '/usr/lib/softhsm/libsofthsm2.so', '--login', '--pin', process.env.HSM_PIN ?? '']
    execFileSync('pkcs11-tool', [...login, ...args(join(folder, 'input'), output)], { stdio: 'pipe' })
    return readFileSync(output)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

try {
  process.stdout.write(JSON.stringify(answer()))
} catch (error) {
  process.stdout.write(JSON.stringify({ errorMessage: error instanceof Error ? error.message : String(error) }))
  process.exitCode = 1
}
