import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { access, link, mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { describeError, UserError } from '../runner/index.ts'
import { publicKeyPem } from './key.ts'

/**
 * The key pair of this user on this machine, made at the first use and the same ever after:
 * `signing.key` (mode 0600) and `signing.pub` in `$XDG_STATE_HOME/k8s-release/keys`. Source: XDG Base Directory Specification.
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
    const existing = await readKey(path)
    if (!create) return existing ?? newKey()
    const privateKey = existing ?? (await createKey(folder, path))
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
  join(stateFolder(environment), 'k8s-release', 'keys')

function stateFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_STATE_HOME: state, HOME: home } = environment
  // The specification has relative paths ignored.
  return state && isAbsolute(state) ? state : join(home || homedir(), '.local', 'state')
}

async function readKey(path: string): Promise<KeyObject | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  try {
    return createPrivateKey(text)
  } catch {
    throw new UserError(`The local key ${path} is damaged`, {
      hint: 'Remove it, and another is made; what it signed stays signed.',
    })
  }
}

const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

/** Linking fails where another process was first; then its key is taken. */
async function createKey(folder: string, path: string): Promise<KeyObject> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const privateKey = newKey()
  const temporary = await mkdtemp(join(folder, '.new-'))
  try {
    const source = join(temporary, 'signing.key')
    await writeNew(source, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600)
    await link(source, path)
    return privateKey
  } catch (error) {
    const winner = await readKey(path)
    if (winner) return winner
    throw error
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function writePublicKey(folder: string, privateKey: KeyObject): Promise<void> {
  const path = join(folder, 'signing.pub')
  const pem = publicKeyPem(createPublicKey(privateKey))
  if ((await readFile(path, 'utf8').catch(() => '')) === pem) return
  const temporary = await mkdtemp(join(folder, '.new-'))
  try {
    await writeNew(join(temporary, 'signing.pub'), pem, 0o644)
    await rename(join(temporary, 'signing.pub'), path)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function writeNew(path: string, content: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}
