/**
 * OCI images, wherever they lie: a registry or an image layout folder, behind one interface.
 * Addresses: `oci:PATH[:NAME]` and `HOST/REPOSITORY[:TAG][@DIGEST]`, parsed by `src/oci`.
 */

export { type SigstoreReferrer, sigstoreReferrer } from './artifact.ts'
export { openLayout } from './layout.ts'
export type { Listing } from './listing.ts'
export { referrerOf } from './manifest.ts'
export { openRepository, type RepositoryOptions } from './open.ts'
export type { ReferrerManifest, Repository, StoredManifest } from './repository.ts'
export { resolveLocation, resolveReference } from './resolve.ts'
