import { type Clock, systemClock } from '../http/index.ts'
import {
  type Descriptor,
  type Digest,
  digestOfBytes,
  hexOf,
  mediaTypes,
  parseIndex,
  parseTag,
  type Tag,
} from '../oci/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import type { Listing } from './listing.ts'
import { referrerOf } from './manifest.ts'
import type { StoredManifest } from './repository.ts'

/** What the fallback needs from its repository. */
export interface FallbackAccess {
  /** `HOST/NAME`. */
  readonly address: string
  read(tag: Tag): Promise<StoredManifest | undefined>
  write(bytes: Uint8Array, mediaType: string, tag: Tag): Promise<Descriptor>
}

/**
 * The referrers of a digest where the registry has no referrers API: an index under the tag `sha256-<hex>`.
 * Source: distribution specification 1.1, "Referrers Tag Schema". An entry is taken out only by whoever deletes its manifest.
 */
export interface Fallback {
  /** @param known where it lacks the tag, there are none, and nothing is asked */
  list(subject: Digest, known?: Listing): Promise<Descriptor[]>
  /**
   * Adds referrers; those that this process adds at the same time go into one write.
   * @param known where it lacks the tag, the tag is written without being read first
   * @throws UserError when others replace the tag again and again
   */
  add(subject: Digest, referrers: readonly Descriptor[], known?: Listing): Promise<void>
}

const writeTries = 10
/** Milliseconds between a write and its reading back: at least, at most the first time, and at most. */
const pauses = { shortest: 20, first: 250, longest: 4000 }

interface Batch {
  readonly referrers: Descriptor[]
  absent: boolean
  readonly written: Promise<void>
}

/** By `HOST/NAME@DIGEST`, for the whole process: whoever writes the same tag waits here. */
const waiting = new Map<string, Batch>()
const running = new Map<string, Promise<void>>()
/** What this process has written to, whatever a listing says that is older. */
const touched = new Set<string>()

export function createFallback(access: FallbackAccess, step: Step, clock: Clock = systemClock): Fallback {
  /**
   * No registry says that a tag was changed between its reading and its writing, so that the last writer wins. Therefore each
   * waits until the others, who read the tag before this write, must have written too; and then reads back, and mends.
   */
  const write = async (subject: Digest, added: readonly Descriptor[], absent: boolean): Promise<void> => {
    const tag = fallbackTag(subject)
    const wanted = new Map(added.map((referrer) => [referrer.digest, referrer]))
    for (let tries = 1; tries <= writeTries; tries++) {
      const started = clock.now()
      const found = absent && tries === 1 ? nothing : await readTag(tag, access, step)
      const missing = [...wanted.values()].filter(({ digest }) => !found.referrers.has(digest))
      if (missing.length === 0 && !found.damaged) return
      // What was once seen is kept too: another writer may have lost it.
      for (const [digest, referrer] of found.referrers) wanted.set(digest, referrer)
      await access.write(indexOf(wanted.values()), mediaTypes.index, tag)
      await clock.sleep(pause(clock.now() - started, tries, clock.random()), step.signal)
    }
    const { referrers } = await readTag(tag, access, step)
    if (added.every(({ digest }) => referrers.has(digest))) return
    throw new UserError(`${access.address}:${tag} does not keep what is written to it`, {
      hint: 'Another process writes referrers of the same image; run it again when that has ended.',
    })
  }

  return {
    list: async (subject, known) =>
      lacks(known, subject) ? [] : [...(await readTag(fallbackTag(subject), access, step)).referrers.values()],
    add(subject, referrers, known) {
      const key = `${access.address}@${subject}`
      const absent = lacks(known, subject) && !touched.has(key)
      touched.add(key)
      const batch = waiting.get(key)
      if (batch) {
        batch.referrers.push(...referrers)
        batch.absent &&= absent
        return batch.written
      }
      const before = running.get(key) ?? Promise.resolve()
      const written = before
        .catch(() => undefined)
        .then(() => {
          waiting.delete(key)
          return write(subject, added.referrers, added.absent)
        })
      const added: Batch = { referrers: [...referrers], absent, written }
      waiting.set(key, added)
      running.set(key, written)
      const clear = (): void => {
        if (running.get(key) === written) running.delete(key)
      }
      written.then(clear, clear)
      return written
    },
  }
}

/** `sha256:abc` → `sha256-abc`. */
export const fallbackTag = (subject: Digest): Tag => parseTag(`sha256-${hexOf(subject)}`)

const lacks = (known: Listing | undefined, subject: Digest): boolean =>
  known !== undefined && !known.tags.has(fallbackTag(subject))

/** Twice the time that reading and writing took here, which is about what it takes others; longer with each loss. */
function pause(took: number, tries: number, random: number): number {
  const base = Math.min(Math.max(2 * took, pauses.shortest), pauses.first)
  return Math.min(base * 2 ** (tries - 1), pauses.longest) * (1 + random)
}

export const isFallbackTag = (tag: Tag): boolean => /^sha256-[0-9a-f]{64}$/.test(tag)

interface Found {
  readonly referrers: ReadonlyMap<Digest, Descriptor>
  /** True when it is to be written anew, whatever is added. */
  readonly damaged: boolean
}

const nothing: Found = { referrers: new Map(), damaged: false }

async function readTag(tag: Tag, access: FallbackAccess, step: Step): Promise<Found> {
  const stored = await access.read(tag)
  if (!stored) return nothing
  const referrers = referrersIn(stored)
  if (referrers) return { referrers: byDigest(referrers), damaged: false }
  step.log.warning(
    `${access.address}:${tag} is damaged: it holds no index of referrers; it is written anew with the next one`,
  )
  return { referrers: byDigest(salvage(stored, tag)), damaged: true }
}

const byDigest = (referrers: readonly Descriptor[]): Map<Digest, Descriptor> =>
  new Map(referrers.map((referrer) => [referrer.digest, referrer]))

function referrersIn(stored: StoredManifest): readonly Descriptor[] | undefined {
  try {
    return parseIndex(stored.bytes, 'fallback tag').manifests
  } catch {
    return undefined
  }
}

// Some tools have put the referrer itself where the index belongs.
function salvage(stored: StoredManifest, tag: Tag): Descriptor[] {
  try {
    const { subject, descriptor } = referrerOf({
      ...stored,
      descriptor: { ...stored.descriptor, digest: digestOfBytes(stored.bytes) },
    })
    return subject !== undefined && fallbackTag(subject) === tag ? [descriptor] : []
  } catch {
    return []
  }
}

/** Sorted by digest, so that the order of writing leaves no trace. */
function indexOf(referrers: Iterable<Descriptor>): Uint8Array {
  const manifests = [...referrers].sort((left, right) => (left.digest < right.digest ? -1 : 1))
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests }))
}
