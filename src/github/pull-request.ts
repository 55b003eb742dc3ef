import { UserError } from '../runner/index.ts'
import { listOf, numberAt, textAt } from './answer.ts'
import type { GitHub } from './github.ts'
import type { RepositoryName } from './repository.ts'

export interface PullRequest {
  readonly number: number
  readonly url: string
}

/** From a branch, which may be in a fork, to a branch of the repository. */
export interface PullRequestBranches extends RepositoryName {
  readonly base: string
  readonly head: RepositoryName & { readonly branch: string }
}

/** The open one between two branches; GitHub allows no second. */
export async function findPullRequest(
  github: GitHub,
  { owner, repo, base, head }: PullRequestBranches,
): Promise<PullRequest | undefined> {
  const answer = await github.request('GET /repos/{owner}/{repo}/pulls', {
    owner,
    repo,
    state: 'open',
    base,
    head: `${head.owner}:${head.branch}`,
  })
  const [found] = answer === undefined ? [] : listOf(answer)
  return found === undefined ? undefined : pullRequestOf(found)
}

/** @throws UserError when GitHub refuses */
export async function openPullRequest(
  github: GitHub,
  { owner, repo, base, head }: PullRequestBranches,
  { title, body }: { readonly title: string; readonly body: string },
): Promise<PullRequest> {
  const answer = await github.request('POST /repos/{owner}/{repo}/pulls', {
    owner,
    repo,
    base,
    head: `${head.owner}:${head.branch}`,
    // An owner can have two repositories of one network.
    ...(head.owner === owner && head.repo !== repo ? { head_repo: head.repo } : {}),
    title,
    body,
    maintainer_can_modify: head.owner !== owner,
  })
  if (answer !== undefined) return pullRequestOf(answer)
  throw new UserError(`GitHub has no ${owner}/${repo}, or the token may not open a pull request there`, {
    hint: 'Give the token the permission pull-requests: write.',
  })
}

const pullRequestOf = (answer: unknown): PullRequest => ({
  number: numberAt(answer, 'number'),
  url: textAt(answer, 'html_url'),
})
