import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../../src/http/index.ts'

export interface TestServer {
  readonly url: string
  readonly requests: {
    readonly method: string
    readonly path: string
    readonly headers: IncomingMessage['headers']
    readonly body: string
  }[]
  close(): Promise<void>
}

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

/** A server on 127.0.0.1 that keeps what it was asked; the nth request gets the nth answer, the last one for ever. */
export async function serve(...answers: [Answer, ...Answer[]]): Promise<TestServer> {
  const requests: TestServer['requests'] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    const answer = answers[Math.min(requests.length, answers.length - 1)] ?? answers[0]
    const kept = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: '' }
    requests.push(kept)
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      kept.body = Buffer.concat(chunks).toString()
      answer(request, response, kept.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export const answer =
  (status: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (_, response) =>
    void response.writeHead(status, headers).end(body)

export const reset: Answer = (request) => void request.socket.destroy()

/** A clock whose sleeps pass at once and are added up. */
export function fastClock(): Clock & { readonly slept: number[]; advance(milliseconds: number): void } {
  let now = 0
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    random: () => 0.5,
    advance: (milliseconds) => {
      now += milliseconds
    },
    async sleep(milliseconds, signal) {
      signal.throwIfAborted()
      slept.push(milliseconds)
      now += milliseconds
    },
  }
}
