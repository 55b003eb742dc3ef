import type { Digest, Tag } from '../../oci/index.ts'
import { compareEvidence } from './compare-evidence.ts'
import { subjectOfTag } from './evidence.ts'
import type { Place } from './expected.ts'
import { at, type Finding } from './findings.ts'
import type { FoundRepository, ObservedImage, RepositoryObservation } from './observation.ts'

/** What the mirrors of one repository lack, have too much, or have otherwise than the manifests and each other. */
export function judgeRepository({ images, places }: RepositoryObservation): Finding[] {
  const readable = places.flatMap((observed) => ('found' in observed ? observed : []))
  const unreadable = places.flatMap((observed) => ('failure' in observed ? observed : []))
  const manifests = new Set(images.flatMap((image) => image.manifests))
  const evidence = readable.flatMap(({ found }) => [...found.evidence.values()].flat().map(({ digest }) => digest))
  const named = {
    tags: new Set(images.flatMap(({ image }) => image.tags)),
    digests: new Set([...manifests, ...evidence]),
  }
  const findings = [
    ...unreadable.map(({ place, failure }): Finding => at(place, { kind: 'unreadable', item: '', message: failure })),
    ...readable.flatMap(({ place, found }) => [
      ...images.flatMap((image) => judgeImage(image, place, found)),
      ...extraTags(place, found, named),
    ]),
  ]
  return [...findings, ...compareEvidence(manifests, readable, findings)]
}

function judgeImage(observed: ObservedImage, place: Place, found: FoundRepository): Finding[] {
  const { image, manifests, failure } = observed
  const { digest, location } = image
  const tags = image.tags.flatMap((tag): Finding[] => {
    const there = found.tags.get(tag)
    if (there === digest) return []
    const item = `:${tag}`
    if (there === undefined) {
      return [
        at(place, { kind: 'missing', item, message: `the tag is not there: ${digest}`, expected: digest, location }),
      ]
    }
    const message = `the tag is ${there}, not ${digest}`
    return [at(place, { kind: 'moved', item, message, expected: digest, found: there, location })]
  })
  if (!found.manifests.has(digest)) {
    // Without its image a tag can't be there; that says nothing more.
    const moved = tags.filter(({ kind }) => kind === 'moved')
    const lacking = image.tags.length === 0 ? '' : `, and neither are its tags: ${image.tags.join(', ')}`
    const message = `the image is not there${moved.length === 0 ? lacking : ''}`
    return [at(place, { kind: 'missing', item: `@${digest}`, message, expected: digest, location }), ...moved]
  }
  const children = manifests.slice(0, -1).filter((child) => !found.manifests.has(child))
  return [
    ...tags,
    ...children.map((child) => {
      const message = `the manifest is not there, which ${digest} lists`
      return at(place, { kind: 'missing', item: `@${child}`, message, expected: child, location })
    }),
    ...(failure === undefined
      ? []
      : [at(place, { kind: 'unreadable', item: `@${digest}`, message: failure, location })]),
    ...judgeEvidence(observed, place, found),
  ]
}

/** By the policy's verdict; without a policy by whether there is anything that says it is a signature. */
function judgeEvidence({ image, manifests }: ObservedImage, place: Place, found: FoundRepository): Finding[] {
  const { digest, location } = image
  const verdict = found.verdicts.get(digest)
  if (verdict) {
    return verdict.findings.map(({ manifest, message }) =>
      at(place, {
        kind: 'unsigned',
        item: `@${manifest}`,
        message,
        location,
        ...(verdict.mode === 'warn' ? { warning: true } : {}),
      }),
    )
  }
  return manifests
    .filter((manifest) => found.manifests.has(manifest) && !isSigned(manifest, found))
    .map((manifest) => {
      const message = manifest === digest ? 'nothing signs it' : `nothing signs it, which ${digest} lists`
      return at(place, { kind: 'unsigned', item: `@${manifest}`, message, location })
    })
}

const isSigned = (manifest: Digest, { evidence }: FoundRepository): boolean =>
  evidence.get(manifest)?.some(({ isSignature }) => isSignature) ?? false

function extraTags(
  place: Place,
  found: FoundRepository,
  named: { readonly tags: ReadonlySet<Tag>; readonly digests: ReadonlySet<Digest> },
): Finding[] {
  return [...found.tags]
    .filter(([tag]) => {
      const subject = subjectOfTag(tag)
      return !(named.tags.has(tag) || (subject !== undefined && named.digests.has(subject)))
    })
    .map(([tag, digest]) =>
      at(place, {
        kind: 'extra',
        item: `:${tag}`,
        message: 'no manifest names the tag',
        ...(digest === undefined ? {} : { found: digest }),
      }),
    )
}
