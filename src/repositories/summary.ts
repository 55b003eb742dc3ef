import { pathToFileURL } from 'node:url'
import type { ReleaseRecord } from '../release/index.ts'
import { type Block, code, heading, table, text } from '../runner/index.ts'
import type { PublishedRepository } from './publish.ts'

/** What was published where, and what a user writes on a machine to install from there. */
export function publicationSummary(
  repositories: readonly PublishedRepository[],
  { project, version }: ReleaseRecord,
  dryRun: boolean,
): Block[] {
  const done = dryRun ? 'to be published' : 'published'
  return [
    heading(`Packages of ${project} ${version}`),
    table(
      ['Repository', 'Packages', 'Added', 'State'],
      repositories.map(({ folder, packages, added, changed }) => [
        folder,
        String(packages),
        added.join(', ') || 'none',
        changed ? done : 'unchanged',
      ]),
    ),
    ...repositories.slice(0, 1).map(({ fingerprint }) => text(`Signed by the OpenPGP key ${fingerprint}.`)),
    ...repositories.flatMap(({ kind, folder }) =>
      kind === 'deb' ? aptSource(folder, project) : dnfRepository(folder, project),
    ),
  ]
}

function aptSource(folder: string, project: string): Block[] {
  const url = pathToFileURL(folder).href
  const keyring = `/etc/apt/keyrings/${project}.asc`
  return [
    text(`apt: put ${url}/Release.key in ${keyring}, and this in /etc/apt/sources.list.d/${project}.sources:`),
    code('', `Types: deb\nURIs: ${url}/\nSuites: ./\nSigned-By: ${keyring}`),
  ]
}

function dnfRepository(folder: string, project: string): Block[] {
  const url = pathToFileURL(folder).href
  return [
    text(`dnf: put this in /etc/yum.repos.d/${project}.repo:`),
    code(
      'ini',
      `[${project}]
name=${project}
baseurl=${url}/
enabled=1
gpgcheck=1
repo_gpgcheck=1
gpgkey=${url}/repodata/repomd.xml.key`,
    ),
  ]
}
