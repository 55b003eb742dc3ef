import { Readable } from 'node:stream'
import { type Content, provenBytes } from './content.ts'

/**
 * Sends a content as the body of one request. Who sends it need not listen for errors of the stream: one ends the request,
 * and is what is thrown.
 */
export async function sendBody<T>(
  content: Content,
  signal: AbortSignal,
  send: (body: Readable, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const body = Readable.from(provenBytes(content), { objectMode: false })
  let failure: unknown
  body.once('error', (error) => {
    failure = error
    controller.abort(error)
  })
  try {
    return await send(body, AbortSignal.any([signal, controller.signal]))
  } catch (error) {
    throw failure ?? error
  } finally {
    body.destroy()
  }
}
