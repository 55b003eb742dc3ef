import { type Finding, sortFindings } from './finding.ts'
import { lintAgainstBase } from './lint-base.ts'
import { lintFiles, lintReleases } from './lint-files.ts'
import { lintImages } from './lint-images.ts'
import type { Failure, Manifests, ParsedManifests } from './read.ts'

/**
 * All findings in manifests, in the order of their files. Pure.
 * @param base the manifests that these were changed from; undefined where nothing is to be compared
 */
export function findingsIn(parsed: ParsedManifests, base: Manifests | undefined): Finding[] {
  const { manifests, failures, unused } = parsed
  // What can't be read just now is not gone.
  const failed = new Set(failures.map(({ project }) => project))
  return sortFindings([
    ...failures.map(findingOf),
    ...unused.map(unusedFile),
    ...lintKind(manifests),
    ...(base ? lintAgainstBase(manifests, base, failed) : []),
  ])
}

function lintKind(manifests: Manifests): Finding[] {
  switch (manifests.kind) {
    case 'images':
      return lintImages(manifests.manifests)
    case 'files':
      return lintFiles(manifests.manifests)
    case 'releases':
      return lintReleases(manifests.configs)
  }
}

const findingOf = ({ error: { message, hint, location } }: Failure): Finding => ({
  location: location ?? { file: '' },
  rule: 'yaml',
  message: hint === undefined ? message : `${message}. ${hint}`,
})

/** YAML in a tree that promotes nothing, which its author most likely does not know. */
const unusedFile = (file: string): Finding => ({
  location: { file },
  rule: 'unused',
  message: 'no manifest reads this file',
})
