import { existsSync } from 'node:fs'
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { formatPlatform } from '../oci/index.ts'
import { hashFile, type ImageSubject, type Release, saveRelease, writeChecksums } from '../release/index.ts'
import { describeError, FailedItems, mapConcurrently, type Step, UserError } from '../runner/index.ts'
import { assembleImage, layerMaker } from './assemble.ts'
import { compilePlatform, type MadeFile } from './compile.ts'
import { converge, withBuilt } from './converge.ts'
import type { BuildObservation } from './observe.ts'
import type { BuildPlan } from './plan.ts'

/**
 * Builds what the plan says into the release directory. Files wait in `.build` until every platform is done; then the
 * release is replaced or kept, and `release.json` is written last.
 * @throws FailedItems that names each platform that could not be built
 */
export async function applyBuild(
  directory: string,
  plan: BuildPlan,
  observation: BuildObservation,
  step: Step,
): Promise<Release & { readonly changed: boolean }> {
  const staging = join(directory, '.build')
  await makeFolder(staging)
  try {
    const made = await compileAll(plan, observation, staging, step)
    const { project, version, source, parameters, dependencies } = plan
    const described = {
      project,
      version,
      source,
      build: { parameters: { build: parameters }, dependencies: { build: dependencies } },
    }
    const files = made.map(({ subject }) => subject)
    const { record, isSame, stale } = converge(described, files, observation.previous?.record)
    if (observation.previous && !isSame) await removeEarlier(directory, stale)
    const placed = await Promise.all(made.map((file) => place(file, directory, source.commitTime)))
    const images = await assembleAll(directory, plan, observation, made, step)
    const summed = await writeChecksums(directory, withBuilt(record, [...files, ...images]))
    const saved = await saveRelease(directory, summed)
    return { ...saved, changed: saved.changed || placed.includes(true) }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function compileAll(
  plan: BuildPlan,
  observation: BuildObservation,
  staging: string,
  step: Step,
): Promise<MadeFile[]> {
  const progress = step.progress('Building', plan.platforms.length)
  const failures: Error[] = []
  // A link uses one core most of the time: as many platforms as cores keep them busy.
  const made = await mapConcurrently(plan.platforms, availableParallelism(), async (target) => {
    const start = performance.now()
    const name = formatPlatform(target.platform)
    try {
      const files = await compilePlatform(plan, target, observation.go, observation.archiveFiles, staging)
      const bytes = files.reduce((total, { subject }) => total + subject.size, 0)
      step.log.info(
        `${name}: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, ${((performance.now() - start) / 1000).toFixed(1)} s`,
      )
      return files
    } catch (error) {
      step.signal.throwIfAborted()
      if (!(error instanceof UserError)) throw error
      failures.push(new UserError(`${name}: ${describeError(error)}`))
      return []
    } finally {
      progress.advance()
    }
  })
  progress.done()
  if (failures.length > 0) throw new FailedItems('Platforms', failures)
  return made.flat()
}

async function assembleAll(
  directory: string,
  plan: BuildPlan,
  { bases }: BuildObservation,
  made: readonly MadeFile[],
  step: Step,
): Promise<ImageSubject[]> {
  if (plan.images.length === 0) return []
  const layout = join(directory, 'images')
  const binaries = plan.platforms.flatMap(({ platform, binaries }) =>
    binaries.map(({ command, path }) => {
      const size = made.find(({ subject }) => subject.path === path)?.subject.size ?? 0
      return { command, platform, path: join(directory, path), size }
    }),
  )
  const makeLayer = layerMaker(layout, binaries, new Date(plan.source.commitTime))
  const progress = step.progress('Assembling images', plan.images.length)
  const images = await mapConcurrently(plan.images, availableParallelism(), async (image) => {
    const subject = await assembleImage(plan, image, bases.get(image.spec.name), layout, makeLayer)
    progress.advance()
    return subject
  })
  progress.done()
  return images
}

/** The record goes first, so that a crash leaves a folder that nobody takes for a release. */
async function removeEarlier(directory: string, stale: readonly string[]): Promise<void> {
  await rm(join(directory, 'release.json'), { force: true })
  await Promise.all(stale.map((path) => rm(join(directory, path), { force: true })))
  if (existsSync(join(directory, 'images', 'oci-layout'))) await rm(join(directory, 'images'), { recursive: true })
}

/** Moves a file to its place, unless these very bytes lie there; answers whether it did. */
async function place({ subject, staged }: MadeFile, directory: string, commitTime: string): Promise<boolean> {
  const path = join(directory, subject.path)
  const present = await stat(path).catch(() => undefined)
  if (present?.isFile() && present.size === subject.size && (await hashFile(path)).sha256 === subject.sha256)
    return false
  await mkdir(dirname(path), { recursive: true })
  const time = new Date(commitTime)
  await utimes(staged, time, time)
  await rename(staged, path)
  return true
}

async function makeFolder(path: string): Promise<void> {
  try {
    // What a crash left there is of no use.
    await rm(path, { recursive: true, force: true })
    await mkdir(path, { recursive: true })
  } catch (error) {
    throw new UserError(`Cannot write the release: ${describeError(error)}`, {
      hint: "Name a folder that can be written with the input 'release'.",
      cause: error,
    })
  }
}
