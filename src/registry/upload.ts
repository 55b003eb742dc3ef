import type { Readable } from 'node:stream'
import type { Descriptor, Digest } from '../oci/index.ts'
import { UserError } from '../runner/index.ts'
import { proving } from './proof.ts'
import { sendResumably } from './resumable-upload.ts'
import type { Transport } from './transport.ts'

/** A blob larger than this is asked for before it is sent, even where a mount from its own repository is not understood. */
const askFirst = 8 << 20
/** A blob larger than this is sent so that it goes on where a connection broke, which takes a request more. */
const resumableFrom = 32 << 20
const uploadTries = 3

/** Opens a blob's content from a byte on. */
export type Opener = (start: number) => Readable

/** The blobs of one repository that are written in this step. */
export interface Uploads {
  write(descriptor: Descriptor, open: Opener): Promise<void>
  mount(digest: Digest, from: string): Promise<boolean>
  has(digest: Digest): Promise<boolean>
}

const shared = new WeakMap<Transport, Map<string, Uploads>>()

/**
 * One for each repository in a step, whoever opens it: two who send the same blob at once disturb each other. docker-registry
 * refuses a manifest with MANIFEST_BLOB_UNKNOWN while another client writes a blob that it names once more.
 */
export function sharedUploads(transport: Transport, name: string): Uploads {
  const repositories = shared.get(transport) ?? new Map<string, Uploads>()
  shared.set(transport, repositories)
  const uploads = repositories.get(name) ?? createUploads(transport, name)
  repositories.set(name, uploads)
  return uploads
}

/** Source: distribution specification, "Pushing a blob monolithically" and "Mounting a blob from another repository". */
function createUploads(transport: Transport, name: string): Uploads {
  // What was once found or sent is not asked for again in this step.
  const present = new Set<Digest>()
  const underWay = new Map<Digest, Promise<void>>()
  const sessions = new Map<Digest, URL>()
  const push = { name, actions: 'pull,push' } as const

  const has = async (digest: Digest): Promise<boolean> => {
    if (present.has(digest)) return true
    const response = await transport.send({
      method: 'HEAD',
      url: `${name}/blobs/${digest}`,
      scope: { name, actions: 'pull' },
      what: `look for the blob ${digest} in ${name}`,
      expect: [200, 404],
    })
    if (response.status === 200) present.add(digest)
    return response.status === 200
  }

  /** One request that mounts the blob, or else opens a session to send it in. */
  const mount = async (digest: Digest, from: string): Promise<boolean> => {
    if (present.has(digest)) return true
    const response = await transport.send({
      method: 'POST',
      url: `${name}/blobs/uploads/?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from)}`,
      headers: { 'content-length': '0' },
      scope: from === name ? push : { ...push, mountFrom: from },
      what: `mount the blob ${digest} from ${from} in ${name}`,
      expect: [201, 202],
    })
    await response.body?.cancel()
    if (response.status === 201) present.add(digest)
    else sessions.set(digest, sessionOf(response))
    return response.status === 201
  }

  const sessionOf = (response: Response): URL => {
    const location = response.headers.get('location')
    if (location === null) throw new UserError(`${transport.host}: no place to upload to was given for ${name}`)
    return transport.resolve(location, response)
  }

  /** Closes a session, with the whole content or after it. False when the session is lost. */
  const put = async (session: URL, { digest, size }: Descriptor, body?: () => AsyncIterable<Uint8Array>) => {
    // The place has a state of its own in its query, which must come back unchanged.
    const url = new URL(session)
    url.search = `${url.search === '' ? '?' : `${url.search}&`}digest=${encodeURIComponent(digest)}`
    const response = await transport.send({
      method: 'PUT',
      url,
      ...(body
        ? { headers: { 'content-type': 'application/octet-stream' }, body, contentLength: size }
        : { headers: { 'content-length': '0' } }),
      scope: push,
      what: `write the blob ${digest} to ${name}`,
      // A session that was interrupted can be gone (404), or half full (400, 416).
      expect: [200, 201, 202, 204, 400, 404, 416],
    })
    const answered = response.headers.get('docker-content-digest')
    await response.body?.cancel()
    if (response.status >= 400) return false
    if (answered?.startsWith('sha256:') && answered !== digest) {
      throw new UserError(`${transport.host} stored ${answered} in ${name} where ${digest} was sent`)
    }
    return true
  }

  /** True when the blob was sent and the session closed. */
  const fill = async (session: URL, descriptor: Descriptor, open: Opener, resumably: boolean): Promise<boolean> => {
    if (!resumably) return put(session, descriptor, () => proving(open(0), descriptor))
    const full = await sendResumably(transport, name, session, descriptor, open)
    return full !== undefined && put(full, descriptor)
  }

  const send = async (descriptor: Descriptor, open: Opener): Promise<void> => {
    const { digest, size } = descriptor
    if (size > askFirst && (await has(digest))) return
    for (let tries = 1; tries <= uploadTries; tries++) {
      // A mount from the repository itself finds what is there and else opens the session: one request instead of two.
      if (!sessions.has(digest) && (await mount(digest, name))) return
      const session = sessions.get(digest)
      sessions.delete(digest)
      // A registry that loses a session once is better sent the whole in one request.
      if (session && (await fill(session, descriptor, open, tries === 1 && size > resumableFrom))) {
        present.add(digest)
        return
      }
      // The answer to a PUT that did its work may have been lost.
      if (await has(digest)) return
    }
    throw new UserError(`${transport.host}: the blob ${digest} cannot be written to ${name}: each upload was refused`)
  }

  return {
    has,
    mount,
    async write(descriptor, open) {
      if (present.has(descriptor.digest)) return
      const sent = underWay.get(descriptor.digest) ?? send(descriptor, open)
      underWay.set(descriptor.digest, sent)
      await sent.finally(() => underWay.delete(descriptor.digest))
    },
  }
}
