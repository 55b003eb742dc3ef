/** The words of the OCI image, distribution and layout specifications, as types. Pure; no effects. */

export { type Digest, digestFromHex, digestOfBytes, hexOf, isDigest, parseDigest } from './digest.ts'
export {
  type Descriptor,
  emptyDescriptor,
  type ImageConfig,
  type ImageIndex,
  type ImageManifest,
  mediaTypes,
  parseIndex,
  parseManifest,
} from './manifest.ts'
export { formatPlatform, type Platform, parsePlatform, platformSuffix } from './platform.ts'
export {
  formatReference,
  type ImageLocation,
  type ImageReference,
  parseLocation,
  parseReference,
  parseTag,
  type Tag,
} from './reference.ts'
