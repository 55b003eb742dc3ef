import { relative } from 'node:path'
import { atomicWrite } from '../release/index.ts'
import { describeError, fitsOutput, type Step, table, text, UserError } from '../runner/index.ts'
import { readBaseTexts } from './base.ts'
import { type Finding, formatFinding } from './finding.ts'
import { type Manifests, parseManifests } from './read.ts'
import { findingsIn } from './rules.ts'
import { readManifestTexts } from './texts.ts'

export interface LintOptions {
  /** Absolute path of a manifest or a tree. */
  readonly manifests: string
  /** Git ref that the manifests were changed from. */
  readonly base: string | undefined
  /** Absolute path of the file for the findings, as JSON. */
  readonly report: string | undefined
  readonly dryRun: boolean
}

/**
 * Finds what would break a promotion, before it is merged: lines `file:line:column rule message`, on GitHub annotations.
 * @throws UserError when there are findings, after all of them were shown and written to the report
 */
export async function lintManifests(options: LintOptions, step: Step): Promise<readonly Finding[]> {
  const texts = await readManifestTexts(options.manifests)
  // Paths as they are in the repository, which is where GitHub shows annotations.
  const root = shorten(options.manifests, step.workspace)
  const parsed = parseManifests(texts, root)
  const base =
    options.base === undefined ? undefined : await readBase(options, { root, isFolder: !texts.has('') }, step)
  const findings = findingsIn(parsed, base)
  if (options.report !== undefined && !options.dryRun) {
    await atomicWrite(options.report, `${JSON.stringify(findings, null, 2)}\n`)
  }
  show(findings, step)
  if (findings.length > 0) {
    const places = new Set(findings.map(({ location }) => location.file)).size
    throw new UserError(`${count(findings.length, 'finding')} in ${count(places, 'file')}`, {
      hint: 'Each is shown with its place; the README of lint-manifests says what the rules mean.',
      outputs: { findings: fitsOutput(findings) ? findings : '' },
    })
  }
  step.log.info(`Nothing is wrong with ${amountOf(parsed.manifests)}`)
  return findings
}

/** Mistakes in the base are none of this change's; what they keep from being compared is said. */
async function readBase(
  options: LintOptions,
  { root, isFolder }: { readonly root: string; readonly isFolder: boolean },
  step: Step,
): Promise<Manifests | undefined> {
  const { base: ref = '', manifests } = options
  const texts = await readBaseTexts(manifests, { ref, isFolder }, step)
  if (texts.size === 0) {
    step.log.notice(`There is nothing at '${ref}' to compare with`)
    return undefined
  }
  try {
    const { manifests: found, failures } = parseManifests(texts, root)
    for (const { error } of failures) {
      step.log.notice(`Not compared with '${ref}', where it has a mistake: ${describeError(error)}`)
    }
    return found
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    step.log.notice(`Not compared with '${ref}': ${describeError(error)}`)
    return undefined
  }
}

/** The path below the workspace; as it is where it is elsewhere. */
function shorten(path: string, workspace: string): string {
  const way = relative(workspace, path)
  return way.startsWith('..') ? path : way || '.'
}

/** A summary is for reading; the report has all. */
const mostRows = 200

function show(findings: readonly Finding[], step: Step): void {
  if (!step.onGitHub) {
    step.summary(text(findings.length === 0 ? 'No findings' : findings.map(formatFinding).join('\n')))
    return
  }
  for (const { location, rule, message } of findings) step.log.error(`${rule} ${message}`, location)
  const rows = findings
    .slice(0, mostRows)
    .map(({ location: { file, line = 1, column = 1 }, rule, message }) => [`${file}:${line}:${column}`, rule, message])
  step.summary(
    text(findings.length === 0 ? 'No findings in the manifests.' : `${count(findings.length, 'finding')}.`),
    ...(rows.length > 0 ? [table(['Place', 'Rule', 'Finding'], rows)] : []),
    ...(findings.length > mostRows ? [text(`${findings.length - mostRows} more are in the log.`)] : []),
  )
}

const count = (amount: number, what: string): string => `${amount} ${what}${amount === 1 ? '' : 's'}`

function amountOf(manifests: Manifests): string {
  switch (manifests.kind) {
    case 'images': {
      const digests = manifests.manifests.reduce((sum, { images }) => sum + images.length, 0)
      return `${count(manifests.manifests.length, 'project')} with ${count(digests, 'digest')}`
    }
    case 'files': {
      const files = manifests.manifests.reduce((sum, manifest) => sum + manifest.files.length, 0)
      return `${count(manifests.manifests.length, 'project')} with ${count(files, 'file')}`
    }
    case 'releases':
      return count(manifests.configs.length, 'release configuration')
  }
}
