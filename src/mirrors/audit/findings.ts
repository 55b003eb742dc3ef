import type { Digest } from '../../oci/index.ts'
import type { Location } from '../../runner/index.ts'
import { formatPlace, type Place } from './expected.ts'

/**
 * What is wrong at a mirror:
 * `missing`    a tag, a manifest or a file is not there
 * `moved`      a tag is another digest, a file has other bytes
 * `extra`      a tag that no manifest names
 * `unsigned`   an image without a signature, or without what the evidence policy demands
 * `differing`  evidence that another mirror has, or has with another digest
 * `unreadable` nobody can tell
 * `malformed`  a line of a manifest that asks for nothing that could be looked for
 */
export const findingKinds = ['missing', 'moved', 'extra', 'unsigned', 'differing', 'unreadable', 'malformed'] as const
export type FindingKind = (typeof findingKinds)[number]

export interface Finding {
  readonly kind: FindingKind
  /** Registry, host or store; empty where it is the manifest that is wrong. */
  readonly mirror: string
  /** `HOST/NAME:TAG`, `HOST/NAME@DIGEST`, `HOST/NAME` or a file. */
  readonly item: string
  /** One line, without the item. */
  readonly message: string
  readonly expected?: Digest
  readonly found?: Digest
  /** The line of the manifest that asks for it. */
  readonly location?: Location
  /** The evidence policy only warns of it. */
  readonly warning?: true
}

/** A finding at a place; `item` is what follows the repository's address. */
export const at = (place: Place, finding: Omit<Finding, 'mirror'>): Finding => ({
  ...finding,
  mirror: place.mirror,
  item: `${formatPlace(place)}${finding.item}`,
})

/** The same findings in the same order in every run. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings
    .map((finding) => ({ finding, key: [finding.mirror, finding.item, finding.kind, finding.message].join('\n') }))
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ finding }) => finding)
}
