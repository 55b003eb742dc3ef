import { isDeepStrictEqual } from 'node:util'
import type { EvidenceSigner } from '../release/index.ts'
import { UserError } from '../runner/index.ts'
import type { Observation } from './observe.ts'
import type { EvidencePlace, Target } from './target.ts'

/** What is to be done for one target. */
export interface PlannedSignature {
  readonly target: Target
  /** `sign`: there is no valid signature. `keep`: there is one, but not everywhere it must be. `none`: all is well. */
  readonly work: 'sign' | 'keep' | 'none'
  /** The valid signature that is there. */
  readonly bundle?: Uint8Array
  /** Where the bundle is or will be: a path as in the target's place, or an image reference once it is known. */
  readonly path?: string
}

/**
 * What is missing. Evidence of other signers is never overwritten: this signer's then gets a number.
 * @throws UserError when two subjects would have one file for their bundles
 */
export function planSignatures(observations: readonly Observation[], signer: EvidenceSigner): PlannedSignature[] {
  const used = new Map<string, string>()
  for (const { found, target } of observations) if (found !== undefined) used.set(found, target.name)
  return observations.map(({ target, bundle, found, complete }): PlannedSignature => {
    const path = found ?? pathOf(target, signer)
    if (path !== undefined && path !== found) {
      const other = used.get(path)
      if (other !== undefined)
        throw new UserError(`The signatures of '${other}' and '${target.name}' would both be ${path}`)
      used.set(path, target.name)
    }
    const place = path === undefined ? {} : { path }
    return bundle === undefined
      ? { target, work: 'sign', ...place }
      : { target, work: complete ? 'none' : 'keep', bundle, ...place }
  })
}

function pathOf({ place }: Target, signer: EvidenceSigner): string | undefined {
  switch (place.kind) {
    case 'evidence':
      return freePath(place, signer)
    case 'beside':
      return place.path
    case 'referrer':
      return undefined
  }
}

function freePath({ path, release }: EvidencePlace, signer: EvidenceSigner): string {
  const { evidence } = release.record
  const isTaken = (candidate: string): boolean =>
    evidence.some(
      (one) => one.path === candidate && !(one.kind === 'signature' && isDeepStrictEqual(one.signer, signer)),
    )
  let candidate = path
  for (let number = 2; isTaken(candidate); number++)
    candidate = path.replace(/(\.image)?\.sigstore\.json$/, `-${number}$&`)
  return candidate
}
