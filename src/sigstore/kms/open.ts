import { type Step, UserError } from '../../runner/index.ts'
import type { RemoteKey } from './remote-key.ts'

type Opener = (rest: string, name: string, step: Step) => Promise<RemoteKey>

const address = /^(?<scheme>[a-z][a-z0-9-]*):\/\/(?<rest>.+)$/s

const keepers: Readonly<Record<string, () => Promise<Opener>>> = {
  awskms: async () => (await import('./amazon.ts')).openAmazonKey,
  azurekms: async () => (await import('./azure.ts')).openAzureKey,
  gcpkms: async () => (await import('./google.ts')).openGoogleKey,
  hashivault: async () => (await import('./vault.ts')).openVaultKey,
}

/** True for `SCHEME://…`; anything else is a path. */
export const isKeyAddress = (text: string): boolean => /^[a-z][a-z0-9-]*:\/\//.test(text)

/**
 * Opens a key by its address, as cosign writes it. A scheme that is not known here is that of a program `sigstore-kms-SCHEME`.
 * @throws UserError
 */
export async function openRemoteKey(name: string, step: Step): Promise<RemoteKey> {
  const { scheme = '', rest = '' } = address.exec(name)?.groups ?? {}
  if (rest === '') throw new UserError(`${name} names no key`, { hint: 'Write SCHEME://KEY, as cosign does.' })
  const known = Object.hasOwn(keepers, scheme) ? keepers[scheme] : undefined
  const open = known ? await known() : (await import('./program.ts')).openProgramKey(scheme)
  return open(rest, name, step)
}
