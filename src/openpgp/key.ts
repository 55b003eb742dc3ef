import { readFile } from 'node:fs/promises'
import type { PartialConfig, PrivateKey } from 'openpgp'
import { describeError, type Step, UserError } from '../runner/index.ts'
import { readLocalKey } from './local.ts'

export interface SigningKeyOptions {
  /** Path of an armored private key; in a terminal, the local key where absent. */
  readonly key: string | undefined
  /** Passphrase of a protected key. */
  readonly passphrase: string | undefined
}

/** One signature in its two forms: rpm headers hold packets, repositories serve text. */
export interface DetachedSignature {
  readonly binary: Uint8Array
  readonly armored: string
}

/** A key that can sign now. The same key, content and date give the same signature. */
export interface SigningKey {
  /** `local` is a key that k8s-release made on the spot on this machine. */
  readonly origin: 'given' | 'local'
  /** 40 upper-case hexadecimal digits, of the primary key. */
  readonly fingerprint: string
  readonly publicKeyArmored: string
  /** Whether its signatures are RSA's, which rpm keeps under a tag of their own. */
  readonly rsa: boolean
  /** undefined when it never expires. */
  readonly expires: Date | undefined
  /** Signs bytes. The signature is dated `date`, or as soon after it as the key was valid. */
  signDetached(bytes: Uint8Array, date: Date): Promise<DetachedSignature>
  /** Cleartext signature framework: the text, readable, inside its signature, with `\n` line ends. Dated as above. */
  signCleartext(text: string, date: Date): Promise<string>
}

// SHA-512 is read by every apt and rpm in use; a salt notation would make each signature different.
const config: PartialConfig = { nonDeterministicSignaturesViaNotation: false, showVersion: false }

const month = 30 * 24 * 60 * 60 * 1000

/**
 * Opens the key given, or in a terminal the local key, which is made the first time.
 * @throws UserError when there is none, or it is unreadable, protected, expired or revoked, or cannot sign
 */
export async function openSigningKey(options: SigningKeyOptions, step: Step): Promise<SigningKey> {
  const openpgp = await import('openpgp')
  const source = await keySource(options, step)
  const privateKey = await unlock(await readKey(source), options.passphrase, source.name)
  const { expires, validFrom, rsa } = await requireValid(privateKey, source.name, step)
  // A signature older than its key, or than the key's binding, is refused by gpgv and Sequoia.
  const dated = (date: Date): Date => new Date(Math.max(date.getTime(), validFrom.getTime()))

  return {
    origin: source.origin,
    fingerprint: privateKey.getFingerprint().toUpperCase(),
    publicKeyArmored: unixLines(privateKey.toPublic().armor()),
    rsa,
    expires,
    async signDetached(bytes, date) {
      const message = await openpgp.createMessage({ binary: bytes })
      const options = { message, signingKeys: privateKey, detached: true, date: dated(date), config }
      const binary = await openpgp.sign({ ...options, format: 'binary' })
      const signature = await openpgp.readSignature({ binarySignature: binary })
      return { binary, armored: unixLines(signature.armor()) }
    },
    async signCleartext(text, date) {
      const message = await openpgp.createCleartextMessage({ text })
      return unixLines(await openpgp.sign({ message, signingKeys: privateKey, date: dated(date), config }))
    },
  }
}

interface KeySource {
  readonly origin: SigningKey['origin']
  /** For messages. */
  readonly name: string
  readonly armored: string
}

async function keySource(options: SigningKeyOptions, step: Step): Promise<KeySource> {
  if (options.key === undefined) {
    if (step.onGitHub) {
      throw new UserError('No OpenPGP key to sign with', {
        hint: "Give the path of an armored private key by the input 'openpgp-key'; a key made on a runner is gone after the job.",
      })
    }
    const { path, armored } = await readLocalKey(step)
    return { origin: 'local', name: path, armored }
  }
  try {
    return { origin: 'given', name: options.key, armored: await readFile(options.key, 'utf8') }
  } catch (error) {
    throw new UserError(`Cannot read the OpenPGP key ${options.key}: ${describeError(error)}`, {
      hint: "Write it with 'gpg --armor --export-secret-keys FINGERPRINT'.",
    })
  }
}

async function readKey({ name, armored }: KeySource): Promise<PrivateKey> {
  const openpgp = await import('openpgp')
  try {
    return await openpgp.readPrivateKey({ armoredKey: armored, config })
  } catch (error) {
    throw new UserError(`${name} is not an armored OpenPGP private key: ${describeError(error)}`, {
      hint: "Write it with 'gpg --armor --export-secret-keys FINGERPRINT'.",
    })
  }
}

async function unlock(key: PrivateKey, passphrase: string | undefined, name: string): Promise<PrivateKey> {
  if (key.isDecrypted()) return key
  if (!passphrase) {
    throw new UserError(`The OpenPGP key ${name} is protected by a passphrase`, {
      hint: "Give it by the input 'openpgp-passphrase'.",
    })
  }
  const openpgp = await import('openpgp')
  try {
    return await openpgp.decryptKey({ privateKey: key, passphrase })
  } catch {
    throw new UserError(`The passphrase does not open the OpenPGP key ${name}`)
  }
}

interface Validity {
  readonly expires: Date | undefined
  readonly validFrom: Date
  readonly rsa: boolean
}

async function requireValid(key: PrivateKey, name: string, step: Step): Promise<Validity> {
  const now = step.now()
  const end = await key.getExpirationTime()
  if (end instanceof Date && end <= now) {
    throw new UserError(`The OpenPGP key ${name} expired on ${end.toISOString().slice(0, 10)}`, {
      hint: 'Extend it (gpg --quick-set-expire) or sign with a new key, and publish the public key before the release.',
    })
  }
  let signer: Awaited<ReturnType<PrivateKey['getSigningKey']>>
  let primary: Awaited<ReturnType<PrivateKey['getPrimaryUser']>>
  try {
    signer = await key.getSigningKey(undefined, now)
    primary = await key.getPrimaryUser(now)
  } catch (error) {
    throw new UserError(`The OpenPGP key ${name} cannot sign: ${describeError(error)}`, {
      hint: 'Its signing key is missing, revoked, expired, too weak, or dated in the future.',
    })
  }
  const bindings = 'bindingSignatures' in signer ? signer.bindingSignatures : []
  const times = [key.getCreationTime(), signer.getCreationTime(), primary.selfCertification.created]
  const valid = [...times, ...bindings.map((binding) => binding.created)].filter((time) => time instanceof Date)
  const validFrom = new Date(Math.max(...valid.filter((time) => time <= now).map((time) => time.getTime())))

  const subkeyEnd = 'bindingSignatures' in signer ? await signer.getExpirationTime() : end
  const ends = [end, subkeyEnd].filter((time) => time instanceof Date)
  const expires = ends.sort((left, right) => left.getTime() - right.getTime())[0]
  if (expires && expires.getTime() - now.getTime() < month) {
    step.log.warning(`The OpenPGP key ${name} expires on ${expires.toISOString().slice(0, 10)}`)
  }
  return { expires, validFrom, rsa: signer.getAlgorithmInfo().algorithm.startsWith('rsa') }
}

const unixLines = (text: string): string => text.replaceAll('\r\n', '\n')
