import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { UserError } from '../runner/index.ts'
import type { GoTool } from './go-tool.ts'

/** A package main, and the command that it becomes. */
export interface MainPackage {
  /** `example.com/hello/cmd/hello`. */
  readonly importPath: string
  /** Relative to the project, with forward slashes: `cmd/hello`, or empty for its root. */
  readonly directory: string
  /** Name of the binary without `.exe`: `hello`. */
  readonly command: string
}

/** Folders whose commands are no part of a release, unless they are asked for. */
const notReleased = /(^|\/)(examples?|hack|tests?|tools)(\/|$)/

/**
 * Main packages that patterns name, or those that a project most likely releases.
 * @throws UserError when there is none, one is no main package, or two would make the same binary
 */
export async function findMainPackages(
  go: GoTool,
  project: string,
  patterns: readonly string[],
  listing: { readonly environment: Readonly<Record<string, string>>; readonly tags: readonly string[] },
): Promise<MainPackage[]> {
  const wish = patterns.map((pattern) => goPattern(pattern, project))
  // A package of tests alone is called main, too, and go build has nothing to build there.
  const format = '{{if .GoFiles}}{{.Name}}{{end}}\t{{.ImportPath}}\t{{.Dir}}'
  const args = ['list', ...tagsFlag(listing.tags), '-f', format, '--', ...(wish.length > 0 ? wish : ['./...'])]
  const { stdout } = await go.run(args, listing.environment)
  const listed = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [name = '', importPath = '', directory = ''] = line.split('\t')
      return {
        isMain: name === 'main',
        importPath,
        directory: relative(project, directory),
        command: commandName(importPath),
      }
    })
  const mains = listed.filter(({ isMain }) => isMain).map(({ isMain: _, ...main }) => main)
  const library = listed.find(({ isMain }) => !isMain)
  if (library && wish.length > 0 && !wish.some((pattern) => pattern.includes('...'))) {
    throw new UserError(`${library.importPath} is not a main package, or has only tests`, {
      hint: "Correct it in the input 'main-packages'.",
    })
  }
  const chosen = wish.length > 0 ? mains : chooseMainPackages(mains)
  if (chosen.length === 0) {
    throw new UserError(`No main package in ${patterns.join(', ') || project}`, {
      hint: "Name the packages of the commands with the input 'main-packages', such as ./cmd/hello.",
    })
  }
  requireDistinct(chosen)
  return chosen.sort((left, right) => (left.command < right.command ? -1 : 1))
}

/** Those below cmd/, else the root, else every one that is not below examples, hack, test or tools. */
export function chooseMainPackages(mains: readonly MainPackage[]): MainPackage[] {
  const released = mains.filter(({ directory }) => !notReleased.test(directory))
  const below = released.filter(({ directory }) => directory.startsWith('cmd/'))
  const root = released.filter(({ directory }) => directory === '')
  return [below, root, released].find((group) => group.length > 0) ?? []
}

/** As `go build` names it: the last element, or the one before a major version. Source: cmd/go, DefaultExecName. */
export function commandName(importPath: string): string {
  const elements = importPath.split('/')
  const last = elements.at(-1) ?? importPath
  return /^v[0-9]+$/.test(last) ? (elements.at(-2) ?? last) : last
}

/** Files that go into the binaries, or would on another platform: Go, assembly, embedded and module files; absolute paths. */
export async function sourceFiles(
  go: GoTool,
  packages: readonly MainPackage[],
  listing: { readonly environment: Readonly<Record<string, string>>; readonly tags: readonly string[] },
): Promise<string[]> {
  const kinds = ['GoFiles', 'IgnoredGoFiles', 'IgnoredOtherFiles', 'SFiles', 'HFiles', 'SysoFiles', 'EmbedFiles']
  const format = `{{if not .Standard}}{{.Dir}}${kinds.map((kind) => `{{range .${kind}}}\t{{.}}{{end}}`).join('')}{{end}}`
  const paths = packages.map(({ importPath }) => importPath)
  const { stdout } = await go.run(
    ['list', '-deps', ...tagsFlag(listing.tags), '-f', format, '--', ...paths],
    listing.environment,
  )
  return stdout
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const [directory = '', ...names] = line.split('\t')
      // Go itself never looks at names that begin with _ or a dot.
      return names.filter((name) => !/^[_.]/.test(name)).map((name) => join(directory, name))
    })
}

export const tagsFlag = (tags: readonly string[]): string[] => (tags.length > 0 ? [`-tags=${tags.join(',')}`] : [])

// 'cmd/hello' would be a package of the standard library to Go; a user means the folder.
function goPattern(pattern: string, project: string): string {
  if (pattern.startsWith('-')) throw new UserError(`'${pattern}' is not a package`)
  return !pattern.startsWith('.') && existsSync(join(project, pattern.replace(/\/?\.\.\.$/, '')))
    ? `./${pattern}`
    : pattern
}

function requireDistinct(mains: readonly MainPackage[]): void {
  for (const main of mains) {
    if (!/^[A-Za-z0-9_][A-Za-z0-9._+-]*$/.test(main.command))
      throw new UserError(`'${main.command}' cannot be the name of a released file`)
    const other = mains.find((candidate) => candidate !== main && candidate.command === main.command)
    if (other) {
      throw new UserError(`${main.importPath} and ${other.importPath} would both be the command '${main.command}'`, {
        hint: "Choose by the input 'main-packages'.",
      })
    }
  }
}
