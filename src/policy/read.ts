import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { digestOfBytes } from '../oci/index.ts'
import { describeError, type Step, UserError } from '../runner/index.ts'
import { isKeyAddress, readKeySigner, type SignerDescription } from '../sigstore/index.ts'
import { parsePolicy, type WrittenPath, type WrittenRequirements, type WrittenSigner } from './parse.ts'
import type { EvidencePolicy, Requirements } from './policy.ts'

/**
 * Reads a policy file and the keys that it names.
 * @param path absolute
 * @throws UserError with file, line and column
 */
export async function readEvidencePolicy(path: string, step: Step): Promise<EvidencePolicy> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UserError(`Cannot read the evidence policy ${path}: ${describeError(error)}`)
  })
  const written = parsePolicy(bytes.toString('utf8'), path)
  const find = ({ path: relative, location }: WrittenPath): Promise<string> =>
    at(location, async () => step.resolvePath(resolve(dirname(path), relative)))
  const findKey = (key: WrittenPath): Promise<string> =>
    isKeyAddress(key.path) ? Promise.resolve(key.path) : find(key)
  const read = (requirements: WrittenRequirements): Promise<Requirements> => readKeys(requirements, findKey, step)

  const projects = await Promise.all(
    [...written.projects].map(async ([name, requirements]) => [name, await read(requirements)] as const),
  )
  return {
    default: await read(written.default),
    projects: new Map(projects),
    trustedRoot: written.trustedRoot && (await find(written.trustedRoot)),
    digest: digestOfBytes(bytes),
  }
}

async function readKeys(
  { mode, signers, predicates }: WrittenRequirements,
  find: (key: WrittenPath) => Promise<string>,
  step: Step,
): Promise<Requirements> {
  const read = async (signer: WrittenSigner): Promise<SignerDescription> => {
    if (signer.kind === 'keyless') return signer
    const key = await find(signer.key)
    return at(signer.key.location, () => readKeySigner(key, step))
  }
  return { mode, signers: await Promise.all(signers.map(read)), predicates }
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
