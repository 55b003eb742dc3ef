import { createReadStream, createWriteStream } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

/** As much of Azure's block blobs as the Actions clients use, kept in a folder: whole, by blocks, read by range. */
export async function handleBlob(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const path = join(folder, encodeURIComponent(url.pathname))
  if (request.method !== 'PUT') return await sendBlob(path, request, response)

  const block = (id: string): string => `${path}.block.${encodeURIComponent(id)}`
  const part = url.searchParams.get('comp')
  if (part === 'block') await pipeline(request, createWriteStream(block(url.searchParams.get('blockid') ?? '')))
  else if (part === 'blocklist') {
    const ids = [...(await text(request)).matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]+)</g)]
    const blocks = ids.map((match) => block(match[1] ?? ''))
    await pipeline(concatenate(blocks), createWriteStream(`${path}.whole`))
    await rename(`${path}.whole`, path)
  } else await pipeline(request, createWriteStream(path))
  response.writeHead(201, { etag: '"1"', 'x-ms-request-id': '1' }).end()
}

async function sendBlob(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found) {
    response.writeHead(404).end()
    return
  }
  const wanted = /bytes=(\d+)-(\d*)/.exec(String(request.headers['x-ms-range'] ?? request.headers.range ?? ''))
  const start = Number(wanted?.[1] ?? 0)
  const end = Math.min(wanted?.[2] ? Number(wanted[2]) : Number.POSITIVE_INFINITY, found.size - 1)
  response.writeHead(wanted ? 206 : 200, {
    'content-length': end - start + 1,
    'content-type': 'application/octet-stream',
    etag: '"1"',
    'last-modified': new Date(0).toUTCString(),
    ...(wanted ? { 'content-range': `bytes ${start}-${end}/${found.size}` } : {}),
  })
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(path, { start, end }), response)
}

function concatenate(paths: readonly string[]): Readable {
  return Readable.from(
    (async function* () {
      for (const path of paths) yield* createReadStream(path)
    })(),
  )
}
