import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import compare from 'semver/functions/compare.js'
import valid from 'semver/functions/valid.js'
import type { Source } from '../release/index.ts'
import { type CommandResult, runCommand, type Step, UserError } from '../runner/index.ts'
import { normalizeRepository } from './repository-url.ts'

/** A project's folder as git sees it. */
export interface Checkout {
  readonly source: Source
  /** Absolute path of the repository's root, or of the project where there is no repository. */
  readonly root: string
  /** Version that a tag at HEAD gives; undefined when there is none, or no repository. */
  readonly tagVersion: string | undefined
  /** Files that differ from the commit, relative to the root. */
  readonly changed: readonly string[]
  /** Every file of the commit, relative to the root; undefined outside a repository. */
  readonly tracked: ReadonlySet<string> | undefined
}

/**
 * Reads what the working tree was made from.
 * @throws UserError when git fails for another reason than that there is no repository
 */
export async function observeCheckout(project: string, step: Step): Promise<Checkout> {
  const git = (args: readonly string[], allowFailure = false): Promise<CommandResult> =>
    runCommand('git', ['-c', 'core.fsmonitor=false', '-C', project, ...args], {
      // Without a lock on the index nothing is written, and messages are compared in English.
      environment: { ...step.environment, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
      signal: step.signal,
      allowFailure,
    })
  const line = async (...args: string[]): Promise<string> => (await git(args)).stdout.trim()

  const top = await git(['rev-parse', '--show-toplevel'], true)
  if (top.exitCode !== 0) {
    if (top.stderr.includes('not a git repository')) return withoutRepository(project, step)
    throw new UserError(`git cannot read ${project}: ${top.stderr.trim()}`)
  }
  const root = await realpath(top.stdout.replace(/\n$/, ''))
  const head = await git(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], true)
  if (head.exitCode !== 0)
    throw new UserError(`The git repository ${root} has no commit`, { hint: 'Commit the project first.' })
  const commit = head.stdout.trim()
  const [remote, time, branch, tags, prefix, status, files] = await Promise.all([
    git(['remote', 'get-url', 'origin'], true),
    line('show', '--no-show-signature', '--no-patch', '--format=%ct', commit),
    git(['symbolic-ref', '--quiet', 'HEAD'], true),
    line('tag', '--points-at', commit),
    line('rev-parse', '--show-prefix'),
    git(['-C', root, 'status', '--porcelain=v1', '-z', '--untracked-files=no']),
    git(['-C', root, 'ls-files', '-z', '--recurse-submodules']),
  ])
  const directory = prefix.replace(/\/$/, '')
  const changed = parseStatus(status.stdout)
  const ranFor = step.environment.GITHUB_SHA === commit ? step.environment.GITHUB_REF : undefined
  const tag = chooseTag(tags.split('\n'), directory, ranFor)
  const ref = ranFor ?? (tag ? `refs/tags/${tag.name}` : branch.stdout.trim())
  return {
    root,
    changed,
    tracked: new Set(files.stdout.split('\0').filter(Boolean)),
    tagVersion: tag?.version,
    source: {
      repository: remote.exitCode === 0 ? normalizeRepository(remote.stdout.trim(), root) : pathToFileURL(root).href,
      ...(ref ? { ref } : {}),
      commit,
      commitTime: timestamp(Number(time)),
      // Whether the changes matter is known only when the ingredients of the build are.
      modified: changed.length > 0,
      ...(directory ? { directory } : {}),
    },
  }
}

/** A folder without history: its time is SOURCE_DATE_EPOCH, or the earliest that a zip archive can hold. */
function withoutRepository(project: string, step: Step): Checkout {
  const epoch = step.environment.SOURCE_DATE_EPOCH
  return {
    root: project,
    changed: [],
    tracked: undefined,
    tagVersion: undefined,
    source: {
      repository: pathToFileURL(project).href,
      commitTime: epoch && /^\d{1,11}$/.test(epoch) ? timestamp(Number(epoch)) : '1980-01-01T00:00:00Z',
      modified: true,
    },
  }
}

/** Paths in the output of `git status --porcelain=v1 -z`; a rename is followed by its old path. Source: git-status(1). */
export function parseStatus(output: string): string[] {
  const changed: string[] = []
  const fields = output.split('\0')
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] ?? ''
    if (field === '') continue
    changed.push(field.slice(3))
    if (/^(.?[RC])/.test(field.slice(0, 2))) index++
  }
  return changed
}

/**
 * The tag that names the version: one of a nested module (`DIRECTORY/v1.2.3`) before one of the whole repository, the
 * one that the workflow runs for before others, then the highest.
 */
export function chooseTag(
  tags: readonly string[],
  directory: string,
  ref?: string,
): { name: string; version: string } | undefined {
  const versionsOf = (prefix: string) =>
    tags
      .filter((name) => name.startsWith(prefix) && valid(name.slice(prefix.length)))
      .map((name) => ({ name, version: name.slice(prefix.length) }))
      .sort((left, right) => compare(right.version, left.version))
  const candidates = [...(directory ? versionsOf(`${directory}/`) : []), ...versionsOf('')]
  return candidates.find(({ name }) => `refs/tags/${name}` === ref) ?? candidates[0]
}

/** Version of a commit without a tag. Source: Go Modules Reference, "Pseudo-versions". */
export const pseudoVersion = (commitTime: string, commit: string): string =>
  `v0.0.0-${commitTime.replace(/\D/g, '')}-${commit.slice(0, 12)}`

/** Paths that the commit does not hold, relative to the root. */
export function untracked(checkout: Checkout, paths: Iterable<string>): string[] {
  const { root, tracked } = checkout
  return tracked
    ? [...paths]
        .filter((path) => path.startsWith(join(root, '/')))
        .map((path) => path.slice(root.length + 1))
        .filter((path) => !tracked.has(path))
    : []
}

const timestamp = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
