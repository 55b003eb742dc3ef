import { dirname, resolve } from 'node:path'
import { type Step, UserError } from '../runner/index.ts'
import { isKeyAddress, readKeySigner, type SignerDescription } from '../sigstore/index.ts'
import type { WrittenPath, WrittenSigner } from './words.ts'

/** Finds files that a policy names, relative to it. @throws UserError at the place where it names one */
export const findNamed =
  (policy: string, step: Step) =>
  ({ path, location }: WrittenPath): Promise<string> =>
    at(location, async () => step.resolvePath(resolve(dirname(policy), path)))

/** A signer with its key read, from a file or its keeper. @throws UserError at the place where the policy names the key */
export async function readWrittenSigner(
  signer: WrittenSigner,
  find: (key: WrittenPath) => Promise<string>,
  step: Step,
): Promise<SignerDescription> {
  if (signer.kind === 'keyless') return signer
  const path = isKeyAddress(signer.key.path) ? signer.key.path : await find(signer.key)
  return at(signer.key.location, () => readKeySigner(path, step))
}

/** A mistake in what the policy names is shown where the policy names it. */
async function at<Result>(location: WrittenPath['location'], body: () => Promise<Result>): Promise<Result> {
  try {
    return await body()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(error.message, { ...(error.hint ? { hint: error.hint } : {}), location, cause: error })
  }
}
