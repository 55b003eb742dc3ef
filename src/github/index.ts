/** GitHub's REST API: branches, commits, pull requests, comments. */
export { upsertComment } from './comment.ts'
export { type Branch, commitText, findBranch, findDefaultBranch, readMessage, readText } from './commit.ts'
export { type GitHub, openGitHub } from './github.ts'
export { findPullRequest, openPullRequest, type PullRequest, type PullRequestBranches } from './pull-request.ts'
export { type PullRequestName, parsePullRequest, parseRepository, type RepositoryName } from './repository.ts'
