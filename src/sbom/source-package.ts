import type { ReleaseRecord } from '../release/index.ts'
import { elementId } from './element-id.ts'
import { partiesOf } from './organization.ts'
import { formatPackageUrl } from './package-url.ts'
import { type ElementId, purlReference, type SpdxPackage, spdxPackage } from './spdx.ts'

/** The part of a record that says what was released and from which source. */
export type Project = Pick<ReleaseRecord, 'project' | 'version' | 'source'>

export const sourceId = ({ project }: Project): ElementId => elementId('Source', project)

/** Supplier and originator of what the project releases. */
export const projectParties = ({ source }: Project) => partiesOf(source.repository.replace(/^https:\/\//, ''))

/** The source that everything of the release was made from, at its commit. */
export function sourcePackage(project: Project): SpdxPackage {
  const { repository, commit, modified } = project.source
  return spdxPackage({
    SPDXID: sourceId(project),
    name: project.project,
    versionInfo: project.version,
    ...projectParties(project),
    downloadLocation: downloadLocation(project) ?? 'NOASSERTION',
    sourceInfo: commit
      ? `git commit ${commit}${modified ? ', with changes that were not committed' : ''}`
      : 'not under version control',
    externalRefs: [
      purlReference(sourcePurl(project)),
      // A SWHID of a revision is its git commit. Source: SWHID specification (ISO/IEC 18670).
      ...(commit?.length === 40 && !modified && isPublic(repository)
        ? [
            {
              referenceCategory: 'PERSISTENT-ID',
              referenceType: 'swh',
              referenceLocator: `swh:1:rev:${commit}`,
            } as const,
          ]
        : []),
    ],
    primaryPackagePurpose: 'SOURCE',
  })
}

// A `file:` URL would tell of the machine that built it, and be of no use elsewhere.
const isPublic = (repository: string): boolean => repository.startsWith('https://')

/** `git+https://HOST/PATH@COMMIT#DIRECTORY`. Source: SPDX 2.3, clause 7.7. */
function downloadLocation({ source }: Project): string | undefined {
  const { repository, commit, ref, directory } = source
  if (!isPublic(repository)) return undefined
  const at = commit ?? ref
  return `git+${repository}${at ? `@${at}` : ''}${directory ? `#${directory}` : ''}`
}

function sourcePurl(project: Project): string {
  const { repository, commit, ref, directory } = project.source
  const path = /^https:\/\/github\.com\/([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(repository)?.[1]
  return path
    ? formatPackageUrl({
        type: 'github',
        path,
        version: ref === `refs/tags/${project.version}` ? project.version : (commit ?? project.version),
        subpath: directory,
      })
    : formatPackageUrl({
        type: 'generic',
        path: project.project,
        version: project.version,
        qualifiers: { vcs_url: downloadLocation(project) },
      })
}
