import { describe, expect, test } from '@jest/globals'
import type { Clock } from '../../../src/http/index.ts'
import { type Descriptor, digestOfBytes, mediaTypes, parseIndex, type Tag } from '../../../src/oci/index.ts'
import { createFallback, type Fallback, fallbackTag } from '../../../src/registry/fallback.ts'
import { testStep } from '../../step.ts'
import { virtualClock } from '../http/virtual-clock.ts'

const signal = new AbortController().signal
const subject = digestOfBytes('subject')
const referrer = (text: string): Descriptor => ({
  mediaType: mediaTypes.manifest,
  digest: digestOfBytes(text),
  size: text.length,
})

let processes = 0

/** Tags in memory; whoever asks or writes waits for the answer, and what is written counts half-way. */
function tagStore(clock: Clock) {
  const tags = new Map<Tag, Uint8Array>()
  const log: string[] = []
  const way = () => clock.sleep(1 + clock.random() * 40, signal)
  return {
    log,
    tags,
    /** One more process: no two share what they know. */
    open: (): Fallback =>
      createFallback(
        {
          address: `HOST/${processes++}`,
          async read(tag) {
            await way()
            log.push('read')
            const bytes = tags.get(tag)
            await way()
            const descriptor = { mediaType: mediaTypes.index, digest: digestOfBytes(bytes ?? ''), size: 1 }
            return bytes && { descriptor, bytes }
          },
          async write(bytes, mediaType, tag) {
            await way()
            log.push('write')
            tags.set(tag, bytes)
            await way()
            return { mediaType, digest: digestOfBytes(bytes), size: bytes.length }
          },
        },
        testStep(),
        clock,
      ),
    listed: () => parseIndex(tags.get(fallbackTag(subject)) ?? Buffer.from('{}'), 'tag').manifests,
  }
}

describe('the fallback tag', () => {
  test('keeps what ten processes add, whenever each of them begins', async () => {
    for (let seed = 1; seed <= 100; seed++) {
      const clock = virtualClock(seed)
      const store = tagStore(clock)
      const add = async (index: number) => {
        await clock.sleep(clock.random() * 300, signal)
        await store.open().add(subject, [referrer(`${index}`)])
      }
      await clock.run(Promise.all(Array.from({ length: 10 }, (_, index) => add(index))))
      expect(store.listed()).toHaveLength(10)
    }
  })

  test('is read, written once and read back for several that are added together', async () => {
    const clock = virtualClock()
    const store = tagStore(clock)
    const fallback = store.open()
    await clock.run(
      Promise.all([fallback.add(subject, [referrer('a'), referrer('b')]), fallback.add(subject, [referrer('c')])]),
    )
    expect(store.log).toEqual(['read', 'write', 'read'])
    expect(store.listed()).toHaveLength(3)
  })

  test('is not read where a listing lacks it, but the second time whatever the listing says', async () => {
    const clock = virtualClock()
    const store = tagStore(clock)
    const fallback = store.open()
    const known = { tags: new Set<Tag>() }
    expect(await fallback.list(subject, known)).toEqual([])
    expect(store.log).toEqual([])
    await clock.run(fallback.add(subject, [referrer('a')], known))
    expect(store.log.splice(0)).toEqual(['write', 'read'])
    await clock.run(fallback.add(subject, [referrer('b')], known))
    expect(store.log).toEqual(['read', 'write', 'read'])
    expect(store.listed()).toHaveLength(2)
  })

  test('has no entry twice after it is written', async () => {
    const clock = virtualClock()
    const store = tagStore(clock)
    const manifests = [referrer('a'), referrer('a')]
    store.tags.set(fallbackTag(subject), Buffer.from(JSON.stringify({ schemaVersion: 2, manifests })))
    await clock.run(store.open().add(subject, [referrer('b')]))
    expect(store.listed()).toHaveLength(2)
  })

  test('that another writer always replaces is a failure, not a loss', async () => {
    const clock = virtualClock()
    const store = tagStore(clock)
    const adding = store.open().add(subject, [referrer('a')])
    store.tags.set = () => store.tags
    await expect(clock.run(adding)).rejects.toThrow(/does not keep/)
    expect(clock.now()).toBeLessThan(60_000)
  })
})
