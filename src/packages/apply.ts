import { mkdtemp, rename, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { describeError, FailedItems, UserError } from '../errors/index.ts'
import type { SigningKey } from '../openpgp/index.ts'
import {
  type BuildDependency,
  type FileSubject,
  fileSubjects,
  hashFile,
  type Parameters,
  type Release,
  type ReleaseRecord,
  saveRelease,
  withoutStaleEvidence,
  withSubjects,
  writeChecksums,
} from '../release/index.ts'
import { mapConcurrently, type Step } from '../runner/index.ts'
import { writeDeb } from './deb/index.ts'
import type { PlannedPackage } from './plan.ts'
import { type HeaderSigner, writeRpm } from './rpm/index.ts'

/** As the IANA registry and file(1) name them. */
const mediaTypes = { deb: 'application/vnd.debian.binary-package', rpm: 'application/x-rpm' } as const

/** A package that was made. */
export interface BuiltPackage {
  readonly planned: PlannedPackage
  readonly subject: FileSubject
  /** False when the very same file was there. */
  readonly changed: boolean
}

/** The packages of a release, and what the record says of how they are made. */
export interface PackagesPlan {
  readonly packages: readonly PlannedPackage[]
  readonly parameters: Parameters
  readonly dependencies: readonly BuildDependency[]
}

/** Under which the record has parameters and dependencies. */
const action = 'build-packages'

/**
 * Makes the packages side by side, puts them into `files/` when all of them are made, and records them.
 * @param signingKey signs the rpm packages; deb packages are proven by their repository
 * @throws FailedItems that names every package that could not be made; then nothing was changed
 */
export async function applyPackages(
  release: Release,
  plan: PackagesPlan,
  signingKey: SigningKey | undefined,
  step: Step,
): Promise<{ readonly release: Release; readonly built: readonly BuiltPackage[]; readonly changed: boolean }> {
  const { directory, record } = release
  if (plan.packages.length === 0 && fileSubjects(record, 'package').length === 0)
    return { release, built: [], changed: false }
  const folder = await temporaryFolder(directory)
  try {
    const made = await makeAll(plan.packages, folder, signingKey, step)
    const built: BuiltPackage[] = []
    for (const { planned, path } of made) {
      built.push(
        await place(release, planned, path).catch((error: unknown) => {
          throw mistake(error, planned.fileName)
        }),
      )
    }
    const subjects = built.map(({ subject }) => subject)
    const updated = withoutStaleEvidence(await writeChecksums(directory, withPackages(record, plan, subjects)))
    await removeStale(directory, record, updated)
    const saved = await saveRelease(directory, updated)
    return { release: saved, built, changed: saved.changed || built.some(({ changed }) => changed) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The record with these packages and no others. */
function withPackages(
  record: ReleaseRecord,
  { parameters, dependencies }: PackagesPlan,
  packages: readonly FileSubject[],
): ReleaseRecord {
  const others = record.subjects.filter((subject) => subject.kind === 'image' || subject.role !== 'package')
  const build = {
    parameters: { ...record.build.parameters, [action]: parameters },
    dependencies: { ...record.build.dependencies, [action]: dependencies },
  }
  return withSubjects({ ...record, build, subjects: others }, packages)
}

/** Files that the record named and no longer names; before it is saved, so that after a crash the next run knows them. */
async function removeStale(directory: string, before: ReleaseRecord, after: ReleaseRecord): Promise<void> {
  const pathsOf = (record: ReleaseRecord): string[] =>
    [...fileSubjects(record), ...record.evidence].map(({ path }) => path)
  const kept = new Set(pathsOf(after))
  const stale = pathsOf(before).filter((path) => !kept.has(path))
  await Promise.all(stale.map((path) => rm(join(directory, path), { force: true })))
}

// Beside the files, so that a finished package is moved and not copied.
const temporaryFolder = (directory: string): Promise<string> =>
  mkdtemp(join(directory, '.build-packages-')).catch((error: unknown) => {
    throw new UserError(`Cannot write to ${directory}: ${describeError(error)}`, {
      hint: 'Check that the folder is writable.',
    })
  })

async function makeAll(
  plan: readonly PlannedPackage[],
  folder: string,
  signingKey: SigningKey | undefined,
  step: Step,
): Promise<{ planned: PlannedPackage; path: string }[]> {
  const progress = step.progress('Making packages', plan.length, 'items')
  const failures: Error[] = []
  const made = await mapConcurrently(plan, availableParallelism(), async (planned) => {
    step.signal.throwIfAborted()
    const path = join(folder, planned.fileName)
    const own = await mkdtemp(join(folder, 'work-'))
    try {
      await make(planned, path, own, signingKey)
    } catch (error) {
      failures.push(mistake(error, planned.fileName))
    } finally {
      await rm(own, { recursive: true, force: true })
    }
    progress.advance()
    return { planned, path }
  })
  progress.done()
  if (failures.length > 0) throw new FailedItems('Packages', failures)
  return made
}

/** What the user can mend about one package: bad input, or a disk that is full or not writable. All else is a bug. */
function mistake(error: unknown, fileName: string): UserError {
  const { message, hint, syscall } = error as { message: string; hint?: string; syscall?: string }
  if (!(error instanceof UserError) && syscall === undefined) throw error
  return new UserError(`${fileName}: ${message}`, { ...(hint ? { hint } : {}), cause: error })
}

function make(
  planned: PlannedPackage,
  path: string,
  folder: string,
  signingKey: SigningKey | undefined,
): Promise<void> {
  const { compression } = planned
  if (planned.format === 'deb') return writeDeb(planned.package, path, { compression, folder })
  const date = new Date(planned.package.metadata.time * 1000)
  const sign: HeaderSigner | undefined =
    signingKey &&
    (async (header) => ({ rsa: signingKey.rsa, binary: (await signingKey.signDetached(header, date)).binary }))
  return writeRpm(planned.package, path, { compression, folder, sign })
}

async function place(release: Release, planned: PlannedPackage, path: string): Promise<BuiltPackage> {
  const hashes = await hashFile(path)
  const target = join(release.directory, 'files', planned.fileName)
  const existing = await hashFile(target).catch(() => undefined)
  const changed = existing?.sha256 !== hashes.sha256
  if (changed) await rename(path, target)
  const subject: FileSubject = {
    kind: 'file',
    name: planned.fileName,
    path: `files/${planned.fileName}`,
    role: 'package',
    ...(planned.platform ? { platform: planned.platform } : {}),
    mediaType: mediaTypes[planned.format],
    ...hashes,
  }
  return { planned, subject, changed }
}
