import {
  commitText,
  type GitHub,
  openPullRequest,
  type PullRequest,
  type PullRequestBranches,
  readText,
  upsertComment,
} from '../github/index.ts'
import { editedText, formatAddition } from '../manifests/index.ts'
import { renderMarkdown, text } from '../runner/index.ts'
import { type Target, trailer } from './branch.ts'
import { additionTable, type Proposal } from './proposal.ts'

/** The pull request with a proposal; undefined where there is none, as its base has all of it. */
export interface Requested {
  readonly pullRequest: PullRequest | undefined
  readonly changed: boolean
}

/** Commits, asks and comments, each only where that is not done yet. */
export async function requestPull(github: GitHub, target: Target, proposal: Proposal): Promise<Requested> {
  const { branches } = target
  if (proposal.added.length === 0 && !target.pullRequest) return { pullRequest: undefined, changed: false }
  const committed = await commit(github, target, proposal)
  const pullRequest = target.pullRequest ?? (await openPullRequest(github, branches, describe(proposal)))
  const commented = await comment(github, branches, pullRequest, proposal)
  return { pullRequest, changed: committed || target.pullRequest === undefined || commented }
}

async function commit(github: GitHub, target: Target, proposal: Proposal): Promise<boolean> {
  const { branches, base, head, pullRequest } = target
  if (proposal.added.length === 0) return false
  const { file: path } = editedText(proposal.source)
  const isThere = head && !pullRequest && (await readText(github, head, head.commit, path)) === proposal.text
  if (isThere) return false
  const { title } = describe(proposal)
  const lines = proposal.added.map((addition) => `- ${formatAddition(addition)}`)
  const message = [title, '', ...lines, '', trailer].join('\n')
  const parent = pullRequest && head ? head.commit : base.commit
  await commitText(github, { ...branches.head, parent, existing: head }, { path, text: proposal.text, message })
  return true
}

/** The plan takes the place of the one that an earlier run, or `promote`, wrote. */
async function comment(
  github: GitHub,
  { owner, repo }: PullRequestBranches,
  { number }: PullRequest,
  { preview }: Proposal,
): Promise<boolean> {
  if (!preview) return false
  const body = renderMarkdown(preview.summary)
  return upsertComment(github, { owner, repo, number }, { marker: 'promotion-plan', body })
}

function describe({ source: { project }, version, added }: Proposal): {
  readonly title: string
  readonly body: string
} {
  const title = ['Promote', project, version].filter((part) => part !== '').join(' ')
  return { title, body: renderMarkdown([text('Adds to the manifest:'), additionTable(added)]) }
}
