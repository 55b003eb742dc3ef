import { UserError } from '../runner/index.ts'

/** What to add to which manifest. Either `images` or `release`; the release in `release/` where neither is given. */
export interface EditOptions {
  /** Absolute path of a plain manifest or of a tree; with `repository` that path in the repository. */
  readonly manifests: string
  /** Which manifest of a tree; absent for a plain one. */
  readonly project: string | undefined
  /** `HOST/REPOSITORY:TAG[@DIGEST]` below the manifest's source, which may be left out: `NAME:TAG`. */
  readonly images: readonly string[]
  /** Absolute path of a release directory. */
  readonly release: string | undefined
  /** Tags that each image gets beside its own. */
  readonly tags: readonly string[]
  /** `OWNER/REPO` that gets the pull request; absent to edit the checkout. */
  readonly repository: string | undefined
  /** `OWNER/REPO` that gets the branch; the repository itself where absent. */
  readonly fork: string | undefined
  /** Branch that the pull request goes to; the repository's default branch where absent. */
  readonly base: string | undefined
  /** Branch that the pull request comes from; named after the project and the version where absent. */
  readonly branch: string | undefined
  readonly githubToken: string | undefined
  /** Whether the registries are asked what the promotion would do, which nothing may stand against. */
  readonly preview: boolean
  readonly plainHttp: readonly string[]
  readonly dryRun: boolean
}

export interface EditResult {
  /** What is new in the manifest, as `NAME@DIGEST (TAG, …)`. */
  readonly added: readonly string[]
  /** Paths of what was edited: below the workspace, or in the repository. */
  readonly files: readonly string[]
  /** `OWNER/REPO#NUMBER`; empty where there is none. */
  readonly pullRequest: string
  readonly pullRequestUrl: string
  readonly changed: boolean
}

/** @throws UserError when options contradict each other */
export function checkOptions({ images, release, repository, project, ...rest }: EditOptions): void {
  if (images.length > 0 && release !== undefined) {
    throw new UserError('Two sources of images: images and release', { hint: 'Give one of them.' })
  }
  const useless = (['fork', 'base', 'branch'] as const).find((name) => rest[name] !== undefined)
  if (repository === undefined && useless !== undefined) {
    throw new UserError(`'${useless}' is of a pull request, and no 'repository' is given for one`)
  }
  if (project !== undefined && !/^(?!\.+$)[\w.-]+$/.test(project)) {
    throw new UserError(`'${project}' is not the name of a project`, {
      hint: 'Give the name of its folder below manifests/ and images/.',
    })
  }
  for (const name of ['base', 'branch'] as const) {
    const branch = rest[name]
    if (branch !== undefined && !isBranchName(branch)) throw new UserError(`'${branch}' is not the name of a branch`)
  }
}

/** Source: git-check-ref-format(1). */
const isBranchName = (text: string): boolean =>
  /^(?![-/.])[^\s~^:?*[\\\p{Cc}]+$/u.test(text) && !/\.\.|@\{|\/[/.]|\.lock(?:\/|$)|[/.]$/.test(text)
