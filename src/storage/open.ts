import { type Step, UserError } from '../runner/index.ts'
import { openFolder } from './folder.ts'
import { openGoogleCloudStorage } from './gcs.ts'
import { openS3 } from './s3.ts'
import type { Store } from './store.ts'

const kinds: Readonly<Record<string, (address: string, rest: string, step: Step) => Store>> = {
  file: openFolder,
  s3: openS3,
  gs: openGoogleCloudStorage,
}

/** The part of an address before its colon, when a store can be named by it. */
export const isStoreAddress = (address: string): boolean => Object.hasOwn(kinds, address.split(':', 1)[0] ?? '')

/**
 * Opens a store by its address: `file:PATH`, `s3://BUCKET/PREFIX` or `gs://BUCKET/PREFIX`. Nothing is read or written yet.
 * @throws UserError when the address is none
 */
export function openStore(address: string, step: Step): Store {
  const colon = address.indexOf(':')
  const open = isStoreAddress(address) ? kinds[address.slice(0, colon)] : undefined
  const rest = address.slice(colon + 1)
  if (!open || colon < 0 || rest === '') {
    throw new UserError(`'${address}' is not where files can lie`, {
      hint: 'Write file:FOLDER, s3://BUCKET/PREFIX or gs://BUCKET/PREFIX.',
    })
  }
  return open(address, rest, step)
}
