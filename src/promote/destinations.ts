import { type ImageLocation, parseLocation } from '../oci/index.ts'
import { resolveLocation } from '../registry/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { isStoreAddress, openStore } from '../storage/index.ts'

/** Where to promote to: images and files have places of their own. */
export interface Destinations {
  readonly images: readonly ImageLocation[]
  /** Addresses of stores. */
  readonly files: readonly string[]
}

/**
 * `oci:PATH`, `HOST/PREFIX`, `file:PATH`, `s3://BUCKET/PREFIX` and `gs://BUCKET/PREFIX`, each once; paths are relative to the workspace.
 * @throws UserError when one is none of these, or may not be used in this step
 */
export function parseDestinations(addresses: readonly string[], step: Step): Destinations {
  if (addresses.length === 0) {
    throw new UserError("Nowhere to promote to: 'to' is empty", {
      hint: 'Write HOST/PREFIX or oci:FOLDER for images, file:FOLDER, s3://BUCKET or gs://BUCKET for files.',
    })
  }
  const images: ImageLocation[] = []
  const files: string[] = []
  for (const address of new Set(addresses)) {
    if (!isStoreAddress(address)) images.push(resolveLocation(parseLocation(address), step))
    else files.push(resolveStore(address, step))
  }
  // A malformed address fails here, before anything is read.
  for (const address of files) openStore(address, step)
  return { images, files }
}

/** The address of a store with the path of a folder made absolute. @throws UserError when it may not be used in this step */
export const resolveStore = (address: string, step: Step): string =>
  address.startsWith('file:') ? `file:${step.resolvePath(address.slice('file:'.length))}` : address
