import type { Digest } from '../oci/index.ts'
import type { EvidenceFact } from './facts.ts'
import type { EvidenceFinding } from './verdict.ts'

/** Why evidence that is there does not fulfil a demand; both undefined where nothing is there. */
export interface Objections {
  readonly kind: EvidenceFinding['kind'] | undefined
  readonly reasons: string | undefined
}

interface Objection {
  readonly kind: 'wrong-signer' | 'invalid'
  readonly reason: string
}

/** Promoted images have dozens of signatures; these are shown of them. */
const mostReasons = 4

/** What speaks against the evidence beside some manifests that is, or may be, of one of the types. */
export function objectionsTo(
  manifests: readonly Digest[],
  types: readonly string[],
  facts: readonly EvidenceFact[],
): Objections {
  const objections = facts
    .filter((fact) => manifests.includes(fact.subject) && mayBe(fact, types))
    .map((fact): Objection => objectionTo(fact))
  if (objections.length === 0) return { kind: undefined, reasons: undefined }
  const invalid = objections.some(({ kind }) => kind === 'invalid')
  const shown = objections.slice(0, mostReasons).map(({ reason }) => reason)
  const more = objections.length - shown.length
  return {
    kind: invalid ? 'invalid' : 'wrong-signer',
    reasons: [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; '),
  }
}

/** What did not verify is taken for what it claims to be, or for anything where it claims nothing. */
const mayBe = ({ claimed, outcome }: EvidenceFact, types: readonly string[]): boolean =>
  outcome.kind === 'verified' ? types.includes(outcome.predicateType) : claimed === undefined || types.includes(claimed)

function objectionTo({ digest, outcome }: EvidenceFact): Objection {
  switch (outcome.kind) {
    case 'verified':
      return { kind: 'invalid', reason: `${digest}: it speaks of another image` }
    case 'invalid':
    case 'wrong-signer':
      return { kind: outcome.kind, reason: `${digest}: ${outcome.reason}` }
  }
}
