import { basename, dirname, relative, sep } from 'node:path'
import { type CommandResult, runCommand, type Step, UserError } from '../runner/index.ts'
import { isTreeText, type ManifestTexts } from './texts.ts'

/**
 * The manifests at a path as they are in a commit of its git repository.
 * @param ref branch, tag or commit, such as `origin/main`
 * @param isFolder whether the path is a tree
 * @returns nothing when the commit has nothing there
 * @throws UserError when there is no repository or no such commit
 */
export async function readBaseTexts(
  path: string,
  { ref, isFolder }: { readonly ref: string; readonly isFolder: boolean },
  step: Step,
): Promise<ManifestTexts> {
  if (ref.startsWith('-') || !/^[^\s\0]+$/.test(ref)) throw new UserError(`'${ref}' is not a git ref`)
  const folder = isFolder ? path : dirname(path)
  const git = (args: readonly string[], options: { input?: string; allowFailure?: boolean } = {}) =>
    runCommand('git', ['-c', 'core.fsmonitor=false', '-C', folder, ...args], {
      environment: { ...step.environment, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
      signal: step.signal,
      ...options,
    })
  const commit = await resolveCommit(ref, folder, git)
  const prefix = (await git(['rev-parse', '--show-prefix'])).stdout.replace(/\n$/, '')
  const wanted = isFolder ? prefix : `${prefix}${basename(path)}`
  // A folder that is named with its slash is listed by what is in it.
  const listing = await git(['ls-tree', '-r', '-z', '--full-tree', commit, ...(wanted === '' ? [] : ['--', wanted])])
  const blobs = parseListing(listing.stdout)
    .map(({ name, id }) => ({ id, name: isFolder ? relative(prefix, name).replaceAll(sep, '/') : '' }))
    .filter(({ name }) => !isFolder || isTreeText(name))
  if (blobs.length === 0) return new Map()
  const batch = await git(['cat-file', '--batch'], { input: blobs.map(({ id }) => `${id}\n`).join('') })
  const contents = parseBatch(Buffer.from(batch.stdout), blobs.length, ref)
  return new Map(blobs.map(({ name }, index) => [name, contents[index] ?? '']))
}

type Git = (args: readonly string[], options?: { allowFailure?: boolean }) => Promise<CommandResult>

async function resolveCommit(ref: string, folder: string, git: Git): Promise<string> {
  const found = await git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], { allowFailure: true })
  if (found.exitCode === 0) return found.stdout.trim()
  const repository = await git(['rev-parse', '--git-dir'], { allowFailure: true })
  if (repository.exitCode !== 0) throw new UserError(`${folder} is in no git repository: ${repository.stderr.trim()}`)
  throw new UserError(`The git repository has no commit '${ref}'`, {
    hint: "Fetch it first: give actions/checkout 'fetch-depth: 0', or run 'git fetch origin main'.",
  })
}

/** Regular files in the output of `git ls-tree -r -z`, sorted. Source: git-ls-tree(1). */
function parseListing(output: string): { id: string; name: string }[] {
  return output
    .split('\0')
    .flatMap((line) => {
      const match = /^100\d{3} blob (?<id>[0-9a-f]+)\t(?<name>.*)$/s.exec(line)
      return match?.groups ? [{ id: match.groups.id ?? '', name: match.groups.name ?? '' }] : []
    })
    .sort((left, right) => (left.name < right.name ? -1 : 1))
}

/** Texts in the output of `git cat-file --batch`, one after the other. Source: git-cat-file(1), "Batch output". */
function parseBatch(output: Buffer, amount: number, ref: string): string[] {
  const texts: string[] = []
  let at = 0
  for (let index = 0; index < amount; index++) {
    const end = output.indexOf('\n', at)
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(output.toString('latin1', at, Math.max(at, end)))?.[1]
    const start = end + 1
    at = start + Number(size)
    // Sizes are of bytes: what is not UTF-8 became longer on the way here.
    if (size === undefined || output[at] !== 10) throw new UserError(`A manifest at '${ref}' is not UTF-8 text`)
    texts.push(output.toString('utf8', start, at))
    at++
  }
  return texts
}
