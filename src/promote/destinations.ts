import { resolve } from 'node:path'
import { type ImageLocation, type ImageReference, parseLocation } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'
import { isStoreAddress, openStore } from '../storage/index.ts'

/** Where to promote to: images and files have places of their own. */
export interface Destinations {
  readonly images: readonly ImageLocation[]
  /** Addresses of stores. */
  readonly files: readonly string[]
}

/**
 * `oci:PATH`, `HOST/PREFIX` and `file:PATH`, each once; paths are relative to the workspace.
 * @throws UserError when one is none of these
 */
export function parseDestinations(addresses: readonly string[], workspace: string): Destinations {
  if (addresses.length === 0) {
    throw new UserError("Nowhere to promote to: 'to' is empty", {
      hint: 'Write HOST/PREFIX or oci:FOLDER for images, file:FOLDER for files.',
    })
  }
  const images: ImageLocation[] = []
  const files: string[] = []
  for (const address of new Set(addresses)) {
    if (!isStoreAddress(address)) images.push(resolveLocation(parseLocation(address), workspace))
    else files.push(address.startsWith('file:') ? `file:${resolve(workspace, address.slice(5))}` : address)
  }
  // An address of a kind that is not supported fails here, before anything is read.
  for (const address of files) openStore(address)
  return { images, files }
}

/** The location with the path of a layout made absolute. */
function resolveLocation(location: ImageLocation, workspace: string): ImageLocation {
  return location.kind === 'layout' ? { kind: 'layout', path: resolve(workspace, location.path) } : location
}

/** A reference with the path of a layout made absolute. */
export const resolveReference = (reference: ImageReference, workspace: string): ImageReference => ({
  ...reference,
  location: resolveLocation(reference.location, workspace),
})
