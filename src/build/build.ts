import type { Release } from '../release/index.ts'
import { fileSubjects, imageSubjects } from '../release/index.ts'
import type { Step } from '../runner/index.ts'
import { applyBuild } from './apply.ts'
import { restoreCache } from './cache.ts'
import { type BuildInput, observeBuild } from './observe.ts'
import { type BuildPlan, planBuild } from './plan.ts'
import { buildTable, planTable } from './summary.ts'

/** What a build made, or would make: then there are no digests. */
export interface Built {
  /** Empty in a dry run without an earlier release. */
  readonly releaseDigest: string
  readonly version: string
  /** Paths below the release directory. */
  readonly files: readonly string[]
  readonly images: readonly { readonly name: string; readonly tags: readonly string[]; readonly digest?: string }[]
  readonly changed: boolean
}

/**
 * Builds a Go module into a release: binaries, archives, checksums and images, and the record of them.
 * The same commit, inputs and toolchain give the same bytes in every folder.
 * @throws UserError for wrong inputs and a source that is not a commit, FailedItems for platforms that do not compile
 */
export async function buildRelease(input: BuildInput, step: Step): Promise<Built> {
  const observation = await observeBuild(input, step)
  const plan = planBuild(input, observation)
  step.log.info(
    `${plan.project} ${plan.version} from ${plan.source.commit ?? 'a folder without git'}, Go ${plan.goVersion}`,
  )
  if (input.dryRun) {
    step.summary(...planTable(plan))
    return planned(plan, observation.previous)
  }
  const saveCache = input.cache ? await restoreCache(observation.go, observation.project, step) : undefined
  const release = await applyBuild(input.release, plan, observation, step)
  await saveCache?.()
  step.summary(...buildTable(release, release.changed))
  return {
    releaseDigest: release.digest,
    version: plan.version,
    files: fileSubjects(release.record)
      .map(({ path }) => path)
      .sort(),
    images: imageSubjects(release.record).map(({ name, digest, tags }) => ({ name, digest, tags })),
    changed: release.changed,
  }
}

const planned = (plan: BuildPlan, previous: Release | undefined): Built => ({
  releaseDigest: previous?.digest ?? '',
  version: plan.version,
  files: [
    ...plan.platforms.flatMap(({ binaries, archive }) => [...binaries, archive].map(({ path }) => path)),
    ...['files/SHA256SUMS', 'files/SHA512SUMS'],
  ].sort(),
  images: plan.images.map(({ spec, tag }) => ({ name: spec.name, tags: [tag] })),
  changed: false,
})
