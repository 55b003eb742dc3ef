import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../runner/index.ts'

/** What a build needs to know of go.mod. */
export interface GoModule {
  readonly path: string
  /** Least version of Go, as in `go 1.24.0`. */
  readonly go: string | undefined
  /** Suggested version of the toolchain, as in `toolchain go1.24.5`, without `go`. */
  readonly toolchain: string | undefined
}

/** @throws UserError when the folder has no go.mod, or it names no module */
export async function readGoModule(project: string): Promise<GoModule> {
  const path = join(project, 'go.mod')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      error.code === 'ENOENT' ? `No Go module in ${project}: go.mod is missing` : `Cannot read ${path}`,
      {
        hint: "Name the folder of a Go module with the input 'project'.",
        cause: error,
      },
    )
  })
  const module = parseGoModule(text)
  if (!module) throw new UserError('go.mod names no module', { location: { file: path } })
  return module
}

/** Source: Go Modules Reference, "go.mod files". Undefined when there is no module directive. */
export function parseGoModule(text: string): GoModule | undefined {
  const found: Record<string, string> = {}
  let block = ''
  for (const line of text.split('\n')) {
    const words = line.replace(/\/\/.*$/, '').trim()
    if (words === ')') block = ''
    else if (/^\w+\s*\($/.test(words)) block = words.replace(/\s*\($/, '')
    else {
      const [directive = '', value = ''] = block === '' ? words.split(/\s+/) : [block, words]
      found[directive] ??= value.replace(/^["`](.*)["`]$/, '$1')
    }
  }
  const { module, go, toolchain } = found
  if (!module || !/^[\w.~/-]+$/.test(module)) return undefined
  return { path: module, go, toolchain: toolchain?.startsWith('go') ? toolchain.slice(2) : undefined }
}

/** Last element of a module path without its major version: `example.com/hello/v2` and `gopkg.in/hello.v2` → `hello`. */
export function projectName(modulePath: string): string {
  const elements = modulePath
    .replace(/\/v[0-9]+$/, '')
    .replace(/\.v[0-9]+$/, '')
    .split('/')
  return elements.at(-1) ?? modulePath
}
