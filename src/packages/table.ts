import { formatPlatform } from '../oci/index.ts'
import { type Block, heading, table, text } from '../runner/index.ts'
import type { BuiltPackage } from './apply.ts'
import { contentSize } from './package.ts'
import type { PlannedPackage } from './plan.ts'

/** The plan as it would be carried out. */
export const planTable = (plan: readonly PlannedPackage[]): Block[] => [
  heading('Packages to be made'),
  table(
    ['Package', 'Platform', 'Compression', 'Files', 'Installed bytes'],
    plan.map((planned) => [...columnsOf(planned), String(installedBytes(planned))]),
  ),
]

/** What was made; `signer` is the fingerprint of the key that signed the rpm packages. */
export const builtTable = (built: readonly BuiltPackage[], signer: string | undefined): Block[] => [
  heading('Packages'),
  table(
    ['Package', 'Platform', 'Compression', 'Files', 'Bytes', 'Digest', ''],
    built.map(({ planned, subject, changed }) => [
      ...columnsOf(planned),
      String(subject.size),
      `sha256:${subject.sha256}`,
      changed ? 'made' : 'unchanged',
    ]),
  ),
  ...(signer ? [text(`The rpm packages are signed by the OpenPGP key ${signer}.`)] : []),
]

const columnsOf = (planned: PlannedPackage): string[] => [
  planned.fileName,
  planned.platform ? formatPlatform(planned.platform) : 'any',
  planned.compression,
  String(planned.package.entries.length),
]

const installedBytes = ({ package: { entries } }: PlannedPackage): number =>
  entries.reduce((total, entry) => total + contentSize(entry.content), 0)
