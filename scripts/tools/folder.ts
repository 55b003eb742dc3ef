import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where `make tools` installs; its `bin` has every tool that is not a Debian package. */
export const toolsFolder = process.env.K8S_RELEASE_TOOLS || join(homedir(), '.cache/k8s-release/tools')

/** The installed program. */
export const binary = (name: string): string => join(toolsFolder, 'bin', name)

const stamp = (name: string): string => join(toolsFolder, 'stamps', name)

/** Whether the program is there and was installed from this pin. */
export function isInstalled(name: string, pin: string): boolean {
  return existsSync(binary(name)) && existsSync(stamp(name)) && readFileSync(stamp(name), 'utf8') === pin
}

/** Remembers the pin that the program was installed from. */
export function markInstalled(name: string, pin: string): void {
  mkdirSync(join(toolsFolder, 'stamps'), { recursive: true })
  writeFileSync(stamp(name), pin)
}
