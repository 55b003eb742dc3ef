import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CommandResult, runCommand } from '../../src/runner/index.ts'
import { tool, toolsPath } from '../tools.ts'

/** A machine's apt and dpkg in a folder, with nothing of the host's: one source, its key, signature checking on. */
export interface AptMachine {
  /** Root of its file system: what is installed lies below. */
  readonly root: string
  update(): Promise<CommandResult>
  /** As a user does it, but into the root. */
  install(...packages: string[]): Promise<CommandResult>
  /** Versions that apt knows of a package, newest first. */
  versions(name: string): Promise<string[]>
}

export interface AptSource {
  /** `file:/srv/deb/` or `http://127.0.0.1:8080/deb/`. */
  readonly url: string
  /** Armored public key. */
  readonly key: string
  /** dpkg's word; the machine's where absent. */
  readonly architecture?: string
}

export async function aptMachine(folder: string, { url, key, architecture = 'amd64' }: AptSource): Promise<AptMachine> {
  const root = join(folder, 'root')
  const folders = [
    'etc/apt/apt.conf.d',
    'etc/apt/preferences.d',
    'etc/apt/sources.list.d',
    'var/lib/apt/lists/partial',
    'var/cache/apt/archives/partial',
    'var/log/apt',
    'root/var/lib/dpkg',
  ]
  for (const name of folders) await mkdir(join(folder, name), { recursive: true })
  const keyring = join(folder, 'etc', 'apt', 'key.asc')
  const configuration = join(folder, 'apt.conf')
  await writeFile(keyring, key)
  await writeFile(join(root, 'var/lib/dpkg/status'), '')
  await writeFile(
    join(folder, 'etc/apt/sources.list.d/test.sources'),
    `Types: deb\nURIs: ${url}\nSuites: ./\nSigned-By: ${keyring}\n`,
  )
  await writeFile(
    configuration,
    `Dir "${folder}";
Dir::State::status "${root}/var/lib/dpkg/status";
Dir::Etc::trusted "/dev/null";
Dir::Etc::trustedparts "/dev/null";
APT::Architecture "${architecture}";
APT::Architectures { "${architecture}"; };
APT::Sandbox::User "root";
Acquire::http::Proxy "false";
Acquire::Languages "none";
Acquire::Retries "0";
DPkg::Options { "--root=${root}"; "--log=/dev/null"; "--force-script-chrootless"; "--force-architecture"; };
`,
  )
  const environment = { PATH: toolsPath, APT_CONFIG: configuration, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' }
  const run = (program: string, args: readonly string[]): Promise<CommandResult> =>
    runCommand(tool(program), args, { environment, allowFailure: true })

  return {
    root,
    update: () => run('apt-get', ['update']),
    install: (...packages) => run('apt-get', ['-y', '--no-install-recommends', 'install', ...packages]),
    async versions(name) {
      const { stdout } = await run('apt-cache', ['madison', name])
      return stdout.split('\n').flatMap((line) => line.split('|')[1]?.trim() ?? [])
    },
  }
}
