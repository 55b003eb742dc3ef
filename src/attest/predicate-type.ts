import { UserError } from '../runner/index.ts'

/** Predicate types that k8s-release writes or reads. */
export const predicateTypes = {
  provenance: 'https://slsa.dev/provenance/v1',
  /** As cosign's `--type spdxjson` has it. */
  spdx: 'https://spdx.dev/Document',
  /** As actions/attest has it. */
  spdxVersioned: 'https://spdx.dev/Document/v2.3',
} as const

/** What `attest` says of a release by itself. */
export const ownTypes: readonly string[] = [predicateTypes.provenance, predicateTypes.spdx]

/** cosign's words for `--type`. */
const shortNames: Readonly<Record<string, string>> = {
  slsaprovenance1: predicateTypes.provenance,
  spdxjson: predicateTypes.spdx,
  cyclonedx: 'https://cyclonedx.org/bom',
  openvex: 'https://openvex.dev/ns',
  vuln: 'https://cosign.sigstore.dev/attestation/vuln/v1',
}

/**
 * A short name as cosign has it, or a URI → the URI.
 * @throws UserError
 */
export function parsePredicateType(text: string): string {
  const known = Object.hasOwn(shortNames, text) ? shortNames[text] : undefined
  if (known) return known
  if (!/^https?:\/\/[^/\s]+\/\S+$/.test(text)) {
    throw new UserError(`'${text}' is not a predicate type`, {
      hint: `Give a URI, or one of: ${Object.keys(shortNames).join(', ')}.`,
    })
  }
  return text
}

/** A predicate type as part of a file name: cosign's short name, or the path of its URI: `attestation-release-v0.1`. */
export function predicateTypeSlug(predicateType: string): string {
  const short = Object.entries(shortNames).find(([, uri]) => uri === predicateType)?.[0]
  if (short) return short
  const path = predicateType.replace(/^https?:\/\/[^/]+\//, '')
  return path.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') || 'attestation'
}
