import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from '@jest/globals'

export interface BreakingRegistry {
  readonly host: string
  /** Where an upload goes; a state of its own belongs to it. */
  readonly session: URL
  /** `METHOD Range-or-Content-Range` of every request. */
  readonly log: string[]
  /** What the open upload has, or undefined when it is lost. */
  upload: Buffer | undefined
  /** What a blob is read from. */
  blob: Buffer
  /** After so many bytes of its body each next request, or its answer, breaks off; the last ones are whole. */
  breaks: number[]
  /** Status of the next answers to PATCH, in place of taking its body. */
  statuses: number[]
  understandsRange: boolean
}

const servers: ReturnType<typeof createServer>[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A registry with one upload and one blob, whose connections break at chosen bytes. */
export async function startBreakingRegistry(): Promise<BreakingRegistry> {
  const server = createServer((request, response) => void answer(request, response))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const registry: BreakingRegistry = {
    host,
    session: new URL(`http://${host}/upload?state=0`),
    log: [],
    upload: Buffer.alloc(0),
    blob: Buffer.alloc(0),
    breaks: [],
    statuses: [],
    understandsRange: true,
  }

  const answer = (request: IncomingMessage, response: ServerResponse): unknown => {
    const { method = '', headers } = request
    registry.log.push([method, headers['content-range'] ?? headers.range].filter(Boolean).join(' '))
    return method === 'PATCH'
      ? receive(request, response)
      : request.url?.startsWith('/v2/')
        ? send(request, response)
        : look(response)
  }
  const look = (response: ServerResponse, status = 204): unknown => {
    if (registry.upload === undefined) return response.writeHead(404).end()
    const { length } = registry.upload
    return response
      .writeHead(status, { range: `0-${Math.max(0, length - 1)}`, location: `/upload?state=${length}` })
      .end()
  }
  const receive = (request: IncomingMessage, response: ServerResponse): unknown => {
    const status = registry.statuses.shift()
    if (status !== undefined) {
      request.resume()
      return request.on('end', () => response.writeHead(status).end())
    }
    if (registry.upload === undefined) return response.writeHead(404).end()
    const { socket } = request
    const before = registry.upload
    const has = before.length
    const start = Number(request.headers['content-range']?.split('-')[0] ?? 0)
    if (start !== has || request.url !== `/upload?state=${has}`) return response.writeHead(416).end()
    const breakAt = registry.breaks.shift() ?? Number.POSITIVE_INFINITY
    let received = Buffer.alloc(0)
    const keep = (): void => {
      registry.upload = Buffer.concat([before, received.subarray(0, breakAt)])
    }
    request.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      if (received.length < breakAt || socket.destroyed) return
      keep()
      socket.destroy()
    })
    return request.on('end', () => {
      keep()
      look(response, 202)
    })
  }
  const send = (request: IncomingMessage, response: ServerResponse): unknown => {
    const start = registry.understandsRange ? Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0
    const rest = registry.blob.subarray(start)
    const range =
      start > 0 ? { 'content-range': `bytes ${start}-${registry.blob.length - 1}/${registry.blob.length}` } : {}
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': String(rest.length), ...range })
    const breakAt = registry.breaks.shift()
    if (breakAt === undefined) return response.end(rest)
    return response.write(rest.subarray(0, breakAt), () => setTimeout(() => request.socket.destroy(), 5))
  }
  return registry
}
