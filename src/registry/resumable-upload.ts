import { ConnectionError } from '../http/index.ts'
import type { Descriptor } from '../oci/index.ts'
import { provingAgain } from './proof.ts'
import type { RegistryRequest, Transport } from './transport.ts'

/** Answers one after the other after which the registry has no more than before. */
const fruitlessTries = 3

/** An open upload, and how much of the blob the registry has. */
interface Session {
  readonly place: URL
  readonly at: number
}

/**
 * Sends a blob into an open session. When the connection breaks, the registry is asked how much it has, and the rest is sent. Each
 * request sends all that is missing and so is the last chunk, to which `OCI-Chunk-Min-Length` does not apply; the first one comes
 * as docker sends it, which every registry takes.
 * @returns the place that closes the upload; undefined when the registry has dropped the session
 * Source: distribution specification 1.1, "Pushing a blob in chunks".
 */
export async function sendResumably(
  transport: Transport,
  name: string,
  place: URL,
  descriptor: Descriptor,
  open: (start: number) => AsyncIterable<Uint8Array>,
): Promise<URL | undefined> {
  const { digest, size } = descriptor
  const contentFrom = provingAgain(descriptor, open)
  const common = { scope: { name, actions: 'pull,push' }, what: `write the blob ${digest} to ${name}` } as const

  const sessionOf = (response: Response, at: number): Session => {
    const location = response.headers.get('location')
    return { place: location === null ? place : transport.resolve(location, response), at }
  }

  /** Undefined when it is not known what became of it. */
  const sendRest = async ({ place: url, at }: Session): Promise<Session | undefined> => {
    const request: RegistryRequest = {
      ...common,
      method: 'PATCH',
      url,
      headers: {
        'content-type': 'application/octet-stream',
        ...(at > 0 ? { 'content-range': `${at}-${size - 1}` } : {}),
      },
      body: () => contentFrom(at),
      contentLength: size - at,
      repeatable: false,
      expect: [...accepted, 400, 404, 405, 408, 416, 500, 501, 502, 503, 504],
    }
    try {
      const response = await transport.send(request)
      await response.body?.cancel()
      return accepted.includes(response.status) ? sessionOf(response, received(response) ?? size) : undefined
    } catch (error) {
      if (error instanceof ConnectionError) return undefined
      throw error
    }
  }

  const look = async ({ place: url }: Session): Promise<Session | undefined> => {
    const response = await transport.send({ ...common, url, expect: [...accepted, 400, 404, 405, 416] })
    await response.body?.cancel()
    const at = accepted.includes(response.status) ? received(response) : undefined
    return at === undefined ? undefined : sessionOf(response, at)
  }

  let session: Session = { place, at: 0 }
  let fruitless = 0
  while (session.at < size) {
    const next = (await sendRest(session)) ?? (await look(session))
    if (!next || next.at > size) return undefined
    fruitless = next.at > session.at ? 0 : fruitless + 1
    if (fruitless >= fruitlessTries) return undefined
    session = next
  }
  return session.place
}

const accepted = [200, 201, 202, 204]

/** The bytes that the registry has: `Range: 0-N`; `0-0` means none. */
function received(response: Response): number | undefined {
  const [, last] = /^(?:bytes=)?0-(\d+)$/.exec(response.headers.get('range') ?? '') ?? []
  if (last === undefined) return undefined
  return last === '0' ? 0 : Number(last) + 1
}
