import { posix, relative, sep } from 'node:path'
import {
  type Branch,
  findBranch,
  findDefaultBranch,
  findPullRequest,
  type GitHub,
  type PullRequest,
  type PullRequestBranches,
  parseRepository,
  type RepositoryName,
  readMessage,
} from '../github/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import type { EditOptions } from './options.ts'

/** Between which branches a pull request is, and what is there of it. */
export interface Target {
  readonly branches: PullRequestBranches
  readonly base: Branch
  /** The branch that it comes from, where that is there already. */
  readonly head: Branch | undefined
  readonly pullRequest: PullRequest | undefined
}

/** The last line of our commits, by which a branch that a run left behind is known. */
export const trailer = 'Made-by: k8s-release edit-manifest'

/** @throws UserError when the repository or its branch is not there */
export async function findBase(github: GitHub, { repository = '', base }: EditOptions): Promise<Branch> {
  const name = parseRepository(repository)
  const wanted = base ?? (await findDefaultBranch(github, name))
  const found = await findBranch(github, name, wanted)
  if (found) return found
  throw new UserError(`${repository} has no branch ${wanted}, or the token may not read it`)
}

/** @throws UserError when the branch holds what others made and is in no open pull request */
export async function findTarget(github: GitHub, base: Branch, fork: RepositoryName, branch: string): Promise<Target> {
  const { owner, repo } = base
  const isSame = fork.owner === owner && fork.repo === repo
  if (isSame && branch === base.branch) {
    throw new UserError(`The branch of the pull request is its base, ${branch}`, { hint: "Give another 'branch'." })
  }
  const branches = { owner, repo, base: base.branch, head: { ...fork, branch } }
  const head = await findBranch(github, fork, branch)
  const pullRequest = head && (await findPullRequest(github, branches))
  if (head && !pullRequest && head.commit !== base.commit && !(await readMessage(github, head)).includes(trailer)) {
    throw new UserError(`The branch ${branch} of ${fork.owner}/${fork.repo} holds something else`, {
      hint: "Delete it, or give another 'branch'.",
    })
  }
  return { branches, base, head, pullRequest }
}

/** `promote-hello-v1.2.3` */
export const branchFor = (project: string, version: string): string =>
  ['promote', project, version]
    .filter((part) => part !== '')
    .join('-')
    .replace(/[^\w.-]/g, '-')
    .replace(/\.{2,}|\.lock$|\.$/g, '-')

/** What the path is in the repository, which need not be checked out. @throws UserError */
export function pathInRepository(path: string, { workspace }: Step): string {
  const way = relative(workspace, path).split(sep).join(posix.sep)
  if (way === '..' || way.startsWith('../')) {
    throw new UserError(`${path} is not in the repository`, {
      hint: "With 'repository', write the path as it is there, such as registry.k8s.io.",
    })
  }
  return way
}
