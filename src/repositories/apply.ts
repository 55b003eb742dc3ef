import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SigningKey } from '../openpgp/index.ts'
import { atomicWrite } from '../release/index.ts'
import { type Step, UserError } from '../runner/index.ts'
import { fileContent, openStore } from '../storage/index.ts'
import { readDocument } from './documents.ts'
import type { RepositoryPlan } from './plan.ts'
import { totalSize } from './pool.ts'
import { type Document, type RepositoryKind, sha256Of } from './repository.ts'
import { keptSignaturePath } from './rpm/observe.ts'

/** The file that a client reads first. It is written last: until then nothing that is new can be seen. */
const entrance: Readonly<Record<RepositoryKind, string>> = { deb: 'InRelease', rpm: 'repodata/repomd.xml' }

/**
 * Packages, then the indices that list them, then the signed index; a run that was killed anywhere is healed by the next.
 * @throws UserError when a file cannot be written, or another run published meanwhile
 */
export async function applyPlan(plan: RepositoryPlan, key: SigningKey, step: Step): Promise<void> {
  const store = openStore(`file:${plan.folder}`, step)
  const progress = step.progress(`Copying packages to ${plan.folder}`, totalSize(plan.copies), 'bytes')
  for (const { path, source, sha256, size } of plan.copies) {
    step.signal.throwIfAborted()
    await store.write(path, await fileContent(source, sha256))
    progress.advance(size)
  }
  progress.done()
  for (const document of plan.documents) {
    step.signal.throwIfAborted()
    await write(plan.folder, document)
  }
  if (plan.seal) {
    const signed = await sealDocuments(plan.kind, plan.seal, key)
    await requireUnchanged(plan, plan.seal.replaces)
    // Not to be interrupted: between a signature and its index, clients see two that do not fit.
    for (const document of signed) await write(plan.folder, document)
  }
  for (const path of plan.removals) await rm(join(plan.folder, path), { force: true })
}

const write = (folder: string, { path, bytes }: Document): Promise<boolean> => atomicWrite(join(folder, path), bytes)

/** The signed index and its signatures, in the order in which they are to be written. */
export async function sealDocuments(
  kind: RepositoryKind,
  { text, date }: NonNullable<RepositoryPlan['seal']>,
  key: SigningKey,
): Promise<Document[]> {
  const bytes = Buffer.from(text)
  const signature = Buffer.from((await key.signDetached(bytes, date)).armored)
  switch (kind) {
    case 'deb':
      return [
        { path: 'Release', bytes },
        { path: 'Release.gpg', bytes: signature },
        { path: 'InRelease', bytes: Buffer.from(await key.signCleartext(text.replace(/\n$/, ''), date)) },
      ]
    case 'rpm':
      return [
        { path: keptSignaturePath(text), bytes: signature },
        { path: 'repodata/repomd.xml.asc', bytes: signature },
        { path: 'repodata/repomd.xml', bytes },
      ]
  }
}

async function requireUnchanged({ kind, folder }: RepositoryPlan, expected: string | undefined): Promise<void> {
  const bytes = await readDocument(folder, entrance[kind])
  if ((bytes && sha256Of(bytes)) === expected) return
  throw new UserError(`${join(folder, entrance[kind])} was changed by someone else meanwhile`, {
    hint: 'Run the step again: it adds the packages to what is there now.',
  })
}
