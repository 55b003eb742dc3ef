import { pathToFileURL } from 'node:url'
import { type Block, code, text } from '../runner/index.ts'
import type { RepositoryKind } from './repository.ts'

/** What a user writes on a machine to install from a repository that lies in this folder. */
export function instructions(kind: RepositoryKind, folder: string, project: string): Block[] {
  const url = `${pathToFileURL(folder)}`
  return kind === 'deb' ? aptInstructions(url, project) : rpmInstructions(url, project)
}

function aptInstructions(url: string, project: string): Block[] {
  const keyring = `/etc/apt/keyrings/${project}.asc`
  return [
    text(`For apt, put ${url}/Release.key in ${keyring} and this in /etc/apt/sources.list.d/${project}.sources:`),
    code('', ['Types: deb', `URIs: ${url}/`, 'Suites: ./', `Signed-By: ${keyring}`].join('\n')),
  ]
}

function rpmInstructions(url: string, project: string): Block[] {
  return [
    text(`For dnf, put this in /etc/yum.repos.d/${project}.repo:`),
    code(
      'ini',
      [
        `[${project}]`,
        `name=${project}`,
        `baseurl=${url}/`,
        'enabled=1',
        'gpgcheck=1',
        'repo_gpgcheck=1',
        `gpgkey=${url}/repodata/repomd.xml.key`,
      ].join('\n'),
    ),
  ]
}
