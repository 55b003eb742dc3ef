import { type Platform, platformSuffix } from '../oci/index.ts'
import type { ReleaseRecord } from '../release/index.ts'

export const documentSuffix = '.spdx.json'

export const mediaType = 'application/spdx+json'

/** `hello-linux-amd64.spdx.json`. */
export const binaryDocumentName = (file: string): string => `${file}${documentSuffix}`

/** `hello-linux-amd64.image.spdx.json`; a slash of the repository becomes a hyphen. */
export const imageDocumentName = (image: string, platform: Platform): string =>
  `${image.replaceAll('/', '-')}-${platformSuffix(platform)}.image${documentSuffix}`

/** `hello-v1.2.3.spdx.json`. */
export const releaseDocumentName = ({ project, version }: ReleaseRecord): string =>
  `${project}-${version}${documentSuffix}`
