import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { handleBlob } from './blobs.ts'
import { cacheService } from './cache.ts'
import { type Claims, identityProvider, tagPushClaims } from './identity-provider.ts'
import { listen } from './listen.ts'

export interface RunnerServices {
  /** Also the OIDC issuer. */
  readonly url: string
  /** What a hosted runner sets for a job that has `id-token: write`. */
  readonly environment: Readonly<Record<string, string>>
  /** Keys of the caches that were saved. */
  cacheKeys(): string[]
  /** A token of this issuer, for steps that take one as input. */
  identityToken(audience: string, claims?: Claims): string
  close(): Promise<void>
}

/** Starts what a GitHub-hosted runner gives a job beside the machine, on loopback: identity tokens and the cache. */
export async function startRunnerServices(claims: Claims = tagPushClaims): Promise<RunnerServices> {
  const folder = await mkdtemp(join(tmpdir(), 'runner-services-'))
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    if (provider.handle(request, response)) return
    const done = path.startsWith('/blobs/') ? handleBlob(folder, request, response) : cache.handle(request, response)
    done.catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  const { url, close } = await listen(server)
  const provider = identityProvider(url, claims)
  const cache = cacheService((id) => `${url}/blobs/${id}?sig=${randomUUID()}`)
  return {
    url,
    environment: {
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: provider.requestToken,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0`,
      ACTIONS_RESULTS_URL: `${url}/`,
      // The cache client sends it as a bearer token and reads nothing from it.
      ACTIONS_RUNTIME_TOKEN: provider.mint('runtime'),
    },
    cacheKeys: cache.keys,
    identityToken: provider.mint,
    async close() {
      await close()
      await rm(folder, { recursive: true })
    },
  }
}
