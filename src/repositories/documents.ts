import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzipSync } from 'node:zlib'
import type { SigningKey } from '../openpgp/index.ts'
import { describeError, UserError } from '../runner/index.ts'
import { type ListedFile, type Observation, sha256Of } from './repository.ts'

/** 256 MiB: far above any index that this project writes. */
const largest = 1 << 28

/** Bytes of a document; undefined when it is not there. @throws UserError when it cannot be read */
export async function readDocument(folder: string, path: string): Promise<Buffer | undefined> {
  const file = join(folder, path)
  try {
    const { size } = await stat(file)
    if (size > largest) throw new UserError(`${file} is larger than any index: ${size} bytes`)
    return await readFile(file)
  } catch (error) {
    if (error instanceof UserError) throw error
    if (isMissing(error)) return undefined
    throw new UserError(`Cannot read ${file}: ${describeError(error)}`)
  }
}

/**
 * The first of these files that holds the bytes listed.
 * @throws UserError when none does
 */
export async function readListed(folder: string, paths: readonly string[], expected: ListedFile): Promise<Buffer> {
  for (const path of paths) {
    const bytes = await readDocument(folder, path)
    if (bytes && bytes.length === expected.size && sha256Of(bytes) === expected.sha256) return bytes
  }
  throw new UserError(`${join(folder, expected.path)} is missing or differs from what the signed index lists`, {
    hint: 'The folder was changed by hand or copied in part; restore it from its last good copy.',
  })
}

/** Documents in these folders (not below them); '' is the repository's own. */
export async function observeDocuments(
  folder: string,
  within: readonly string[],
): Promise<Observation<ListedFile, never>['documents']> {
  const found = new Map<string, { sha256: string; modified: Date }>()
  for (const part of within) {
    for (const path of await filesIn(join(folder, part))) {
      const name = relative(folder, path).split(sep).join('/')
      const bytes = await readDocument(folder, name)
      if (bytes) found.set(name, { sha256: sha256Of(bytes), modified: (await stat(path)).mtime })
    }
  }
  return found
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const items = await readdir(folder, { withFileTypes: true })
    return items.filter((item) => item.isFile()).map((item) => join(folder, item.name))
  } catch (error) {
    if (isMissing(error)) return []
    throw new UserError(`Cannot read the folder ${folder}: ${describeError(error)}`)
  }
}

// Any file system error has a code.
const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** gzip without a name or time, so that the same text gives the same bytes. */
export const compress = (bytes: Uint8Array): Buffer => gzipSync(bytes, { level: 9 })

/** @throws UserError when the bytes are not gzip, or a bomb */
export async function decompress(bytes: Uint8Array, what: string): Promise<Buffer> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: largest })
  } catch (error) {
    throw new UserError(`${what} is not gzip: ${describeError(error)}`)
  }
}

export const otherKey = (path: string, key: SigningKey): UserError =>
  new UserError(`${path} is not signed by the key ${key.fingerprint}, or was changed since`, {
    hint: 'Sign with the key that clients of this repository know, or publish to an empty folder.',
  })
