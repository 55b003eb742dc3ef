import { UserError } from '../runner/index.ts'

/** A repository on GitHub, in the words of its REST API. */
export interface RepositoryName {
  readonly owner: string
  readonly repo: string
}

/** A pull request, as routes name it. */
export interface PullRequestName extends RepositoryName {
  readonly number: number
}

const part = /^(?!\.+$)[A-Za-z0-9_.][A-Za-z0-9_.-]*$/

/** `OWNER/REPO` @throws UserError */
export function parseRepository(text: string): RepositoryName {
  const [owner = '', repo = '', ...more] = text.split('/')
  if (more.length > 0 || !part.test(owner) || !part.test(repo)) {
    throw new UserError(`'${text}' is not a repository on GitHub`, { hint: 'Write OWNER/REPO.' })
  }
  return { owner, repo }
}

/** `OWNER/REPO#NUMBER` @throws UserError */
export function parsePullRequest(text: string): PullRequestName {
  const match = /^(?<repository>[^#]+)#(?<number>[1-9]\d{0,9})$/.exec(text)
  if (!match?.groups) {
    throw new UserError(`'${text}' is not a pull request on GitHub`, { hint: 'Write OWNER/REPO#NUMBER.' })
  }
  return { ...parseRepository(match.groups.repository ?? ''), number: Number(match.groups.number) }
}
