import { readFile } from 'node:fs/promises'
import { describeError, UserError } from '../runner/index.ts'

/** The most bytes of a predicate that GitHub and cosign take. */
const largestDocument = 16 << 20

/** @throws UserError when the file cannot be read, is too large to be a predicate, or is not JSON */
export async function parseDocument(path: string): Promise<unknown> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UserError(`Cannot read ${path}: ${describeError(error)}`)
  })
  if (bytes.length > largestDocument) {
    throw new UserError(`${path} is too large for a predicate: ${bytes.length} bytes; ${largestDocument} are the most`)
  }
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new UserError(`${path} is not JSON: ${describeError(error)}`, { location: { file: path } })
  }
}
