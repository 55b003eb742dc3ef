import { UserError } from '../runner/index.ts'
import { listOf, numberAt, textAt } from './answer.ts'
import type { GitHub } from './github.ts'
import type { PullRequestName } from './repository.ts'

/** GitHub refuses longer ones. Source: docs.github.com/rest, "body is too long (maximum is 65536 characters)". */
const longestComment = 65_536

/**
 * Puts one comment of a kind on an issue or pull request: the first time it is written, then edited in place.
 * @param comment the marker names the kind and is in the comment, unseen; it has letters, digits and - only
 * @returns whether anything was written
 */
export async function upsertComment(
  github: GitHub,
  { owner, repo, number }: PullRequestName,
  comment: { readonly marker: string; readonly body: string },
): Promise<boolean> {
  const mark = `<!-- k8s-release:${comment.marker} -->`
  const body = shortened(`${mark}\n${comment.body}`)
  const existing = await findComment(github, { owner, repo, number }, mark)
  if (existing?.body === body) return false
  const answer = existing
    ? await github.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
        owner,
        repo,
        comment_id: existing.id,
        body,
      })
    : await github.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        owner,
        repo,
        issue_number: number,
        body,
      })
  if (answer === undefined) {
    throw new UserError(`There is no pull request ${owner}/${repo}#${number}, or the token may not comment on it`, {
      hint: 'Give the token the permission pull-requests: write.',
    })
  }
  return true
}

/** Looked for from the first comment on: the oldest of the kind is the one. */
async function findComment(
  github: GitHub,
  { owner, repo, number }: PullRequestName,
  mark: string,
): Promise<{ readonly id: number; readonly body: string } | undefined> {
  for (let page = 1; ; page++) {
    const answer = await github.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      owner,
      repo,
      issue_number: number,
      per_page: 100,
      page,
    })
    if (answer === undefined) return undefined
    const comments = listOf(answer)
    for (const comment of comments) {
      const body = textAt(comment, 'body').replaceAll('\r\n', '\n')
      if (body.startsWith(mark)) return { id: numberAt(comment, 'id'), body }
    }
    if (comments.length < 100) return undefined
  }
}

function shortened(body: string): string {
  if (body.length <= longestComment) return body
  const rest = '\n\nThe rest is in the summary of the run.\n'
  const kept = body.slice(0, longestComment - rest.length)
  return `${kept.slice(0, kept.lastIndexOf('\n'))}${rest}`
}
