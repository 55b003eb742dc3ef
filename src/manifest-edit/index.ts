/**
 * Asks for a promotion: adds the digests of a version to a promoter manifest, in the checkout or as a pull request that
 * shows what the promotion would do.
 */
export { editManifest } from './edit-manifest.ts'
export type { EditOptions, EditResult } from './options.ts'
