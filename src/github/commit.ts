import { UserError } from '../runner/index.ts'
import { textAt } from './answer.ts'
import type { GitHub } from './github.ts'
import type { RepositoryName } from './repository.ts'

/** A branch of a repository and the commit that it is at. */
export interface Branch extends RepositoryName {
  readonly branch: string
  readonly commit: string
}

/** Undefined when there is no such branch. */
export async function findBranch(
  github: GitHub,
  { owner, repo }: RepositoryName,
  branch: string,
): Promise<Branch | undefined> {
  // A ref that only begins like it answers 404, unlike `matching-refs`.
  const answer = await github.request('GET /repos/{owner}/{repo}/git/ref/{ref}', {
    owner,
    repo,
    ref: `heads/${branch}`,
  })
  return answer === undefined ? undefined : { owner, repo, branch, commit: textAt(answer, 'object', 'sha') }
}

/** The branch that pull requests go to where nothing else is said. @throws UserError when there is no such repository */
export async function findDefaultBranch(github: GitHub, { owner, repo }: RepositoryName): Promise<string> {
  const answer = await github.request('GET /repos/{owner}/{repo}', { owner, repo })
  if (answer !== undefined) return textAt(answer, 'default_branch')
  throw new UserError(`GitHub has no ${owner}/${repo}, or the token may not read it`)
}

/** The message of the commit that a branch is at. */
export async function readMessage(github: GitHub, { owner, repo, commit }: Branch): Promise<string> {
  const answer = await github.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', {
    owner,
    repo,
    commit_sha: commit,
  })
  return textAt(answer, 'message')
}

/** The text of a file in a commit; undefined when no file is there. */
export async function readText(
  github: GitHub,
  { owner, repo }: RepositoryName,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const file = await github.request('GET /repos/{owner}/{repo}/contents/{path}', { owner, repo, path, ref: commit })
  // A folder answers with the list of what is in it.
  if (file === undefined || Array.isArray(file)) return undefined
  // What is larger than 1 MB comes without its content there.
  const blob = await github.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
    owner,
    repo,
    file_sha: textAt(file, 'sha'),
  })
  return Buffer.from(textAt(blob, 'content'), 'base64').toString('utf8')
}

/**
 * Commits one text through the git data API, so that neither a clone nor a push is needed.
 * @param target where `existing` is set, the branch is moved; otherwise it is made
 * @returns the new commit
 */
export async function commitText(
  github: GitHub,
  target: RepositoryName & { readonly branch: string; readonly parent: string; readonly existing: Branch | undefined },
  change: { readonly path: string; readonly text: string; readonly message: string },
): Promise<string> {
  const { owner, repo, branch, parent, existing } = target
  const send = async (route: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const answer = await github.request(route, { owner, repo, ...parameters })
    if (answer !== undefined) return answer
    throw new UserError(`GitHub has no ${owner}/${repo}, or the token may not write there`, {
      hint: 'Give the token the permission contents: write for that repository.',
    })
  }
  const git = '/repos/{owner}/{repo}/git'
  const base = await send(`GET ${git}/commits/{commit_sha}`, { commit_sha: parent })
  const content = Buffer.from(change.text).toString('base64')
  const blob = await send(`POST ${git}/blobs`, { content, encoding: 'base64' })
  const entry = { path: change.path, mode: '100644', type: 'blob', sha: textAt(blob, 'sha') }
  const tree = await send(`POST ${git}/trees`, { base_tree: textAt(base, 'tree', 'sha'), tree: [entry] })
  const commit = await send(`POST ${git}/commits`, {
    message: change.message,
    tree: textAt(tree, 'sha'),
    parents: [parent],
  })
  const sha = textAt(commit, 'sha')
  if (!existing) await send(`POST ${git}/refs`, { ref: `refs/heads/${branch}`, sha })
  // Forced only where the branch is a left-over: what it held is no ancestor of the new commit.
  else await send(`PATCH ${git}/refs/{ref}`, { ref: `heads/${branch}`, sha, force: existing.commit !== parent })
  return sha
}
