import type { License } from '../license.ts'
import type { PackageEntry, PackageMetadata } from '../package.ts'

/** The license, where rpm keeps it even when documentation is left out of an installation. */
export const rpmDocuments = (metadata: PackageMetadata, license: License | undefined): PackageEntry[] =>
  license
    ? [
        {
          path: `/usr/share/licenses/${metadata.name}/LICENSE`,
          mode: 0o644,
          kind: 'license',
          content: { bytes: Buffer.from(license.text) },
        },
      ]
    : []
