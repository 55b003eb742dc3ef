/**
 * Promotion manifests, in the formats of registry.k8s.io: which images, files and GitHub releases go where. Read strictly,
 * with the place of everything; checked for what breaks a promotion later; edited without touching anything else in them.
 */
export { type Addition, formatAddition } from './addition.ts'
export {
  editedText,
  type ManifestEdit,
  type ManifestSource,
  type NamedText,
  parseManifestSource,
  planEdit,
} from './edit.ts'
export type { FileManifest, ManifestFile } from './file-manifest.ts'
export type { Finding } from './finding.ts'
export type { ManifestImage, PromoterManifest } from './image-manifest.ts'
export { type LintOptions, lintManifests } from './lint.ts'
export { formatLocationOf } from './lint-images.ts'
export { type Manifests, readImageManifests, readManifests } from './read.ts'
export type { ReleaseConfig } from './release-config.ts'
