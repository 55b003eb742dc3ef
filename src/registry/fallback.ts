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
 * Source: distribution specification 1.1, "Referrers Tag Schema".
 */
export interface Fallback {
  list(subject: Digest): Promise<Descriptor[]>
  /** Adds a referrer; those that this process adds at the same time go into one write. */
  add(subject: Digest, referrer: Descriptor): Promise<void>
}

const writeTries = 5

interface Batch {
  readonly referrers: Descriptor[]
  readonly written: Promise<void>
}

/** By `HOST/NAME@DIGEST`, for the whole process: whoever writes the same tag waits here. */
const waiting = new Map<string, Batch>()
const running = new Map<string, Promise<void>>()

export function createFallback(access: FallbackAccess, step: Step): Fallback {
  const write = async (subject: Digest, added: readonly Descriptor[]): Promise<void> => {
    const tag = fallbackTag(subject)
    for (let tries = 1; tries <= writeTries; tries++) {
      const found = await readTag(tag, access, step)
      const missing = added.filter(({ digest }) => !found.referrers.some((referrer) => referrer.digest === digest))
      // Read back, this also proves that no other writer has replaced what was written.
      if (missing.length === 0 && !found.damaged) return
      const bytes = indexOf([...found.referrers, ...missing])
      await access.write(bytes, mediaTypes.index, tag)
    }
    const { referrers } = await readTag(tag, access, step)
    if (added.every(({ digest }) => referrers.some((referrer) => referrer.digest === digest))) return
    throw new UserError(`${access.address}:${tag} does not keep what is written to it`, {
      hint: 'Another process writes referrers of the same image; run it again when that has ended.',
    })
  }

  return {
    list: async (subject) => (await readTag(fallbackTag(subject), access, step)).referrers,
    add(subject, referrer) {
      const key = `${access.address}@${subject}`
      const batch = waiting.get(key)
      if (batch) {
        batch.referrers.push(referrer)
        return batch.written
      }
      const referrers = [referrer]
      const before = running.get(key) ?? Promise.resolve()
      const written = before
        .catch(() => undefined)
        .then(() => {
          waiting.delete(key)
          return write(subject, referrers)
        })
      waiting.set(key, { referrers, written })
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

interface Found {
  readonly referrers: Descriptor[]
  readonly damaged: boolean
}

async function readTag(tag: Tag, access: FallbackAccess, step: Step): Promise<Found> {
  const stored = await access.read(tag)
  if (!stored) return { referrers: [], damaged: false }
  const referrers = referrersIn(stored)
  if (referrers) return { referrers, damaged: false }
  step.log.warning(
    `${access.address}:${tag} is damaged: it holds no index of referrers; it is written anew with the next one`,
  )
  return { referrers: salvage(stored, tag), damaged: true }
}

function referrersIn(stored: StoredManifest): Descriptor[] | undefined {
  try {
    return [...parseIndex(stored.bytes, 'fallback tag').manifests]
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
function indexOf(referrers: readonly Descriptor[]): Uint8Array {
  const manifests = [...referrers].sort((left, right) => (left.digest < right.digest ? -1 : 1))
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests }))
}
