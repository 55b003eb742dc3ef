import { join } from 'node:path'
import { describeError, keepOnce, type Step, stateFolder, UserError } from '../runner/index.ts'

/**
 * The key of this machine, in the user's state folder, readable by the user only; made the first time.
 * RSA 3072: rpm before 4.15 knows no EdDSA, and it is made in a fraction of a second.
 */
export async function readLocalKey(step: Step): Promise<{ path: string; armored: string }> {
  const path = join(stateFolder(step.environment), 'keys', 'openpgp.key')
  let made: string | undefined
  try {
    const armored = await keepOnce(path, async () => {
      made = await generateKey(step)
      return made
    })
    // Another process may have been faster; then its key is the one.
    if (armored === made)
      step.log.notice(`Made the OpenPGP key ${path}, with which this machine signs packages and repositories`)
    return { path, armored }
  } catch (error) {
    throw new UserError(`Cannot keep the local OpenPGP key ${path}: ${describeError(error)}`, {
      hint: "Make the folder writable, or give a key by the input 'openpgp-key'.",
    })
  }
}

async function generateKey(step: Step): Promise<string> {
  const openpgp = await import('openpgp')
  const { privateKey } = await openpgp.generateKey({
    type: 'rsa',
    rsaBits: 3072,
    subkeys: [],
    date: step.now(),
    userIDs: [{ name: 'k8s-release local key' }],
    format: 'armored',
  })
  return privateKey
}
