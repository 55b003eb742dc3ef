import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { answerJson } from './answer.ts'

interface CacheEntry {
  readonly id: number
  readonly key: string
  readonly version: string
  complete: boolean
}

interface CacheRequest {
  readonly key?: string
  readonly version?: string
  readonly restore_keys?: readonly string[]
}

/** The cache service v2 (Twirp `CacheService`) of a hosted runner: an entry is never overwritten, the newest prefix hits. */
export function cacheService(blobUrl: (id: string) => string) {
  const entries: CacheEntry[] = []
  const methods: Record<string, (request: Required<CacheRequest>) => object> = {
    CreateCacheEntry({ key, version }) {
      if (entries.some((entry) => entry.key === key && entry.version === version)) return { ok: false }
      const id = entries.length + 1
      entries.push({ id, key, version, complete: false })
      return { ok: true, signed_upload_url: blobUrl(`cache-${id}`) }
    },
    FinalizeCacheEntryUpload({ key, version }) {
      const entry = entries.find((candidate) => candidate.key === key && candidate.version === version)
      if (entry) entry.complete = true
      return { ok: entry !== undefined, entry_id: String(entry?.id ?? 0) }
    },
    GetCacheEntryDownloadURL({ key, version, restore_keys }) {
      const usable = entries.filter((entry) => entry.complete && entry.version === version)
      const exact = usable.find((entry) => entry.key === key)
      const near = restore_keys.map((prefix) => usable.findLast((entry) => entry.key.startsWith(prefix))).find(Boolean)
      const hit = exact ?? near
      if (!hit) return { ok: false }
      return { ok: true, signed_download_url: blobUrl(`cache-${hit.id}`), matched_key: hit.key }
    },
  }
  return {
    /** Keys that were saved, in order. */
    keys: (): string[] => entries.filter((entry) => entry.complete).map((entry) => entry.key),
    async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const method = methods[request.url?.split('/').at(-1) ?? '']
      if (!method) return answerJson(response, 404, { code: 'bad_route', msg: `no such method: ${request.url}` })
      const { key = '', version = '', restore_keys = [] } = (await json(request)) as CacheRequest
      answerJson(response, 200, method({ key, version, restore_keys }))
    },
  }
}
