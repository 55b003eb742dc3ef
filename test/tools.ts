import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, test } from '@jest/globals'
import { toolsFolder } from '../scripts/tools/folder.ts'

/** PATH of a child process in a test: the pinned tools first. */
export const toolsPath = [join(toolsFolder, 'bin'), process.env.PATH ?? ''].join(delimiter)

/** Absolute path of a program that `make tools` installs, or that the host has. Call it inside a test or a hook. */
export function tool(name: string): string {
  const path = find(name)
  if (!path) throw new Error(`${name} is not installed: run 'make tools'`)
  return path
}

/** `describe` for tests that drive real programs: skipped, loudly, on a laptop without them; failing in CI. */
export function describeWith(programs: readonly string[], name: string, body: () => void): void {
  const missing = programs.filter((program) => !find(program))
  if (missing.length === 0) {
    describe(name, body)
    return
  }
  const reason = `needs ${missing.join(', ')}: run 'make tools'`
  if (process.env.CI) {
    test(name, () => {
      throw new Error(reason)
    })
    return
  }
  console.warn(`Skipped: ${name} (${reason})`)
  // biome-ignore lint/suspicious/noSkippedTests: CI fails above; a laptop may lack a tool.
  test.skip(`${name} (${reason})`, () => undefined)
}

function find(name: string): string | undefined {
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
