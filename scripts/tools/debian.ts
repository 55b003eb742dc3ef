import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { DebianTool } from './pins.ts'
import { InstallError, run } from './run.ts'

/** Installs what is missing by apt-get, as root or through sudo. */
export function installDebianTools(tools: readonly DebianTool[], report: (what: string) => void): void {
  const installed = installedPackages(tools)
  const missing = tools.filter((tool) => (installed ? !installed.has(tool.package) : !onPath(tool.command)))
  if (missing.length === 0) return
  const packages = missing.map((tool) => tool.package)
  const root = process.getuid?.() === 0
  if (!installed || !onPath('apt-get') || !(root || onPath('sudo'))) {
    const what = missing.map((tool) => (installed ? tool.package : tool.command)).join(' ')
    throw new InstallError(`Missing: ${what}. As root on Debian: apt-get install ${packages.join(' ')}.`)
  }
  const aptGet = root ? 'apt-get' : 'sudo'
  const first = root ? [] : ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]): string => run([aptGet, ...first, ...args], '', environment)
  report(`apt-get install ${packages.join(' ')}`)
  apt('-qq', 'update')
  apt('-qq', '-y', '--no-install-recommends', 'install', ...packages)
}

/** Undefined where there is no dpkg. */
function installedPackages(tools: readonly DebianTool[]): Set<string> | undefined {
  const names = tools.map((tool) => tool.package)
  const format = '-f=${Package} ${db:Status-Status}\\n'
  const query = spawnSync('dpkg-query', ['-W', format, ...names], { encoding: 'utf8' })
  if (query.error) return undefined
  const lines = query.stdout.split('\n').filter((line) => line.endsWith(' installed'))
  return new Set(lines.map((line) => line.slice(0, line.indexOf(' '))))
}

function onPath(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
