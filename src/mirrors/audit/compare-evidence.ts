import type { Digest } from '../../oci/index.ts'
import { formatPlace, type Place } from './expected.ts'
import { at, type Finding } from './findings.ts'
import type { Evidence, FoundRepository } from './observation.ts'

interface Readable {
  readonly place: Place
  readonly found: FoundRepository
}

/** What evidence is known by at every mirror: its tag, under which it could be other bytes, or its digest as a referrer. */
const keyOf = ({ tag, digest }: Evidence): string => tag ?? digest

/**
 * Evidence that some mirrors have and others lack, or have with other bytes under the same tag: whoever verifies an image would
 * find something else at each of them.
 * @param before where it was found that nothing signs a manifest, the signatures that it lacks are no further finding
 */
export function compareEvidence(
  manifests: ReadonlySet<Digest>,
  places: readonly Readable[],
  before: readonly Finding[],
): Finding[] {
  const unsigned = new Set(before.filter(({ kind }) => kind === 'unsigned').map(({ item }) => item))
  return [...manifests].flatMap((manifest) => {
    const holders = places.filter(({ found }) => found.manifests.has(manifest))
    const first = new Map<string, { readonly evidence: Evidence; readonly holder: Readable }>()
    for (const holder of holders) {
      for (const evidence of holder.found.evidence.get(manifest) ?? []) {
        if (!first.has(keyOf(evidence))) first.set(keyOf(evidence), { evidence, holder })
      }
    }
    if (first.size === 0) return []
    return holders.flatMap(({ place, found }): Finding[] => {
      const own = new Map(found.evidence.get(manifest)?.map((evidence) => [keyOf(evidence), evidence.digest]))
      const isUnsigned = unsigned.has(`${formatPlace(place)}@${manifest}`)
      const differences = [...first].flatMap(([key, { evidence, holder }]): string[] => {
        const there = own.get(key)
        if (there === evidence.digest) return []
        const elsewhere = formatPlace(holder.place)
        if (there !== undefined) return [`${key} is ${there} here, and ${evidence.digest} at ${elsewhere}`]
        if (isUnsigned && evidence.isSignature) return []
        return [`${key} is not here, but at ${elsewhere}`]
      })
      if (differences.length === 0) return []
      return [at(place, { kind: 'differing', item: `@${manifest}`, message: differences.sort().join('; ') })]
    })
  })
}
