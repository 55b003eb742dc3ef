import { join } from 'node:path'
import { type SigningKey, verifyCleartext, verifyDetached } from '../../openpgp/index.ts'
import { type Step, UserError } from '../../runner/index.ts'
import { verificationTime } from '../clock.ts'
import { observeDocuments, otherKey, readDocument, readListed } from '../documents.ts'
import { observePackages } from '../pool.ts'
import type { Observation, SignedIndex } from '../repository.ts'
import { type AptEntry, parsePackages } from './packages.ts'
import { parseReleaseFile, type ReleaseFile } from './release-file.ts'

export type AptObservation = Observation<AptEntry, ReleaseFile>

/** Folder of indices by their digest: a client that has read an older InRelease still finds the one it needs. */
export const byHash = 'by-hash/SHA256'

/**
 * Reads an apt repository; nothing in it is believed before its signature was checked.
 * @throws UserError when another key signed it, or a file that it lists is missing
 */
export async function observeApt(
  folder: string,
  packages: readonly AptEntry[],
  key: SigningKey,
  step: Step,
): Promise<AptObservation> {
  const current = await readAptIndex(folder, key, step.now())
  const unsigned = current ? undefined : await readDocument(folder, 'Packages')
  return {
    folder,
    current,
    unsigned: unsigned ? parsePackages(unsigned.toString()).map((entry) => entry.path) : [],
    documents: await observeDocuments(folder, ['', byHash]),
    packages: await observePackages(folder, [...(current?.entries ?? []), ...packages], step),
  }
}

/** The signed index; undefined where none is. @throws UserError when another key signed it, or a part is missing */
export async function readAptIndex(
  folder: string,
  key: SigningKey,
  now: Date,
): Promise<SignedIndex<AptEntry, ReleaseFile> | undefined> {
  const [inRelease, release, signature] = await Promise.all(
    ['InRelease', 'Release', 'Release.gpg'].map((path) => readDocument(folder, path)),
  )
  const detached =
    release &&
    signature &&
    (await verifyDetached(key.publicKeyArmored, release, signature.toString(), verificationTime(now)))
  const text = inRelease
    ? await verifyCleartext(key.publicKeyArmored, inRelease.toString(), verificationTime(now))
    : detached
      ? release.toString().replace(/\n$/, '')
      : undefined
  if (text === undefined) {
    if (inRelease) throw otherKey(join(folder, 'InRelease'), key)
    return undefined
  }
  const index = parseReleaseFile(`${text}\n`)
  const listed = index.files.find((file) => file.path === 'Packages')
  if (!listed) throw new UserError(`${join(folder, 'InRelease')} lists no Packages index`)
  const bytes = await readListed(folder, [`${byHash}/${listed.sha256}`, 'Packages'], listed)
  return {
    text: `${text}\n`,
    index,
    entries: parsePackages(bytes.toString()),
    complete: inRelease !== undefined && detached === true && release?.toString() === `${text}\n`,
  }
}
