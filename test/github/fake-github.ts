import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { listen } from '../runner/index.ts'

/** A commit: every file with its text, what it says, and what it follows. */
export interface FakeCommit {
  readonly files: Readonly<Record<string, string>>
  readonly message: string
  readonly parents: readonly string[]
}

export interface FakePullRequest {
  readonly number: number
  readonly repository: string
  readonly base: string
  /** `OWNER:BRANCH` */
  readonly head: string
  readonly title: string
  readonly body: string
  state: 'open' | 'closed'
  readonly comments: { readonly id: number; body: string }[]
}

/** The part of GitHub's REST API that pull requests need, in memory, for one repository and its forks. */
export interface FakeGitHub {
  readonly url: string
  readonly commits: Map<string, FakeCommit>
  /** Commit by `OWNER/REPO BRANCH`. */
  readonly branches: Map<string, string>
  readonly pullRequests: FakePullRequest[]
  /** `METHOD /path` of every request, in order. */
  readonly log: string[]
  readonly authorizations: Set<string | undefined>
  commit(repository: string, branch: string, files: Readonly<Record<string, string>>, message?: string): string
  /** The files of a branch. */
  files(repository: string, branch: string): Readonly<Record<string, string>>
  /** The status that a request is refused with; undefined answers it. */
  refuse: (request: string) => number | undefined
  close(): Promise<void>
}

/** The members of all bodies; each request has some of them. */
interface RequestBody {
  readonly content: string
  readonly base_tree: string
  /** Of a new tree its entries, of a commit the tree's hash. */
  readonly tree: string | readonly { readonly path: string; readonly sha: string }[]
  readonly message: string
  readonly parents: readonly string[]
  readonly ref: string
  readonly sha: string
  readonly force: boolean
  readonly base: string
  readonly head: string
  readonly title: string
  readonly body: string
}

const hash = (value: unknown): string => createHash('sha1').update(JSON.stringify(value)).digest('hex')

