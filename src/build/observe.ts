import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { openRelease, type Release } from '../release/index.ts'
import { describeError, type Step, UserError } from '../runner/index.ts'
import { type ArchiveFileSource, findArchiveFiles } from './archive-files.ts'
import { type BaseImage, observeBase } from './base-image.ts'
import { type Checkout, observeCheckout, untracked } from './git.ts'
import { type GoModule, readGoModule } from './go-module.ts'
import { type GoTool, openGoTool } from './go-tool.ts'
import { type ImageSpec, parseImages } from './image-spec.ts'
import { findMainPackages, type MainPackage, sourceFiles } from './main-packages.ts'
import { parseTargets, type Target } from './target.ts'

/** What the step was asked for, as action.yml has it. */
export interface BuildInput {
  readonly project: string
  readonly release: string
  readonly version?: string | undefined
  readonly name?: string | undefined
  readonly mainPackages: readonly string[]
  readonly platforms: readonly string[]
  readonly ldflags: readonly string[]
  readonly buildTags: readonly string[]
  readonly archiveFiles: readonly string[]
  readonly images?: unknown
  readonly goVersion?: string | undefined
  readonly cache: boolean
  readonly allowModified: boolean
  readonly dryRun: boolean
}

/** What is there: the source, the toolchain, and what the inputs mean for them. */
export interface BuildObservation {
  /** Absolute, without links. */
  readonly project: string
  readonly checkout: Checkout
  readonly module: GoModule
  readonly go: GoTool
  readonly moduleMode: string | undefined
  readonly targets: readonly Target[]
  readonly mains: readonly MainPackage[]
  readonly archiveFiles: readonly ArchiveFileSource[]
  readonly images: readonly ImageSpec[]
  /** By image name. */
  readonly bases: ReadonlyMap<string, BaseImage>
  /** Record that an earlier run left in the release directory. */
  readonly previous: Release | undefined
}

/** @throws UserError for every wrong input, and for a source that the commit does not hold unless that is allowed */
export async function observeBuild(input: BuildInput, step: Step): Promise<BuildObservation> {
  const targets = parseTargets(input.platforms)
  const project = await realpath(input.project).catch(() => {
    throw new UserError(`Folder not found: ${input.project}`, {
      hint: "Name the folder of a Go module with the input 'project'.",
    })
  })
  const [checkout, module, previous] = await Promise.all([
    observeCheckout(project, step),
    readGoModule(project),
    previousRelease(input.release, step),
  ])
  const moduleMode = moduleModeOf(step)
  const workspaceFile = findWorkspaceFile(project, checkout.root)
  const go = await openGoTool(
    { project, module, requested: input.goVersion, workspaceFile: workspaceFile ?? 'off', moduleMode },
    step,
  )
  const listing = { environment: targets[0]?.environment ?? {}, tags: input.buildTags }
  const mains = await findMainPackages(go, project, input.mainPackages, listing)
  const images = parseImages(input.images, mains, targets)
  const [archiveFiles, sources, bases] = await Promise.all([
    findArchiveFiles(project, checkout.root, input.archiveFiles, step),
    sourceFiles(go, mains, listing),
    Promise.all(images.map((image) => baseOf(image, step))),
  ])
  const moduleFiles = ['go.mod', 'go.sum', 'vendor/modules.txt'].map((name) => join(project, name))
  const workspaceFiles = workspaceFile ? [workspaceFile, `${workspaceFile}.sum`] : []
  const ingredients = [
    ...[...moduleFiles, ...workspaceFiles].filter((path) => existsSync(path)),
    ...sources,
    ...archiveFiles.map(({ file }) => file),
  ]
  const checked = requireUnmodified(checkout, project, ingredients, input.allowModified)
  return {
    project,
    checkout: checked,
    module,
    go,
    moduleMode,
    targets,
    mains,
    archiveFiles,
    images,
    bases: new Map(bases.flat()),
    previous,
  }
}

async function baseOf({ name, base, platforms }: ImageSpec, step: Step): Promise<[string, BaseImage][]> {
  return base ? [[name, await observeBase(base, platforms, step)]] : []
}

/**
 * The checkout, of whose changes only those count that lie in the project or beside a file that goes into the build.
 * @throws UserError unless the source is the commit, or the user allows that it is not; then the record says so
 */
function requireUnmodified(
  checkout: Checkout,
  project: string,
  ingredients: readonly string[],
  allowModified: boolean,
): Checkout {
  const { changed, root, tracked, source } = checkout
  const folders = new Set(ingredients.map((path) => dirname(path)))
  const counts = (path: string): boolean => isBelow(path, project) || folders.has(dirname(path))
  const different = [...changed.filter((path) => counts(join(root, path))), ...untracked(checkout, ingredients)]
  const modified = !tracked || different.length > 0
  if (!modified || allowModified) return { ...checkout, source: { ...source, modified } }
  const hint = "Commit first; or set 'allow-modified' for a build that nobody can make again, and whose record says so."
  if (!tracked) {
    throw new UserError(`${root} is not in a git repository: a release needs a commit to come from`, { hint })
  }
  const shown = different.slice(0, 10).map((path) => `\n- ${path}`)
  const more = different.length > 10 ? `\n- and ${different.length - 10} more` : ''
  throw new UserError(`Files of the release differ from the commit:${shown.join('')}${more}`, { hint })
}

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(join(folder, sep))

/** A workspace of the repository counts; one above it would bring in code that no commit of this repository holds. */
function findWorkspaceFile(project: string, root: string): string | undefined {
  for (let folder = project; folder.startsWith(root); folder = dirname(folder)) {
    if (existsSync(join(folder, 'go.work'))) return join(folder, 'go.work')
    if (folder === dirname(folder)) break
  }
  return undefined
}

/** Of GOFLAGS only the choice between module cache and vendor folder counts; the rest are inputs of this action. */
function moduleModeOf(step: Step): string | undefined {
  const flags = (step.environment.GOFLAGS ?? '').split(/\s+/).filter(Boolean)
  const mode = flags.find((flag) => /^-mod=(readonly|vendor)$/.test(flag))
  const ignored = flags.filter((flag) => flag !== mode)
  if (ignored.length > 0) step.log.debug(`Not used from GOFLAGS: ${ignored.join(' ')}`)
  return mode
}

// A record that cannot be read is replaced: making the release again is how to mend it.
async function previousRelease(directory: string, step: Step): Promise<Release | undefined> {
  if (!existsSync(join(directory, 'release.json'))) return undefined
  try {
    return await openRelease(directory)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    step.log.notice(`The release that lies in ${directory} is replaced: ${describeError(error)}`)
    return undefined
  }
}
