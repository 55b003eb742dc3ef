import { UserError } from '../runner/index.ts'
import { openFolder } from './folder.ts'

/** A place for files by name, with forward slashes. */
export interface Store {
  /** For messages: `file:PATH`. */
  readonly address: string
  /**
   * SHA-256 (hexadecimal) of what is stored there; undefined when nothing is.
   * @throws UserError when the name leads out of the store
   */
  digestOf(name: string): Promise<string | undefined>
  /**
   * Copies a file there: atomically, and proven against its SHA-256 on the way. Does nothing when it is there already.
   * @throws UserError when other bytes are there already, when the source has other bytes, or the name leads out of the store
   */
  write(name: string, source: string, sha256: string): Promise<void>
}

const kinds: Readonly<Record<string, (address: string, rest: string) => Store>> = {
  file: openFolder,
  s3: notYet,
  gs: notYet,
}

/** The part of an address before its colon, when a store can be named by it. */
export const isStoreAddress = (address: string): boolean => Object.hasOwn(kinds, address.split(':', 1)[0] ?? '')

/**
 * Opens a store by its address: `file:PATH`, `s3://BUCKET/PREFIX` or `gs://BUCKET/PREFIX`. Nothing is read or written yet.
 * @throws UserError when the address is none
 */
export function openStore(address: string): Store {
  const colon = address.indexOf(':')
  const open = isStoreAddress(address) ? kinds[address.slice(0, colon)] : undefined
  const rest = address.slice(colon + 1)
  if (!open || colon < 0 || rest === '') {
    throw new UserError(`'${address}' is not where files can lie`, { hint: 'Write file:FOLDER.' })
  }
  return open(address, rest)
}

function notYet(address: string): never {
  throw new UserError(`${address}: this kind of store is not supported yet`, {
    hint: 'Promote to file:FOLDER, and upload the folder with the tool of the store.',
  })
}
