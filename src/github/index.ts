/** GitHub's REST API: pull requests, comments, releases. */
export { type GitHub, openGitHub } from './github.ts'
