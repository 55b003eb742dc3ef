import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { type SigningKey, verifyDetached } from '../openpgp/index.ts'
import { type RpmMetadata, readDeb, readRpm } from '../packages/index.ts'
import type { FileSubject, Release } from '../release/index.ts'
import { FailedItems, UserError } from '../runner/index.ts'
import { parseParagraph } from './apt/deb822.ts'
import { type AptEntry, aptEntry, aptPath } from './apt/packages.ts'
import { verificationTime } from './clock.ts'
import { type Candidate, packagePath } from './repository.ts'
import { type RpmEntry, rpmEntry } from './rpm/entry.ts'

/** The packages of a release, ready to be listed. */
export interface Candidates {
  readonly deb: readonly Candidate<AptEntry>[]
  readonly rpm: readonly Candidate<RpmEntry>[]
}

/**
 * Reads the metadata of packages whose digests were proven before.
 * @throws FailedItems that names each package that is broken, of an unknown format, or an rpm that the key did not sign
 */
export async function readCandidates(
  release: Release,
  subjects: readonly FileSubject[],
  key: SigningKey,
  now: Date,
): Promise<Candidates> {
  const deb: Candidate<AptEntry>[] = []
  const rpm: Candidate<RpmEntry>[] = []
  const failures: Error[] = []
  for (const subject of subjects) {
    const source = join(release.directory, subject.path)
    try {
      if (subject.name.endsWith('.deb')) deb.push({ source, entry: await debEntry(subject, source) })
      else if (subject.name.endsWith('.rpm'))
        rpm.push({ source, entry: await signedRpmEntry(subject, source, key, now) })
      else throw new UserError(`${subject.name} is neither a .deb nor a .rpm`)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new FailedItems('Packages that cannot be published', failures)
  return { deb, rpm }
}

async function debEntry({ size, sha256 }: FileSubject, source: string): Promise<AptEntry> {
  const control = parseParagraph((await readDeb(source)).control)
  return aptEntry(control, { path: aptPath(control), size, sha256 })
}

async function signedRpmEntry(subject: FileSubject, source: string, key: SigningKey, now: Date): Promise<RpmEntry> {
  const metadata = await readRpm(source)
  await requireSigned(subject.name, source, metadata, key, now)
  const { name, architecture, version } = metadata
  const path = packagePath(`${architecture}/${name}-${version.version}-${version.release}.${architecture}.rpm`)
  return rpmEntry(metadata, { path, size: subject.size, sha256: subject.sha256 })
}

// dnf's gpgcheck asks for a signature of each package, whatever the index says.
async function requireSigned(
  name: string,
  source: string,
  { signature, headerRange }: RpmMetadata,
  key: SigningKey,
  now: Date,
): Promise<void> {
  const hint = "Give 'build-packages' the same 'openpgp-key' as this step, and build the packages again."
  if (!signature) throw new UserError(`${name} is not signed: dnf would refuse it`, { hint })
  const header = await readRange(source, headerRange.start, headerRange.end)
  if (await verifyDetached(key.publicKeyArmored, header, signature, verificationTime(now))) return
  throw new UserError(`${name} is not signed by the key ${key.fingerprint}: dnf would refuse it`, { hint })
}

async function readRange(path: string, start: number, end: number): Promise<Buffer> {
  const file = await open(path)
  try {
    return (await file.read(Buffer.alloc(end - start), 0, end - start, start)).buffer
  } finally {
    await file.close()
  }
}
