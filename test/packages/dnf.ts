import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CommandResult, runCommand } from '../../src/runner/index.ts'
import { tool, toolsPath } from '../tools.ts'

/** A machine's dnf and rpm in a folder: one repository, with packages and metadata checked by its key. */
export interface DnfMachine {
  /** Root of its file system: what is installed lies below. */
  readonly root: string
  install(...packages: string[]): Promise<CommandResult>
  /** `name-version-release` of what dnf can see, all versions. */
  available(): Promise<string[]>
  /** Runs rpm over the database of the root. */
  rpm(...args: string[]): Promise<CommandResult>
}

export interface DnfSource {
  /** `file:///srv/rpm/` or `http://127.0.0.1:8080/rpm/`. */
  readonly url: string
  /** URL of the armored public key. */
  readonly key: string
  /** Whether the metadata must be signed; packages always must. */
  readonly checkRepository?: boolean
}

export async function dnfMachine(folder: string, source: DnfSource): Promise<DnfMachine> {
  const root = join(folder, 'root')
  const repositories = join(folder, 'yum.repos.d')
  for (const path of [root, repositories, join(folder, 'log')]) await mkdir(path, { recursive: true })
  await writeFile(join(folder, 'dnf.conf'), '[main]\n')
  await writeFile(
    join(repositories, 'test.repo'),
    `[test]
name=test
baseurl=${source.url}
enabled=1
gpgcheck=1
repo_gpgcheck=${source.checkRepository === false ? 0 : 1}
gpgkey=${source.key}
retries=1
proxy=
`,
  )
  const environment = { PATH: toolsPath, HOME: folder, LC_ALL: 'C' }
  const options = [
    '-y',
    '--noplugins',
    '--refresh', // an age of no second is no age to metadata_expire
    `--config=${join(folder, 'dnf.conf')}`,
    `--installroot=${root}`,
    '--releasever=9',
    '--forcearch=x86_64',
    `--setopt=reposdir=${repositories}`,
    `--setopt=cachedir=${join(folder, 'cache')}`,
    `--setopt=logdir=${join(folder, 'log')}`,
    '--setopt=install_weak_deps=False',
  ]
  const dnf = (...args: string[]): Promise<CommandResult> =>
    runCommand(tool('dnf'), [...options, ...args], { environment, allowFailure: true })

  return {
    root,
    install: (...packages) => dnf('install', ...packages),
    async available() {
      const result = await dnf('repoquery', '--quiet', '--queryformat', '%{name}-%{version}-%{release}')
      if (result.exitCode !== 0) throw new Error(result.stderr)
      return result.stdout.split('\n').filter((line) => line !== '')
    },
    rpm: (...args) => runCommand(tool('rpm'), [`--root=${root}`, ...args], { environment, allowFailure: true }),
  }
}
