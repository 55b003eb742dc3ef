import { backoff, type Clock, isTransientError, systemClock } from '../http/index.ts'
import type { Descriptor } from '../oci/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { chunksOf } from './failure.ts'
import type { Transport } from './transport.ts'

/** Answers that may break off one after the other without a new byte. */
const fruitlessTries = 5

/**
 * The bytes of a blob from `start` on; an answer that breaks off goes on where it stopped. They are not proven.
 * Source: distribution specification, "Pulling blobs"; RFC 9110 §14.
 */
export async function* downloadBlob(
  transport: Transport,
  name: string,
  { digest, size }: Descriptor,
  start: number,
  step: Step,
  clock: Clock = systemClock,
): AsyncGenerator<Uint8Array> {
  let at = start
  let fruitless = 0
  for (;;) {
    const response = await transport.send({
      url: `${name}/blobs/${digest}`,
      headers: at > 0 ? { range: `bytes=${at}-` } : {},
      scope: { name, actions: 'pull' },
      what: `read the blob ${digest} of ${name}`,
      expect: at > 0 ? [200, 206] : [200],
    })
    let known = at - beginning(response)
    if (!(known >= 0)) throw new UserError(`${transport.host} answered with another part of the blob ${digest}`)
    const before = at
    try {
      for await (const chunk of chunksOf(response)) {
        const fresh = chunk.subarray(Math.min(known, chunk.length))
        known -= chunk.length - fresh.length
        at += fresh.length
        if (fresh.length > 0) yield fresh
      }
      return
    } catch (error) {
      step.signal.throwIfAborted()
      if (!isTransientError(error)) throw error
      if (at >= size) return
    }
    if (at > before) fruitless = 0
    else if (++fruitless < fruitlessTries) await clock.sleep(backoff(fruitless, clock.random()), step.signal)
    else throw new UserError(`${transport.host}: cannot read the blob ${digest} of ${name}: the answer breaks off`)
  }
}

/** The byte that an answer begins with; not a number when it does not say. A server may send the whole in place of a part. */
function beginning(response: Response): number {
  if (response.status !== 206) return 0
  return Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1])
}
