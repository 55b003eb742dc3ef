import type { Party } from './spdx.ts'

/** Whose modules and repositories these are, beyond doubt: the host or owner is the organization's own. */
const owners: readonly (readonly [RegExp, string])[] = [
  [/^(?:[a-z0-9-]+\.)?k8s\.io(?:\/|$)/, 'The Kubernetes Authors'],
  [/^github\.com\/kubernetes(?:-(?:client|csi|incubator|sigs))?\//i, 'The Kubernetes Authors'],
  [/^golang\.org\/x\//, 'The Go Authors'],
]

/** Supplier and originator of a module path or of a repository without its scheme. */
export function partiesOf(location: string): { readonly supplier: Party; readonly originator: Party } {
  const name = owners.find(([pattern]) => pattern.test(location))?.[1]
  const party: Party = name ? `Organization: ${name}` : 'NOASSERTION'
  return { supplier: party, originator: party }
}
