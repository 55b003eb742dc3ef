import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { digestOfBytes, mediaTypes } from '../../../src/oci/index.ts'

interface StoredManifest {
  readonly bytes: Buffer
  readonly type: string
}

export interface FakeRepository {
  readonly blobs: Map<string, Buffer>
  readonly manifests: Map<string, StoredManifest>
  readonly tags: Map<string, string>
}

export interface FakeRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string
  /** `METHOD /path` of every request, in order. */
  readonly log: string[]
  readonly authorizations: (string | undefined)[]
  repository(name: string): FakeRepository
  /** Called before a request is answered; true when it answered. */
  intercept: (request: IncomingMessage, response: ServerResponse, body: Buffer) => boolean | undefined
  close(): Promise<void>
}

export interface FakeOptions {
  /** The referrers API; without it 404, as docker-registry 2.8 answers. */
  readonly referrers?: boolean
  /** Whether `OCI-Subject` is answered. */
  readonly subjectHeader?: boolean
  /** Whether the media type of its config is listed as the type of an artifact, as go-containerregistry's registry does. */
  readonly configAsType?: boolean
  /** Entries of a page. */
  readonly page?: number
  readonly mount?: boolean
  /** Location of an upload as absolute URL. */
  readonly absolute?: boolean
  /** Whether `Docker-Content-Digest` is answered. */
  readonly digestHeader?: boolean
  /** Google's extension of `tags/list`: the digests with their tags. */
  readonly google?: boolean
}

/** A registry in memory, by the distribution specification, on 127.0.0.1. */
export async function startFakeRegistry(options: FakeOptions = {}): Promise<FakeRegistry> {
  const {
    referrers = false,
    subjectHeader = referrers,
    configAsType = false,
    page = 1000,
    mount = true,
    absolute = false,
    digestHeader = true,
    google = false,
  } = options
  const repositories = new Map<string, FakeRepository>()
  const sessions = new Set<string>()
  let opened = 0
  let host = ''
  const registry: FakeRegistry = {
    get host() {
      return host
    },
    log: [],
    authorizations: [],
    repository(name) {
      const found = repositories.get(name) ?? { blobs: new Map(), manifests: new Map(), tags: new Map() }
      repositories.set(name, found)
      return found
    },
    intercept: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  const withDigest = (digest: string): Record<string, string> =>
    digestHeader ? { 'docker-content-digest': digest } : {}

  const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer): unknown => {
    const url = new URL(request.url ?? '', `http://${host}`)
    const method = request.method ?? ''
    const send = (status: number, headers: Record<string, string> = {}, content: Buffer | string = ''): unknown => {
      const bytes = Buffer.from(content)
      response.writeHead(status, { 'content-length': String(bytes.length), ...headers })
      return response.end(method === 'HEAD' ? undefined : bytes)
    }
    const missing = (code: string): unknown =>
      send(404, { 'content-type': 'application/json' }, JSON.stringify({ errors: [{ code, message: 'unknown' }] }))
    const [, name = '', kind = '', rest = ''] =
      /^\/v2\/(.+?)\/(manifests|blobs|tags|referrers)\/(.*)$/.exec(url.pathname) ?? []
    const repository = registry.repository(name)
    const paged = <Item>(items: Item[]): { part: Item[]; link: Record<string, string> } => {
      const start = Number(url.searchParams.get('start') ?? 0)
      const next = start + page
      const more = next < items.length
      return {
        part: items.slice(start, next),
        link: more ? { link: `<${url.pathname}?start=${next}>; rel="next"` } : {},
      }
    }

    if (kind === 'tags') {
      if (repository.manifests.size === 0) return missing('NAME_UNKNOWN')
      const { part, link } = paged([...repository.tags.keys()].sort())
      return send(
        200,
        { 'content-type': 'application/json', ...link },
        JSON.stringify({ name, tags: part, ...(google ? { manifest: manifestMap(repository, part) } : {}) }),
      )
    }
    if (kind === 'referrers') {
      if (!referrers) return send(404, {}, '404 page not found')
      const found = [...repository.manifests].flatMap(([digest, { bytes, type }]) => {
        const json = JSON.parse(bytes.toString())
        if (json.subject?.digest !== rest) return []
        return [
          {
            mediaType: type,
            digest,
            size: bytes.length,
            artifactType: configAsType ? json.config?.mediaType : json.artifactType,
            annotations: json.annotations,
          },
        ]
      })
      const { part, link } = paged(found)
      return send(
        200,
        { 'content-type': mediaTypes.index, ...link },
        JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: part }),
      )
    }
    if (kind === 'manifests') {
      if (method === 'PUT') {
        const digest = digestOfBytes(body)
        const json = JSON.parse(body.toString())
        repository.manifests.set(digest, { bytes: body, type: request.headers['content-type'] ?? '' })
        if (!rest.startsWith('sha256:')) repository.tags.set(rest, digest)
        return send(201, {
          ...withDigest(digest),
          ...(subjectHeader && json.subject ? { 'oci-subject': json.subject.digest } : {}),
        })
      }
      const digest = rest.startsWith('sha256:') ? rest : (repository.tags.get(rest) ?? '')
      const stored = repository.manifests.get(digest)
      return stored
        ? send(200, { 'content-type': stored.type, ...withDigest(digest) }, stored.bytes)
        : missing('MANIFEST_UNKNOWN')
    }
    if (kind === 'blobs' && method === 'POST') {
      const digest = url.searchParams.get('mount')
      const from = url.searchParams.get('from')
      const mounted = digest && from && mount ? repositories.get(from)?.blobs.get(digest) : undefined
      if (digest && mounted) {
        repository.blobs.set(digest, mounted)
        return send(201, { location: `/v2/${name}/blobs/${digest}` })
      }
      const session = `/v2/${name}/blobs/uploads/${opened++}`
      sessions.add(session)
      return send(202, { location: `${absolute ? `http://${host}` : ''}${session}?_state=a%2Bb` })
    }
    if (kind === 'blobs' && method === 'PUT') {
      const digest = url.searchParams.get('digest') ?? ''
      if (!sessions.delete(url.pathname) || url.searchParams.get('_state') !== 'a+b')
        return missing('BLOB_UPLOAD_UNKNOWN')
      if (digestOfBytes(body) !== digest) return send(400, {}, '{"errors":[{"code":"DIGEST_INVALID"}]}')
      repository.blobs.set(digest, body)
      return send(201, withDigest(digest))
    }
    if (kind === 'blobs') {
      const blob = repository.blobs.get(rest)
      return blob ? send(200, withDigest(rest), blob) : missing('BLOB_UNKNOWN')
    }
    return send(url.pathname === '/v2/' ? 200 : 404)
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      registry.log.push(`${request.method} ${request.url}`)
      registry.authorizations.push(request.headers.authorization)
      const body = Buffer.concat(chunks)
      if (!registry.intercept(request, response, body)) answer(request, response, body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  host = `127.0.0.1:${port}`
  return registry
}

/** Google's `manifest` of one page: every digest, with those of its tags that are on the page. */
function manifestMap({ manifests, tags }: FakeRepository, page: readonly string[]): Record<string, object> {
  return Object.fromEntries(
    [...manifests].map(([digest, { type }]) => [
      digest,
      { mediaType: type, tag: page.filter((tag) => tags.get(tag) === digest) },
    ]),
  )
}
