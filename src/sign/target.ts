import { join } from 'node:path'
import { type Descriptor, digestFromHex, type ImageLocation, platformSuffix } from '../oci/index.ts'
import { type EvidenceSigner, fileSubjects, imageSubjects, type Release } from '../release/index.ts'
import { digestOf, imageSignatureType, type SignedContent } from './content.ts'
import type { EvidenceBundle } from './evidence.ts'

/** One thing to sign, and where its bundle goes. */
export interface Target {
  /** For people: `hello-linux-amd64`, `hello linux/amd64`, `registry.example.com/hello@sha256:…`. */
  readonly name: string
  readonly content: SignedContent
  readonly place: Place
}

export type Place = EvidencePlace | BesidePlace | ReferrerPlace

/** `evidence/` of a release; the bundle of an image is also beside it in the layout. */
export interface EvidencePlace {
  readonly kind: 'evidence'
  readonly release: Release
  /** Relative to the release directory; another is taken where another signer's bundle has it. */
  readonly path: string
  readonly image: { readonly image: string; readonly descriptor: Descriptor } | undefined
}

/** Beside a file. */
export interface BesidePlace {
  readonly kind: 'beside'
  /** Absolute. */
  readonly path: string
}

/** An OCI referrer in the image's own repository. */
export interface ReferrerPlace {
  readonly kind: 'referrer'
  readonly location: ImageLocation
  readonly repository: string
  readonly manifest: Descriptor
}

/** Every file, image index and platform manifest of a release. */
export function releaseTargets(release: Release): Target[] {
  const { directory, record } = release
  const files = fileSubjects(record).map(
    ({ name, path, sha256 }): Target => ({
      name,
      content: { kind: 'file', path: join(directory, path), digest: digestFromHex(sha256) },
      place: { kind: 'evidence', release, path: `evidence/${name}.sigstore.json`, image: undefined },
    }),
  )
  const images = imageSubjects(record).flatMap(({ name, mediaType, digest, size, manifests }) => [
    imageTarget(release, name, undefined, { mediaType, digest, size }),
    ...manifests.map(({ platform, ...descriptor }) => imageTarget(release, name, platformSuffix(platform), descriptor)),
  ])
  return [...files, ...images]
}

function imageTarget(release: Release, image: string, suffix: string | undefined, descriptor: Descriptor): Target {
  const name = suffix === undefined ? image : `${image}-${suffix}`
  return {
    name: suffix === undefined ? image : `${image} ${suffix}`,
    content: { kind: 'image', digest: descriptor.digest },
    place: {
      kind: 'evidence',
      release,
      path: `evidence/${name.replaceAll('/', '-')}.image.sigstore.json`,
      image: { image, descriptor },
    },
  }
}

/** The bundle of a target as evidence of its release. */
export function evidenceBundleOf(
  content: SignedContent,
  { image }: EvidencePlace,
  { bundle, path, signer }: { readonly bundle: Uint8Array; readonly path: string; readonly signer: EvidenceSigner },
): EvidenceBundle {
  return {
    bundle,
    kind: 'signature',
    ...(content.kind === 'image' ? { predicateType: imageSignatureType } : {}),
    subjects: [digestOf(content, bundle)],
    signer,
    path,
    manifests: image ? [image] : [],
  }
}
