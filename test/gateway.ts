import { Agent, createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http'
import type { Socket } from 'node:net'
import { listen } from './runner/index.ts'

export interface SeenRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly status: number
  /** When it was answered, in milliseconds on the clock of `performance.now()`. */
  readonly at: number
}

/** Requests let through; the others are answered 429 with `Retry-After: 1`. */
export interface Quota {
  readonly perSecond: number
  readonly burst: number
}

/** A server's front door, that notes who asks what and can refuse. */
export interface Gateway {
  readonly host: string
  /** Every request that was answered, oldest first. */
  readonly seen: readonly SeenRequest[]
  /** Empties `seen`. */
  forget(): void
  /** From now on; undefined lets everything through. */
  limit(quota: Quota | undefined): void
  /** Answers for the server where it gives a status; e.g. a 503 for the first upload. */
  refuse(decide: (method: string, path: string) => number | undefined): void
  /** Breaks the connection of a request after so many bytes of its body, or of the answer to a GET. */
  cut(decide: (method: string, path: string) => number | undefined): void
  close(): Promise<void>
}

/** Opens a gateway to an HTTP server on loopback. The Host header passes unchanged, so that redirects lead back here. */
export async function openGateway(port: number): Promise<Gateway> {
  const seen: SeenRequest[] = []
  const agent = new Agent({ keepAlive: true })
  let bucket: TokenBucket | undefined
  let decide: (method: string, path: string) => number | undefined = () => undefined
  let cutAfter: typeof decide = () => undefined

  const server = createServer((request, response) => {
    const { method = 'GET', url: path = '/' } = request
    const note = (status: number): void => void seen.push({ method, path, status, at: performance.now() })
    const refusal = bucket?.take() === false ? 429 : decide(method, path)
    if (refusal === undefined) {
      breakAfter(cutAfter(method, path), method === 'GET' ? response : request, request.socket)
      forward(request, response, port, agent, note)
    } else {
      note(refusal)
      request.resume()
      response.writeHead(refusal, {
        'content-type': 'application/json',
        ...(refusal === 429 ? { 'retry-after': '1' } : {}),
      })
      response.end('{"errors":[{"code":"TOOMANYREQUESTS","message":"refused by the gateway"}]}')
    }
  })
  const { url, close } = await listen(server)
  return {
    host: new URL(url).host,
    seen,
    forget: () => void seen.splice(0),
    limit: (quota) => {
      bucket = quota && tokenBucket(quota)
    },
    refuse: (decision) => {
      decide = decision
    },
    cut: (decision) => {
      cutAfter = decision
    },
    async close() {
      await close()
      agent.destroy()
    },
  }
}

/** Counts what passes: a request's body as it is read, an answer as it is written to the socket. */
function breakAfter(bytes: number | undefined, message: IncomingMessage | ServerResponse, socket: Socket): void {
  if (bytes === undefined) return
  const written = socket.bytesWritten
  let read = 0
  const check = (): void => {
    if (read >= bytes || socket.bytesWritten - written >= bytes) socket.destroy()
  }
  if ('headersSent' in message) message.on('drain', check)
  else {
    message.on('data', (chunk: Buffer) => {
      read += chunk.length
      check()
    })
  }
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  agent: Agent,
  note: (status: number) => void,
): void {
  const { method, url, headers } = request
  const onward = sendRequest({ host: '127.0.0.1', port, method, path: url, headers, agent }, (answer) => {
    const status = answer.statusCode ?? 502
    note(status)
    response.writeHead(status, answer.headers)
    answer.pipe(response)
  })
  response.on('close', () => response.writableFinished || onward.destroy())
  onward.on('error', () => {
    if (response.headersSent) response.destroy()
    else response.writeHead(502).end()
  })
  request.pipe(onward)
}

interface TokenBucket {
  take(): boolean
}

function tokenBucket({ perSecond, burst }: Quota): TokenBucket {
  let tokens = burst
  let last = performance.now()
  return {
    take() {
      const now = performance.now()
      tokens = Math.min(burst, tokens + ((now - last) / 1000) * perSecond)
      last = now
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}
