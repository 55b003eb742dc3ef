import { openGitHub, parseRepository, readText } from '../github/index.ts'
import { editedText, formatAddition, parseManifestSource } from '../manifests/index.ts'
import { atomicWrite } from '../release/index.ts'
import type { Step } from '../runner/index.ts'
import { readWish, resolveWish, versionOf, type Wish } from './additions.ts'
import { branchFor, findBase, findTarget, pathInRepository } from './branch.ts'
import { checkOptions, type EditOptions, type EditResult } from './options.ts'
import { type Proposal, propose, requirePromotable, summaryOf } from './proposal.ts'
import { requestPull } from './pull-request.ts'
import { pathInWorkspace, readLocalText, readSource } from './source.ts'

/**
 * Adds images to a promoter manifest, every other byte of which is kept; adds nothing that is there already.
 * @throws UserError or FailedItems before anything is written, when something cannot be added or not be promoted then
 */
export async function editManifest(options: EditOptions, step: Step): Promise<EditResult> {
  checkOptions(options)
  const wish = await readWish(options, step)
  return options.repository === undefined ? editCheckout(options, wish, step) : editRepository(options, wish, step)
}

async function editCheckout(options: EditOptions, wish: Wish, step: Step): Promise<EditResult> {
  const { manifests, project, dryRun } = options
  const source = await readSource(pathInWorkspace(manifests, step), project, readLocalText(step))
  const proposal = await propose(source, wish, options, step)
  step.summary(...summaryOf(proposal, '', dryRun))
  requirePromotable(proposal)
  const { file } = editedText(source)
  const changed = proposal.added.length > 0 && !dryRun
  if (changed) await atomicWrite(step.resolvePath(file), proposal.text)
  return resultOf(proposal, { file, changed })
}

/** Works on what the base branch has now, or on the pull request that is open already; nothing is checked out. */
async function editRepository(options: EditOptions, wish: Wish, step: Step): Promise<EditResult> {
  const { manifests, project, repository = '', fork, dryRun } = options
  const github = await openGitHub(options.githubToken, step)
  const base = await findBase(github, options)
  const path = pathInRepository(manifests, step)
  const sourceAt = (branch: typeof base) =>
    readSource(path, project, (file) => readText(github, branch, branch.commit, file))

  const merged = await sourceAt(base)
  const { source } = parseManifestSource(merged)
  const additions = await resolveWish(wish, { source, plainHttp: options.plainHttp }, step)
  const version = versionOf(wish, additions)
  const resolved: Wish = { kind: 'additions', additions, version }
  const branch = options.branch ?? branchFor(merged.project, version)
  const target = await findTarget(github, base, parseRepository(fork ?? repository), branch)

  const current = target.pullRequest && target.head ? await sourceAt(target.head) : merged
  const proposal = await propose(current, resolved, options, step)
  step.summary(...summaryOf(proposal, ` of ${repository}`, dryRun))
  requirePromotable(proposal)
  const { pullRequest, changed } = dryRun
    ? { pullRequest: target.pullRequest, changed: false }
    : await requestPull(github, target, proposal)
  return {
    ...resultOf(proposal, { file: editedText(current).file, changed }),
    pullRequest: pullRequest ? `${base.owner}/${base.repo}#${pullRequest.number}` : '',
    pullRequestUrl: pullRequest?.url ?? '',
  }
}

const resultOf = (
  { added }: Proposal,
  { file, changed }: { readonly file: string; readonly changed: boolean },
): EditResult => ({
  added: added.map(formatAddition),
  files: added.length === 0 ? [] : [file],
  pullRequest: '',
  pullRequestUrl: '',
  changed,
})