export async function startFakeGitHub(defaultBranch = 'main'): Promise<FakeGitHub> {
  const trees = new Map<string, Readonly<Record<string, string>>>()
  const blobs = new Map<string, string>()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://github')
    const name = `${request.method} ${decodeURIComponent(url.pathname)}`
    github.log.push(name)
    github.authorizations.add(request.headers.authorization)
    const body: RequestBody = JSON.parse((await text(request)) || '{}')
    const refused = github.refuse(name)
    const answered = refused === undefined ? answer(request, url, body) : { status: refused }
    response.writeHead(answered.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answered.json ?? { message: 'refused' }))
  })
  const { url, close } = await listen(server)
  const github: FakeGitHub = {
    url,
    commits: new Map(),
    branches: new Map(),
    pullRequests: [],
    log: [],
    authorizations: new Set(),
    commit(repository, branch, files, message = 'by hand') {
      const parent = this.branches.get(`${repository} ${branch}`)
      const sha = keep({ files, message, parents: parent ? [parent] : [] })
      this.branches.set(`${repository} ${branch}`, sha)
      return sha
    },
    files(repository, branch) {
      return this.commits.get(this.branches.get(`${repository} ${branch}`) ?? '')?.files ?? {}
    },
    refuse: () => undefined,
    close,
  }
  const keep = (commit: FakeCommit): string => {
    const sha = hash([commit, github.commits.size])
    github.commits.set(sha, commit)
    trees.set(hash(commit.files), commit.files)
    return sha
  }
  const follows = (sha: string, ancestor: string): boolean =>
    sha === ancestor || (github.commits.get(sha)?.parents ?? []).some((parent) => follows(parent, ancestor))

  interface Answer {
    readonly status: number
    readonly json?: unknown
  }
  const ok = (json: unknown, status = 200): Answer => ({ status, json })
  const missing: Answer = { status: 404, json: { message: 'Not Found' } }

  function answer({ method }: IncomingMessage, { pathname, searchParams }: URL, body: RequestBody): Answer {
    const [, owner = '', repo = '', rest = ''] = /^\/repos\/([^/]+)\/([^/]+)\/?(.*)$/.exec(pathname) ?? []
    const repository = `${owner}/${repo}`
    const path = decodeURIComponent(rest)
    if (![...github.branches.keys()].some((key) => key.startsWith(`${repository} `))) return missing
    const route = `${method} ${path.split('/').slice(0, 2).join('/')}`
    const last = path.split('/').slice(2).join('/')
    const branch = `${repository} ${last.replace(/^heads\//, '')}`
    if (method === 'GET' && path === '') return ok({ default_branch: defaultBranch })
    if (method === 'GET' && path.startsWith('contents/')) {
      const files = github.commits.get(searchParams.get('ref') ?? '')?.files ?? {}
      const wanted = path.slice('contents/'.length)
      const content = files[wanted]
      if (content === undefined)
        return Object.keys(files).some((file) => file.startsWith(`${wanted}/`)) ? ok([]) : missing
      blobs.set(hash(content), content)
      return ok({ sha: hash(content) })
    }
    switch (route) {
      case 'GET git/ref': {
        const sha = github.branches.get(branch)
        return sha ? ok({ object: { sha } }) : missing
      }
      case 'GET git/blobs':
        // GitHub breaks base64 into lines.
        return ok({
          content: Buffer.from(blobs.get(last) ?? '')
            .toString('base64')
            .replace(/.{60}/g, '$&\n'),
        })
      case 'GET git/commits': {
        const commit = github.commits.get(last)
        return commit ? ok({ sha: last, message: commit.message, tree: { sha: hash(commit.files) } }) : missing
      }
      case 'POST git/blobs': {
        const content = Buffer.from(body.content, 'base64').toString()
        blobs.set(hash(content), content)
        return ok({ sha: hash(content) }, 201)
      }
      case 'POST git/trees': {
        const files: Record<string, string> = { ...trees.get(body.base_tree) }
        for (const { path: file, sha } of typeof body.tree === 'string' ? [] : body.tree)
          files[file] = blobs.get(sha) ?? ''
        trees.set(hash(files), files)
        return ok({ sha: hash(files) }, 201)
      }
      case 'POST git/commits':
        return ok(
          { sha: keep({ files: trees.get(String(body.tree)) ?? {}, message: body.message, parents: body.parents }) },
          201,
        )
      case 'POST git/refs': {
        const key = `${repository} ${body.ref.replace('refs/heads/', '')}`
        if (github.branches.has(key)) return ok({ message: 'Reference already exists' }, 422)
        github.branches.set(key, body.sha)
        return ok({}, 201)
      }
      case 'PATCH git/refs': {
        if (!body.force && !follows(body.sha, github.branches.get(branch) ?? '')) {
          return ok({ message: 'Update is not a fast forward' }, 422)
        }
        github.branches.set(branch, body.sha)
        return ok({})
      }
    }
    return answerPullRequest(repository, method ?? '', path, searchParams, body) ?? missing
  }

  function answerPullRequest(
    repository: string,
    method: string,
    path: string,
    query: URLSearchParams,
    body: RequestBody,
  ): Answer | undefined {
    const shown = ({ number }: FakePullRequest) => ({
      number,
      html_url: `https://github.com/${repository}/pull/${number}`,
    })
    if (method === 'GET' && path === 'pulls') {
      const found = github.pullRequests.filter(
        (one) =>
          one.repository === repository &&
          one.state === query.get('state') &&
          one.base === query.get('base') &&
          one.head === query.get('head'),
      )
      return ok(found.map(shown))
    }
    if (method === 'POST' && path === 'pulls') {
      const { base, head, title, body: description } = body
      const clash = github.pullRequests.some((one) => one.head === head && one.base === base && one.state === 'open')
      if (clash) return ok({ message: 'A pull request already exists' }, 422)
      const made: FakePullRequest = {
        number: github.pullRequests.length + 7,
        repository,
        base,
        head,
        title,
        body: description,
        state: 'open',
        comments: [],
      }
      github.pullRequests.push(made)
      return ok(shown(made), 201)
    }
    const number = Number(/^issues\/(\d+)\/comments$/.exec(path)?.[1])
    const commented = github.pullRequests.find((one) => one.number === number)
    if (commented && method === 'GET') return ok(commented.comments)
    if (commented && method === 'POST') {
      commented.comments.push({ id: number * 100 + commented.comments.length, body: body.body })
      return ok({}, 201)
    }
    const id = Number(/^issues\/comments\/(\d+)$/.exec(path)?.[1])
    const comment = github.pullRequests.flatMap(({ comments }) => comments).find((one) => one.id === id)
    if (comment && method === 'PATCH') {
      comment.body = body.body
      return ok({})
    }
    return undefined
  }
  return github
}
