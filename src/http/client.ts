import { UserError } from '../errors/index.ts'
import { type Budget, createBudget, publishedRate } from './budget.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Hop, longestChain, nextHop } from './redirect.ts'
import {
  backoff,
  errorCode,
  failureTries,
  isTransientError,
  isTransientStatus,
  longestPause,
  refusalTries,
  retryAfter,
  rootCause,
} from './retry.ts'

export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string | URL
  readonly headers?: Readonly<Record<string, string>>
  /** Bytes, or a function that opens them again for each try. */
  readonly body?: Uint8Array | string | (() => AsyncIterable<Uint8Array>)
  /** Length of a streamed body in bytes. */
  readonly contentLength?: number
  /** 'manual' hands a redirect back to the caller; 'follow' (default) never sends Authorization to another host. */
  readonly redirect?: 'follow' | 'manual'
  /** Milliseconds in which one try must answer with headers, counted from the last byte sent; 30 000 by default. */
  readonly timeout?: number
  /** False where a try that failed may have done part of its work: connection errors and 5xx then go to the caller at once. */
  readonly repeatable?: boolean
}

/** The host cannot be reached, or broke off. */
export class ConnectionError extends UserError {}

export interface HttpClient {
  /**
   * Answers with any status; connection errors, 429 and 5xx are tried again first, obeying `Retry-After`.
   * @throws ConnectionError when the host cannot be reached
   */
  request(request: HttpRequest): Promise<Response>
}

/** One client for a step: all that talks to a host shares the host's budget. */
export function createHttpClient(options: { signal: AbortSignal; userAgent?: string; clock?: Clock }): HttpClient {
  const { signal, userAgent = 'k8s-release', clock = systemClock } = options
  const budgets = new Map<string, Budget>()
  const budgetOf = (url: URL): Budget => {
    const budget = budgets.get(url.host) ?? createBudget(clock, publishedRate(url.hostname))
    budgets.set(url.host, budget)
    return budget
  }

  const request = async (given: HttpRequest): Promise<Response> => {
    const { repeatable = true } = given
    let failures = 0
    let refusals = 0
    for (;;) {
      const attempt = await tryOnce(given, userAgent, signal, budgetOf)
      if ('error' in attempt) {
        if (!repeatable || !isTransientError(attempt.error) || ++failures >= failureTries)
          throw unreachable(attempt.url, attempt.error)
        await clock.sleep(backoff(failures, clock.random()), signal)
        continue
      }
      const { response, budget, token } = attempt
      const refused = response.status === 429
      if (!refused && !(repeatable && isTransientStatus(response.status))) return response
      const asked = retryAfter(response.headers.get('retry-after'), Date.now())
      if (refused ? ++refusals >= refusalTries : ++failures >= failureTries) return response
      if (asked !== undefined && asked > longestPause) return response
      await response.body?.cancel()
      const wait = backoff(failures + refusals, clock.random())
      // A refusal is the host's word to all who talk to it; the budget holds them back. A failure is this request's own.
      if (refused) budget.refused(token, asked ?? wait)
      else {
        budget.pause(asked ?? 0)
        // Also after a pause of 0, which is what a date that has passed by this clock asks for.
        await clock.sleep(wait, signal)
      }
    }
  }
  return { request }
}

type Attempt =
  | { readonly response: Response; readonly budget: Budget; readonly token: number }
  | { readonly error: unknown; readonly url: URL }

/** One try, from the first URL through its redirects. */
async function tryOnce(
  given: HttpRequest,
  userAgent: string,
  signal: AbortSignal,
  budgetOf: (url: URL) => Budget,
): Promise<Attempt> {
  let hop = firstHop(given, userAgent)
  for (let hops = 0; hops <= longestChain; hops++) {
    const budget = budgetOf(hop.url)
    const token = await budget.take(signal)
    const outcome = await send(given, hop, signal)
    if ('error' in outcome) {
      if (!isRedirectRefused(outcome.error)) return { error: outcome.error, url: hop.url }
      budget.accepted(token)
      hop = { ...hop, redirects: true }
      continue
    }
    const { response } = outcome
    if (response.status !== 429) budget.accepted(token)
    const next =
      given.redirect === 'manual' ? undefined : nextHop(hop, response.status, response.headers.get('location'))
    if (!next) return { response, budget, token }
    await response.body?.cancel()
    hop = next
  }
  throw new UserError(`${hop.url.host} redirects in circles`)
}

