import { UserError } from '../errors/index.ts'
import { openSigningKey, type SigningKey } from '../openpgp/index.ts'
import type { Release, ReleaseRecord } from '../release/index.ts'
import { type Step, suggest } from '../runner/index.ts'
import { applyPackages } from './apply.ts'
import { linuxCommands } from './commands.ts'
import { packageDependencies } from './dependencies.ts'
import { observeProject } from './observe.ts'
import { type Compression, type PackageFormat, packageFormats } from './package.ts'
import { packageParameters } from './parameters.ts'
import { type PlannedPackage, planPackages } from './plan.ts'
import { type PackageSpec, parsePackageSpecs, plainSpec } from './spec.ts'
import { builtTable, planTable } from './table.ts'

export interface BuildPackagesInput {
  /** Spec of the packages, not yet checked; without one a plain package with all commands. */
  readonly packages: unknown
  /** Folder that the paths of the spec are relative to. */
  readonly project: string
  readonly formats: readonly string[]
  readonly compression: Compression | undefined
  readonly openpgpKey: string | undefined
  readonly openpgpPassphrase: string | undefined
  readonly dryRun: boolean
}

export interface BuiltPackages {
  readonly release: Release
  /** Whether anything was written. */
  readonly changed: boolean
}

/**
 * Makes a deb and an rpm of each package for each platform of Linux that the release has. Packages that an earlier run
 * made and this one does not leave the release, with the evidence about them.
 * @throws UserError for a spec that is not valid, or does not fit the release or the project
 */
export async function buildPackages(release: Release, input: BuildPackagesInput, step: Step): Promise<BuiltPackages> {
  const formats = parseFormats(input.formats)
  const specs = specsOf(release.record, input.packages)
  const project = await observeProject(input.project, specs, step)
  const plan = planPackages(release, specs, project, { formats, compression: input.compression })
  if (plan.length === 0) step.log.notice('No package to make: the release has no command for Linux')
  if (input.dryRun) {
    step.summary(...planTable(plan))
    return { release, changed: false }
  }
  const signingKey = await signingKeyFor(plan, input, step)
  const parameters = packageParameters(release.record, specs, project, plan, signingKey?.fingerprint)
  const dependencies = await packageDependencies(plan)
  const done = await applyPackages(release, { packages: plan, parameters, dependencies }, signingKey, step)
  if (!done.changed) step.log.info('All packages were there: nothing changed')
  step.summary(...builtTable(done.built, signingKey?.fingerprint))
  return done
}

function specsOf(record: ReleaseRecord, input: unknown): readonly PackageSpec[] {
  const specs = parsePackageSpecs(input)
  if (specs.length > 0 || linuxCommands(record).length === 0) return specs
  return [plainSpec(record.project.toLowerCase().replaceAll('_', '-'))]
}

function parseFormats(formats: readonly string[]): readonly PackageFormat[] {
  for (const format of formats) {
    if (isFormat(format)) continue
    const near = suggest(format, packageFormats)
    throw new UserError(`formats: '${format}' is not a format of packages`, {
      hint: near ? `Did you mean '${near}'?` : `Known are ${packageFormats.join(', ')}.`,
    })
  }
  return packageFormats.filter((format) => formats.includes(format))
}

const isFormat = (text: string): text is PackageFormat => packageFormats.some((format) => format === text)

// A key made on a runner would be gone after the job: there rpm packages without a key carry no signature of their own.
async function signingKeyFor(
  plan: readonly PlannedPackage[],
  input: BuildPackagesInput,
  step: Step,
): Promise<SigningKey | undefined> {
  if (!plan.some((planned) => planned.format === 'rpm')) return undefined
  if (input.openpgpKey === undefined && step.onGitHub) {
    step.log.notice("The rpm packages are not signed: no 'openpgp-key' was given")
    return undefined
  }
  return openSigningKey({ key: input.openpgpKey, passphrase: input.openpgpPassphrase }, step)
}
