import { describeError, type Step, UserError } from '../runner/index.ts'

/** GitHub's REST API as one user sees it. Source: docs.github.com/rest. */
export interface GitHub {
  /**
   * @param route method and path template, such as `GET /repos/{owner}/{repo}/pulls`
   * @param parameters fill the template; the others become query or JSON body
   * @returns undefined for 404, else the JSON of the answer
   * @throws UserError that says what GitHub said, and which permission is missing where that is why
   */
  request(route: string, parameters?: Readonly<Record<string, unknown>>): Promise<unknown>
}

/**
 * @param token masked here; GITHUB_TOKEN where absent, else anonymous
 */
export async function openGitHub(token: string | undefined, step: Step): Promise<GitHub> {
  const { request } = await import('@octokit/request')
  const { GITHUB_API_URL, GITHUB_TOKEN } = step.environment
  const authorization = token ?? GITHUB_TOKEN
  if (authorization) step.secret(authorization)
  const send = request.defaults({
    baseUrl: GITHUB_API_URL || 'https://api.github.com',
    headers: {
      'x-github-api-version': '2022-11-28',
      ...(authorization ? { authorization: `Bearer ${authorization}` } : {}),
    },
    request: { fetch: fetchThrough(step) },
  })
  return {
    async request(route, parameters = {}) {
      try {
        return (await send(route, parameters)).data
      } catch (error) {
        // Octokit wraps what its fetch throws.
        if (error instanceof Error && error.cause instanceof UserError) throw error.cause
        const status = statusOf(error)
        if (status === 404) return undefined
        if (status === undefined) throw error
        throw new UserError(`GitHub refuses ${route}: ${describeError(error)}`, { ...hintFor(status), cause: error })
      }
    },
  }
}

/** What octokit needs of fetch, over the step's own client with its budgets and retries. */
const fetchThrough =
  (step: Step) =>
  (url: string, options: { method: Method; headers: Record<string, string>; body?: string }): Promise<Response> =>
    step.http.request({
      url,
      method: options.method,
      headers: options.headers,
      ...(options.body === undefined ? {} : { body: options.body }),
    })

type Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined

function hintFor(status: number): { hint?: string } {
  if (status === 401) return { hint: 'The token is not valid, or has expired.' }
  if (status === 403)
    return { hint: 'Give the token the permission that this call needs; see the README of the action.' }
  return {}
}
