import { runCommand, type Step, UserError } from '../../runner/index.ts'
import { member } from '../json.ts'
import { parseRemotePublicKey, type RemoteKey } from './remote-key.ts'

const protocol = 'v1'
// SHA-256, by the number that Go gives it.
const sha256 = 5

/**
 * Keys of the program `sigstore-kms-SCHEME`: it is given the protocol's version and JSON as arguments, and answers JSON.
 * Source: github.com/sigstore/sigstore, pkg/signature/kms/cliplugin.
 */
export const openProgramKey =
  (scheme: string) =>
  async (keyResourceID: string, name: string, step: Step): Promise<RemoteKey> => {
    const ask = (method: string, options: object): Promise<unknown> =>
      askProgram(`sigstore-kms-${scheme}`, keyResourceID, { method, options }, step)
    const pem = bytesOf(member(await ask('publicKey', { publicKeyOptions: { rpcOptions: {} } }), 'publicKeyPEM'))
    return {
      name,
      publicKey: parseRemotePublicKey(pem?.toString() ?? '', name),
      async signDigest(digest) {
        const messageOptions = { digest: digest.toString('base64'), hashFunc: sha256 }
        const answer = await ask('signMessage', { signOptions: { rpcOptions: {}, messageOptions } })
        const signature = bytesOf(member(answer, 'signature'))
        if (!signature) throw new UserError(`sigstore-kms-${scheme} answered no signature`)
        return signature
      },
    }
  }

async function askProgram(
  program: string,
  keyResourceID: string,
  { method, options }: { readonly method: string; readonly options: object },
  step: Step,
): Promise<unknown> {
  const initOptions = { protocolVersion: protocol, keyResourceID, hashFunc: sha256, rpcOptions: {} }
  const json = JSON.stringify({ initOptions, methodName: method, [method]: options })
  const { stdout, stderr, exitCode } = await runCommand(program, [protocol, json], {
    environment: step.environment,
    input: '',
    signal: step.signal,
    // The protocol has its errors in the answer; the exit code adds nothing.
    allowFailure: true,
  })
  let answer: unknown
  try {
    answer = JSON.parse(stdout)
  } catch {
    const last = stderr.trim().split('\n').at(-1)
    throw new UserError(`${program} did not answer JSON and exited with ${exitCode}${last ? `: ${last}` : ''}`, {
      hint: `It must speak the protocol ${protocol} of Sigstore's KMS plugins.`,
    })
  }
  const failure = member(answer, 'errorMessage')
  if (typeof failure === 'string' && failure !== '') throw new UserError(`${program}: ${failure}`)
  return member(answer, method)
}

const bytesOf = (value: unknown): Buffer | undefined =>
  typeof value === 'string' && value !== '' ? Buffer.from(value, 'base64') : undefined
