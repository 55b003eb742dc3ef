import type { Step } from '../runner/index.ts'
import type { EvidencePolicy } from './policy.ts'

/**
 * Reads a policy file.
 * @param path absolute
 * @throws UserError with file, line and column
 */
export async function readEvidencePolicy(_path: string, _step: Step): Promise<EvidencePolicy> {
  throw new Error('not yet')
}
