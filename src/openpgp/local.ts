import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describeError, type Step, UserError } from '../runner/index.ts'

/**
 * The key of this machine, in the user's state folder (XDG Base Directory), readable by the user only; made the first time.
 * RSA 3072: rpm before 4.15 knows no EdDSA, and it is made in a fraction of a second.
 */
export async function readLocalKey(step: Step): Promise<{ path: string; armored: string }> {
  const path = localKeyPath(step)
  const existing = await readIfThere(path)
  if (existing !== undefined) return { path, armored: existing }
  const openpgp = await import('openpgp')
  const { privateKey } = await openpgp.generateKey({
    type: 'rsa',
    rsaBits: 3072,
    subkeys: [],
    date: step.now(),
    userIDs: [{ name: 'k8s-release local key' }],
    format: 'armored',
  })
  await createOnce(path, privateKey)
  step.log.notice(`Made the OpenPGP key ${path}, with which this machine signs packages and repositories`)
  // Another process may have been faster; then its key is the one.
  return { path, armored: await readFile(path, 'utf8') }
}

function localKeyPath(step: Step): string {
  const { XDG_STATE_HOME: state, HOME: home } = step.environment
  if (!state && !home) {
    throw new UserError('No place for the local OpenPGP key: HOME is not set', {
      hint: "Set HOME or XDG_STATE_HOME, or give a key by the input 'openpgp-key'.",
    })
  }
  return join(state || join(home ?? '', '.local', 'state'), 'k8s-release', 'keys', 'openpgp.key')
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new UserError(`Cannot read the local OpenPGP key ${path}: ${describeError(error)}`)
  }
}

async function createOnce(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(temporary, content, { flag: 'wx', mode: 0o600 })
    // A link is made whole or not at all, and never over another.
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } catch (error) {
    throw new UserError(`Cannot write the local OpenPGP key ${path}: ${describeError(error)}`, {
      hint: "Check that the folder is writable, or give a key by the input 'openpgp-key'.",
    })
  } finally {
    await rm(temporary, { force: true })
  }
}
