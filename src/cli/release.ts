import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atomicWrite, openRelease, type Release, type ReleaseRecord } from '../release/index.ts'
import { type Action, action, pathResolver, type Step } from '../runner/index.ts'
import {
  type ActionCatalog,
  type ActionName,
  type ChainInputs,
  chain,
  chainInputs,
  loadAction,
  usesOwnDestinations,
} from './chain.ts'
import { type ReleaseInputs, releaseDefinition } from './release-definition.ts'
import { releaseSummary } from './release-summary.ts'

/** The command `release`: the whole chain, one action after the other, into one folder. */
export const releaseCommand = (catalog: ActionCatalog): Action =>
  action(releaseDefinition, (input, step) =>
    input.dryRun
      ? inTemporaryFolder(step, (out) => runChain(catalog, { ...input, out }, step))
      : runChain(catalog, input, step),
  )

async function inTemporaryFolder<T>(step: Step, body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'k8s-release-'))
  step.log.info(`Dry run: the release is made in ${folder} and removed at the end.`)
  try {
    return await body(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runChain(catalog: ActionCatalog, input: ReleaseInputs, step: Step) {
  const inputs = await chainInputs(catalog.definitions, input)
  // The project is the workspace of every step, wherever the terminal stands.
  const resolvePath = pathResolver({ workspace: input.project, allowedRoots: undefined })
  const seconds: Partial<Record<ActionName, number>> = {}
  for (const name of chain) {
    if (name === 'publish-packages' && !hasPackages((await openRelease(input.out)).record)) continue
    const publishes = name === 'promote' || name === 'publish-packages'
    const quiet: Step = { ...step, workspace: input.project, resolvePath, summary: () => undefined }
    const start = performance.now()
    const outputs = await step.group(name, async () =>
      (await loadAction(catalog, name)).run(
        inputs[name],
        publishes && input.dryRun ? { ...quiet, summary: step.summary } : quiet,
      ),
    )
    seconds[name] = Math.round(performance.now() - start) / 1000
    const builds = name === 'build' || name === 'build-packages'
    if (builds && outputs.changed === true) await removePublished(input, inputs, step)
  }
  const release = await openRelease(input.out)
  await writePublicKey(release)
  step.summary(...(await releaseSummary(release, seconds, { dryRun: input.dryRun, workspace: step.workspace })))
  return { releaseDigest: release.digest, directory: input.out, seconds }
}

// What is published is never overwritten; but this copy is the folder's own, and it belongs to what was built before.
async function removePublished(input: ReleaseInputs, inputs: ChainInputs, step: Step): Promise<void> {
  if (input.dryRun || !usesOwnDestinations(input, inputs)) return
  step.log.debug('The build changed: published/ is made anew')
  await rm(join(input.out, 'published'), { recursive: true, force: true })
}

/** The public half of the key pair as a file, as cosign wants it; the record has it too. */
async function writePublicKey({ directory, record }: Release): Promise<void> {
  const signer = record.evidence[0]?.signer
  if (signer?.kind === 'key') await atomicWrite(join(directory, 'cosign.pub'), signer.publicKey)
}

const hasPackages = (record: ReleaseRecord): boolean =>
  record.subjects.some((subject) => subject.kind === 'file' && subject.role === 'package')
