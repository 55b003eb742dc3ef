import { join } from 'node:path'
import { type SigningKey, verifyDetached } from '../../openpgp/index.ts'
import type { Step } from '../../runner/index.ts'
import { verificationTime } from '../clock.ts'
import { decompress, observeDocuments, otherKey, readDocument, readListed } from '../documents.ts'
import { observePackages } from '../pool.ts'
import { type Observation, type SignedIndex, sha256Of } from '../repository.ts'
import { type IndexType, indexTypes, type RpmEntry } from './entry.ts'
import { parseIndexFiles } from './index-file.ts'
import { indexPath, parseRepomd, type Repomd } from './repomd.ts'

export type RpmObservation = Observation<RpmEntry, Repomd>

/**
 * Where the signature of a repomd.xml is kept by the digest of what it signs. Clients read repomd.xml.asc; two files
 * cannot be replaced at once, and a publication killed between them leaves a signature of an index that never came.
 */
export const keptSignaturePath = (repomd: string): string => `repodata/${sha256Of(repomd)}-repomd.xml.asc`

/**
 * Reads an rpm repository; nothing in it is believed before its signature was checked.
 * @throws UserError when another key signed it, or a file that it lists is missing
 */
export async function observeRpm(
  folder: string,
  packages: readonly RpmEntry[],
  key: SigningKey,
  step: Step,
): Promise<RpmObservation> {
  const documents = await observeDocuments(folder, ['repodata'])
  const current = await readRpmIndex(folder, key, step.now())
  const listed = [...(current?.entries ?? []), ...packages]
  return { folder, current, unsigned: [], documents, packages: await observePackages(folder, listed, step) }
}

/** The signed index; undefined where none is. @throws UserError when another key signed it, or a part is missing */
export async function readRpmIndex(
  folder: string,
  key: SigningKey,
  now: Date,
): Promise<SignedIndex<RpmEntry, Repomd> | undefined> {
  const repomd = await readDocument(folder, 'repodata/repomd.xml')
  if (!repomd) return undefined
  const text = repomd.toString()
  const signs = async (path: string): Promise<boolean> => {
    const signature = await readDocument(folder, path)
    return (
      signature !== undefined &&
      verifyDetached(key.publicKeyArmored, repomd, signature.toString(), verificationTime(now))
    )
  }
  const complete = await signs('repodata/repomd.xml.asc')
  if (!complete && !(await signs(keptSignaturePath(text)))) throw otherKey(join(folder, 'repodata', 'repomd.xml'), key)
  const index = parseRepomd(text)
  return { text, index, entries: await readEntries(folder, index), complete }
}

async function readEntries(folder: string, { data }: Repomd): Promise<RpmEntry[]> {
  const files = await Promise.all(
    indexTypes.map(async (type): Promise<[IndexType, string]> => {
      const { sha256, size } = data[type]
      const path = indexPath(type, sha256)
      const bytes = await readListed(folder, [path], { path, size, sha256 })
      return [type, (await decompress(bytes, join(folder, path))).toString()]
    }),
  )
  // indexTypes are all the keys of the record.
  return parseIndexFiles(Object.fromEntries(files) as Record<IndexType, string>)
}
