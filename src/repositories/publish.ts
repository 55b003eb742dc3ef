import { join } from 'node:path'
import { openSigningKey, type SigningKey } from '../openpgp/index.ts'
import { fileSubjects, openRelease, proveSubjects, type Release } from '../release/index.ts'
import { FailedItems, type Step, UserError } from '../runner/index.ts'
import { applyPlan } from './apply.ts'
import { observeApt } from './apt/observe.ts'
import { planApt } from './apt/plan.ts'
import { type Candidates, readCandidates } from './candidates.ts'
import { isEmptyPlan, type RepositoryPlan } from './plan.ts'
import type { RepositoryKind } from './repository.ts'
import { observeRpm } from './rpm/observe.ts'
import { planRpm } from './rpm/plan.ts'
import { publicationSummary } from './summary.ts'
import { verifyRepository } from './verify.ts'

export interface PublishingOptions {
  /** Absolute path of the release directory. */
  readonly release: string
  /** `file:PATH` each; `published/packages` of the release where empty. */
  readonly to: readonly string[]
  /** Path of an armored private key. */
  readonly openpgpKey: string | undefined
  readonly openpgpPassphrase: string | undefined
  /** The project's name where undefined. */
  readonly origin: string | undefined
  /** The origin where undefined. */
  readonly label: string | undefined
  /** Days; no limit where undefined. */
  readonly validFor: number | undefined
  readonly dryRun: boolean
}

/** A repository after it was published in; paths are absolute. */
export interface PublishedRepository {
  readonly kind: RepositoryKind
  readonly folder: string
  /** Of the key that signs it. */
  readonly fingerprint: string
  /** Number of packages that it lists. */
  readonly packages: number
  /** Paths of those that it did not list before. */
  readonly added: readonly string[]
  readonly changed: boolean
}

export interface Publication {
  readonly release: Release
  readonly repositories: readonly PublishedRepository[]
  readonly changed: boolean
}

/**
 * Publishes the packages of a release in an apt and an rpm repository in each folder, beside what is there, and reads
 * them back as a client does. With the same packages a second run writes nothing.
 * @throws UserError before anything is written when a package, a folder or the key is not fit for it;
 *   FailedItems that names each repository that could not be written
 */
export async function publishPackages(options: PublishingOptions, step: Step): Promise<Publication> {
  const release = await openRelease(options.release)
  const subjects = fileSubjects(release.record, 'package')
  if (subjects.length === 0) {
    throw new UserError(`The release in ${release.directory} holds no packages`, {
      hint: "Run the 'build-packages' step first.",
    })
  }
  const folders = destinations(options.to, release, step)
  const description = describe(options, release)
  await proveSubjects(release, step, subjects)
  const key = await openSigningKey({ key: options.openpgpKey, passphrase: options.openpgpPassphrase }, step)
  const candidates = await readCandidates(release, subjects, key, step.now())

  const plans = await eachOf('Repositories that cannot be published in', folders, (folder) =>
    planFolder(folder, candidates, description, key, step),
  )
  const repositories = await eachOf('Repositories', plans.flat(), async ({ plan, known }) => {
    if (!options.dryRun) await publish(plan, known, key, step)
    return describePlan(plan, key)
  })
  step.summary(...publicationSummary(repositories, release.record, options.dryRun))
  const changed = !options.dryRun && repositories.some((repository) => repository.changed)
  return { release, repositories, changed }
}

async function publish(plan: RepositoryPlan, known: Digests, key: SigningKey, step: Step): Promise<void> {
  if (isEmptyPlan(plan)) step.log.info(`${plan.folder} lists these packages already`)
  else await step.group(`Publishing in ${plan.folder}`, () => applyPlan(plan, key, step))
  await verifyRepository(plan.kind, plan.folder, known, key, step)
}

/** SHA-256 of packages by path. */
type Digests = ReadonlyMap<string, string>

async function planFolder(
  folder: string,
  candidates: Candidates,
  description: Description,
  key: SigningKey,
  step: Step,
): Promise<{ plan: RepositoryPlan; known: Digests }[]> {
  const wish = { publicKey: key.publicKeyArmored, now: step.now() }
  const plans: { plan: RepositoryPlan; known: Digests }[] = []
  if (candidates.deb.length > 0) {
    const entries = candidates.deb.map((candidate) => candidate.entry)
    const observation = await observeApt(join(folder, 'deb'), entries, key, step)
    const plan = planApt({ ...wish, ...description, candidates: candidates.deb }, observation)
    plans.push({ plan, known: observation.packages })
  }
  if (candidates.rpm.length > 0) {
    const entries = candidates.rpm.map((candidate) => candidate.entry)
    const observation = await observeRpm(join(folder, 'rpm'), entries, key, step)
    const plan = planRpm({ ...wish, candidates: candidates.rpm }, observation)
    plans.push({ plan, known: observation.packages })
  }
  return plans
}

const describePlan = (plan: RepositoryPlan, key: SigningKey): PublishedRepository => ({
  kind: plan.kind,
  folder: plan.folder,
  fingerprint: key.fingerprint,
  packages: plan.packages,
  added: plan.added,
  changed: !isEmptyPlan(plan),
})

/** How an apt repository describes itself. */
interface Description {
  readonly origin: string
  readonly label: string
  /** Milliseconds. */
  readonly validFor: number | undefined
}

function describe({ origin = '', label = '', validFor }: PublishingOptions, release: Release): Description {
  for (const [name, value] of Object.entries({ origin, label })) {
    if (/[^ -~]|^ | $/.test(value))
      throw new UserError(`'${value}' cannot be the ${name} of a repository: it must be one line of ASCII`)
  }
  if (validFor !== undefined && !(validFor > 0 && validFor <= 3650)) {
    throw new UserError(`A repository cannot be valid for ${validFor} days`, {
      hint: 'Give a number between 0 and 3650.',
    })
  }
  return {
    origin: origin || release.record.project,
    label: label || origin || release.record.project,
    validFor: validFor && validFor * 24 * 60 * 60 * 1000,
  }
}

function destinations(to: readonly string[], release: Release, step: Step): string[] {
  if (to.length === 0) return [join(release.directory, 'published', 'packages')]
  const folders = to.map((address) => {
    const path = /^file:(?:\/\/(?=\/))?(.+)$/s.exec(address)?.[1]
    if (path === undefined || path.startsWith('//')) {
      throw new UserError(`'${address}' is not where packages can be published`, {
        hint: 'Write file: and the path of a folder: file:/srv/packages.',
      })
    }
    return step.resolvePath(path)
  })
  return [...new Set(folders)]
}

/** One failed item does not stop the others. */
async function eachOf<Item, Result>(
  what: string,
  items: readonly Item[],
  body: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const failures: Error[] = []
  for (const item of items) {
    try {
      results.push(await body(item))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new FailedItems(what, failures)
  return results
}
