import { generateKeyPairSync } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import type { Digest } from '../oci/index.ts'
import { describeError, type Step, UserError } from '../runner/index.ts'
import { encryptCosignKey } from './cosign-key.ts'
import { keyIdOf, publicKeyPem } from './key.ts'

export interface WrittenKeyPair {
  readonly key: string
  readonly publicKey: string
  readonly keyId: Digest
}

/**
 * Writes PREFIX.key, encrypted with the password in COSIGN_PASSWORD, and PREFIX.pub: EC P-256, as `cosign generate-key-pair`.
 * @param prefix absolute
 * @throws UserError when there is no password, or either file is there already
 */
export async function generateKeyPair(prefix: string, step: Step): Promise<WrittenKeyPair> {
  const { COSIGN_PASSWORD: password } = step.environment
  if (password === undefined) {
    throw new UserError('There is no password to encrypt the private key with', {
      hint: 'Set COSIGN_PASSWORD; set but empty, the key can be used without one.',
    })
  }
  if (password) step.secret(password)
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const paths = { key: `${prefix}.key`, publicKey: `${prefix}.pub` }
  const encrypted = await encryptCosignKey(privateKey, password)
  // The public key first: a run that fails half-way leaves no private key that nobody knows of.
  await writeNew(paths.publicKey, publicKeyPem(publicKey), 0o644)
  try {
    await writeNew(paths.key, encrypted, 0o600)
  } catch (error) {
    await rm(paths.publicKey, { force: true })
    throw error
  }
  step.log.info(`Wrote ${paths.key} (keep it, and its password, secret) and ${paths.publicKey}`)
  return { ...paths, keyId: keyIdOf(publicKey) }
}

async function writeNew(path: string, content: string, mode: number): Promise<void> {
  try {
    const file = await open(path, 'wx', mode)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new UserError(`Cannot write ${path}: ${describeError(error)}`)
    }
    throw new UserError(`${path} is there already, and a key is never overwritten`, {
      hint: "Move it away, or give another 'output-key-prefix'.",
    })
  }
}
