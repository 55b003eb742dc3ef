import { type Descriptor, type Digest, digestOfBytes, mediaTypes, parseIndex } from '../oci/index.ts'
import { mapConcurrently, type Step, UserError } from '../runner/index.ts'
import { createFallback, type FallbackAccess, isFallbackTag } from './fallback.ts'
import type { Listing } from './listing.ts'
import { type Referrer, referrerOf } from './manifest.ts'
import { contentType, readPages } from './pagination.ts'
import type { ReferrerManifest } from './repository.ts'
import type { Transport } from './transport.ts'

/** What the referrers need from their repository. */
export interface ReferrersAccess {
  readonly transport: Transport
  /** The repository's name in its registry. */
  readonly name: string
  readonly fallback: FallbackAccess
  /** @returns the answer's headers */
  write(bytes: Uint8Array, mediaType: string): Promise<Headers>
}

/** What refers to the manifests of one repository: by the referrers API, else by fallback tags. */
export interface Referrers {
  list(subject: Digest, known?: Listing): Promise<Descriptor[]>
  mayHave(subject: Digest, known: Listing): Promise<boolean>
  write(referrers: readonly ReferrerManifest[], known?: Listing): Promise<Descriptor[]>
}

interface Host {
  /**
   * `absent`: no referrers API. `present`: it answers. `kept`: it was seen to list what is written, so that nobody needs to look
   * again.
   */
  api: 'unknown' | 'absent' | 'present' | 'kept'
  /** The first question, which the others wait for. */
  probe?: Promise<unknown>
}

const hosts = new WeakMap<Transport, Host>()
const atOnce = 4

/** Source: distribution specification 1.1, "Listing Referrers" and "Pushing Manifests with Subject". */
export function createReferrers(access: ReferrersAccess, step: Step): Referrers {
  const { transport, name } = access
  const host = hosts.get(transport) ?? { api: 'unknown' }
  hosts.set(transport, host)
  const fallback = createFallback(access.fallback, step)

  /** Undefined where the registry has no referrers API. */
  const request = async (subject: Digest): Promise<Descriptor[] | undefined> => {
    const found: Descriptor[] = []
    const pages = readPages(transport, {
      url: `${name}/referrers/${subject}`,
      headers: { accept: mediaTypes.index },
      scope: { name, actions: 'pull' },
      what: `list the referrers of ${subject} in ${name}`,
      expect: [200, 400, 404, 405],
    })
    for await (const { response, bytes } of pages) {
      // A registry that does not know the path may answer anything; the specification tells by the content type.
      if (response.status !== 200 || contentType(response) !== mediaTypes.index) {
        if (host.api === 'present' || host.api === 'kept') return []
        // Some have the API and answer so for a repository or digest that they do not know yet.
        const unknown = /"(?:NAME|MANIFEST)_UNKNOWN"/.test(Buffer.from(bytes).toString('utf8'))
        if (!unknown) host.api = 'absent'
        return undefined
      }
      if (host.api !== 'kept') host.api = 'present'
      found.push(...parseIndex(bytes, `referrers of ${subject} in ${access.fallback.address}`).manifests)
    }
    return found
  }

  const ask = async (subject: Digest): Promise<Descriptor[] | undefined> => {
    if (host.api === 'unknown' && host.probe !== undefined) await host.probe.catch(() => undefined)
    if (host.api === 'absent') return undefined
    const asked = request(subject)
    host.probe ??= asked
    return asked
  }

  /** Makes what is stored findable. */
  const enter = async (subject: Digest, referrers: readonly Descriptor[], known?: Listing): Promise<void> => {
    const listed = host.api === 'kept' ? referrers : ((await ask(subject)) ?? [])
    const missing = referrers.filter(({ digest }) => !listed.some((other) => other.digest === digest))
    // Some registries have the API, but do not say so when a referrer is written.
    if (missing.length > 0) await fallback.add(subject, missing, known)
    else host.api = 'kept'
  }

  return {
    list: async (subject, known) => (await ask(subject)) ?? fallback.list(subject, known),
    mayHave: async (subject, known) => (await ask(subject)) !== undefined || [...known.tags].some(isFallbackTag),
    async write(manifests, known) {
      const referrers = manifests.map(parseReferrer)
      await mapConcurrently(manifests, atOnce, async ({ bytes, mediaType }, index) => {
        const digest = referrers[index]?.descriptor.digest
        if (digest && known?.manifests?.has(digest)) return
        // The header says that the registry itself keeps the list.
        if ((await access.write(bytes, mediaType)).has('oci-subject')) host.api = 'kept'
      })
      const subjects = Map.groupBy(referrers, ({ subject }) => subject)
      await mapConcurrently([...subjects], atOnce, ([subject, entries]) =>
        enter(
          subject,
          entries.map(({ descriptor }) => descriptor),
          known,
        ),
      )
      return referrers.map(({ descriptor }) => descriptor)
    },
  }
}

function parseReferrer({ bytes, mediaType }: ReferrerManifest): Referrer & { readonly subject: Digest } {
  const stored = { mediaType, digest: digestOfBytes(bytes), size: bytes.length }
  const { subject, descriptor } = referrerOf({ descriptor: stored, bytes })
  if (subject === undefined) throw new UserError(`${descriptor.digest} refers to nothing: it has no 'subject'`)
  return { subject, descriptor }
}