function firstHop({ method = 'GET', url, headers = {}, body }: HttpRequest, userAgent: string): Hop {
  const parsed = new URL(url)
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')
    throw new UserError(`${parsed.protocol} is not a protocol for ${parsed.host}`)
  return { method, url: parsed, headers: { 'user-agent': userAgent, ...headers }, withBody: body !== undefined }
}

async function send(
  given: HttpRequest,
  hop: Hop,
  signal: AbortSignal,
): Promise<{ response: Response } | { error: unknown }> {
  const controller = new AbortController()
  const timeout = given.timeout ?? 30_000
  const expire = (): void =>
    controller.abort(Object.assign(new Error(`no answer within ${timeout / 1000} s`), { code: 'ETIMEDOUT' }))
  const timer = setTimeout(expire, timeout)
  // A host may answer before it has the whole body; then the timer has ended, and is not to start again.
  let answered = false
  const stillSending = (): void => void (answered || timer.refresh())
  let bodyError: unknown
  const stream = async function* (open: () => AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of open()) {
        stillSending()
        yield chunk
      }
    } catch (error) {
      bodyError = error
      throw error
    }
  }
  try {
    const response = await fetch(hop.url, {
      method: hop.method,
      ...redirectMode(given, hop),
      signal: AbortSignal.any([signal, controller.signal]),
      headers: {
        ...hop.headers,
        ...(hop.withBody && given.contentLength !== undefined ? { 'content-length': String(given.contentLength) } : {}),
      },
      ...(hop.withBody ? bodyInit(given.body, stream) : {}),
    })
    return { response }
  } catch (error) {
    signal.throwIfAborted()
    // What the body's source says went wrong tells more than that sending it failed.
    if (bodyError instanceof UserError || (bodyError !== undefined && !isTransientError(bodyError))) throw bodyError
    return { error: controller.signal.aborted ? controller.signal.reason : error }
  } finally {
    answered = true
    clearTimeout(timer)
  }
}

/**
 * Where it may have to follow a redirect, fetch keeps a copy of all that it sends, which may be gigabytes. So a body that is
 * streamed is first sent where none is expected; a host that does redirect is asked once more.
 */
const redirectMode = ({ body }: HttpRequest, { redirects = false }: Hop): RequestInit =>
  typeof body === 'function' && !redirects ? { redirect: 'error', window: null } : { redirect: 'manual' }

/** What fetch says of a redirect that it must not follow; there is no code for it. */
function isRedirectRefused(error: unknown): boolean {
  const cause = rootCause(error)
  return 'message' in cause && cause.message === 'unexpected redirect'
}

function bodyInit(
  body: HttpRequest['body'],
  stream: (open: () => AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): RequestInit {
  if (body === undefined) return {}
  if (typeof body === 'string') return { body }
  // A copy over a plain ArrayBuffer, the one kind that fetch's type takes; such bodies are documents of a few MB.
  if (body instanceof Uint8Array) return { body: new Uint8Array(body) }
  const chunks = stream(body)[Symbol.asyncIterator]()
  const init: RequestInit & { readonly duplex: 'half' } = {
    // fetch wants to be told that the answer comes after the body.
    duplex: 'half',
    body: new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await chunks.return?.()
      },
    }),
  }
  return init
}

function unreachable(url: URL, error: unknown): ConnectionError {
  const code = errorCode(error)
  const cause = rootCause(error)
  const reason = 'message' in cause && cause.message ? cause.message : (code ?? 'unknown error')
  return new ConnectionError(`Cannot reach ${url.host}: ${reason}`, {
    hint: /CERT|TLS|SSL|SIGNATURE|ISSUER/.test(code ?? '')
      ? 'Its certificate is not trusted here; name its authority in NODE_EXTRA_CA_CERTS.'
      : 'Check the address, and that the host can be reached from here.',
    cause: error,
  })
}
