import { readFile } from 'node:fs/promises'
import { digestOfBytes } from '../oci/index.ts'
import { describeError, type Step, UserError } from '../runner/index.ts'
import { findNamed, readWrittenSigner } from './named.ts'
import { parsePolicy, type WrittenRequirements } from './parse.ts'
import type { EvidencePolicy, Requirements } from './policy.ts'
import type { WrittenPath } from './words.ts'

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
  const find = findNamed(path, step)
  const read = (requirements: WrittenRequirements): Promise<Requirements> => readKeys(requirements, find, step)

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
  return {
    mode,
    signers: await Promise.all(signers.map((signer) => readWrittenSigner(signer, find, step))),
    predicates,
  }
}
