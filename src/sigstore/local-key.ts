import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { access, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeError, keepOnce, readKept, stateFolder, UserError } from '../runner/index.ts'
import { publicKeyPem } from './key.ts'

/**
 * The key pair of this user on this machine, made at the first use and the same ever after:
 * `signing.key` (mode 0600) and `signing.pub` in `$XDG_STATE_HOME/k8s-release/keys`.
 * Without `create`, a key that is only in memory where there is none yet.
 * @throws UserError
 */
export async function openLocalKey(
  environment: Readonly<Record<string, string | undefined>>,
  { create }: { readonly create: boolean },
): Promise<KeyObject> {
  const folder = keyFolder(environment)
  const path = join(folder, 'signing.key')
  try {
    if (!create) return parseKey((await readKept(path)) ?? newKey(), path)
    const privateKey = parseKey(await keepOnce(path, newKey), path)
    await writePublicKey(folder, privateKey)
    return privateKey
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`Cannot keep a key pair in ${folder}: ${describeError(error)}`, {
      hint: "Make the folder writable, or give a private key by the input 'key'.",
    })
  }
}

/** Path of this user's own public key on this machine; undefined where it was never used to sign. */
export async function findLocalPublicKey(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const path = join(keyFolder(environment), 'signing.pub')
  return access(path).then(
    () => path,
    () => undefined,
  )
}

const keyFolder = (environment: Readonly<Record<string, string | undefined>>): string =>
  join(stateFolder(environment), 'keys')

function parseKey(text: string, path: string): KeyObject {
  try {
    return createPrivateKey(text)
  } catch {
    throw new UserError(`The local key ${path} is damaged`, {
      hint: 'Remove it, and another is made; what it signed stays signed.',
    })
  }
}

const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

async function writePublicKey(folder: string, privateKey: KeyObject): Promise<void> {
  const path = join(folder, 'signing.pub')
  const pem = publicKeyPem(createPublicKey(privateKey))
  if ((await readFile(path, 'utf8').catch(() => '')) === pem) return
  const temporary = await mkdtemp(join(folder, '.new-'))
  try {
    await writeFile(join(temporary, 'signing.pub'), pem, { mode: 0o644, flush: true })
    await rename(join(temporary, 'signing.pub'), path)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
