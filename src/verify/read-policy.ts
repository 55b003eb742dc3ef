import { readFile } from 'node:fs/promises'
import { digestOfBytes } from '../oci/index.ts'
import { findNamed, readWrittenSigner } from '../policy/index.ts'
import { describeError, type Step, UserError } from '../runner/index.ts'
import { parseVerificationPolicy } from './parse-policy.ts'
import type { VerificationPolicy } from './verification-policy.ts'

/**
 * Reads a verification policy and the keys that it names.
 * @param path absolute
 * @throws UserError with file, line and column
 */
export async function readVerificationPolicy(path: string, step: Step): Promise<VerificationPolicy> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UserError(`Cannot read the verification policy ${path}: ${describeError(error)}`)
  })
  const { signers, rules, thresholds, trustedRoot } = parseVerificationPolicy(bytes.toString('utf8'), path)
  const find = findNamed(path, step)
  return {
    signers: await Promise.all(
      signers.map(async (signer) => ('key' in signer ? readWrittenSigner(signer, find, step) : signer)),
    ),
    rules,
    thresholds,
    trustedRoot: trustedRoot && (await find(trustedRoot)),
    digest: digestOfBytes(bytes),
  }
}
