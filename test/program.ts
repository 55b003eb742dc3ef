import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { toolsFolder } from '../scripts/tools/folder.ts'

/** PATH of a child process in a test: the pinned tools first. */
export const toolsPath = [join(toolsFolder, 'bin'), process.env.PATH ?? ''].join(delimiter)

/** Absolute path of a program that `make tools` installs, or that the host has. Call it inside a test or a hook. */
export function tool(name: string): string {
  const path = findTool(name)
  if (!path) throw new Error(`${name} is not installed: run 'make tools'`)
  return path
}

export function findTool(name: string): string | undefined {
  return toolsPath
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
