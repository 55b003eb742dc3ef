import { mapConcurrently, type Step, UserError } from '../../runner/index.ts'
import type { Content } from '../../storage/index.ts'
import { type FileTransfer, folderKey } from './plan.ts'
import { openSpool, type Spool } from './spool.ts'
import type { FileStores } from './stores.ts'
import { type FileKind, fileKey, sourceKey } from './wish.ts'

export interface FileOutcome {
  readonly file: FileTransfer
  readonly failure?: UserError
}

const filesAtOnce = 4
const destinationsAtOnce = 8
const order: readonly FileKind[] = ['evidence', 'file', 'checksums']

/**
 * Evidence first, then the files that it speaks of, and the checksums of all last. A source is read once for all of its
 * destinations. One that fails does not stop the others, save what must not be published without it.
 */
export async function applyFiles(
  files: readonly FileTransfer[],
  stores: FileStores,
  step: Step,
): Promise<readonly FileOutcome[]> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const progress = step.progress('Promoting files', bytes, 'bytes')
  const spool = openSpool(stores, step)
  const done: FileOutcome[] = []
  try {
    for (const kind of order) {
      const failed = done.filter(({ failure }) => failure).map(({ file }) => file)
      const groups = groupBySource(files.filter((file) => file.kind === kind))
      const outcomes = await mapConcurrently(groups, filesAtOnce, async (group) => {
        const outcome = await transferGroup(group, failed, { stores, spool }, step)
        progress.advance(group.reduce((sum, { size }) => sum + size, 0))
        return outcome
      })
      done.push(...outcomes.flat())
    }
  } finally {
    await spool.close()
  }
  progress.done()
  return done
}

function groupBySource(files: readonly FileTransfer[]): FileTransfer[][] {
  const groups = new Map<string, FileTransfer[]>()
  for (const file of files) {
    const key = `${sourceKey(file.source)} ${file.sha256}`
    groups.set(key, [...(groups.get(key) ?? []), file])
  }
  return [...groups.values()]
}

async function transferGroup(
  group: readonly FileTransfer[],
  failed: readonly FileTransfer[],
  { stores, spool }: { readonly stores: FileStores; readonly spool: Spool },
  step: Step,
): Promise<FileOutcome[]> {
  const unready = new Map(group.map((file) => [file, waitingFor(file, failed)]))
  const ready = group.filter((file) => unready.get(file) === undefined)
  const [first] = ready
  const write = async (file: FileTransfer, content: Content): Promise<FileOutcome> => {
    const failure = await failureOf(step, () => stores.destination(file.destination).write(file.name, content))
    return failure ? { file, failure } : { file }
  }
  const written: FileOutcome[] = []
  const failure =
    first &&
    (await failureOf(step, () =>
      spool.withContent(first, async (content) => {
        written.push(...(await mapConcurrently(ready, destinationsAtOnce, (file) => write(file, content))))
      }),
    ))
  if (failure) written.push(...ready.map((file) => ({ file, failure })))
  return [...written, ...[...unready].flatMap(([file, reason]) => (reason ? { file, failure: reason } : []))]
}

/** Why a file has to wait for another run. */
function waitingFor(file: FileTransfer, failed: readonly FileTransfer[]): UserError | undefined {
  const evidence = new Set(file.evidence.map((name) => fileKey({ destination: file.destination, name })))
  const lacking = failed.find((other) =>
    file.kind === 'checksums' ? folderKey(other) === folderKey(file) : evidence.has(fileKey(other)),
  )
  if (!lacking) return undefined
  const what = lacking.kind === 'evidence' ? 'its evidence ' : ''
  return new UserError(`${file.destination}: ${file.name} waits for ${what}${lacking.name}, which failed`)
}

/** A mistake of one item is kept; a bug or a cancellation ends all. */
async function failureOf(step: Step, work: () => Promise<unknown>): Promise<UserError | undefined> {
  try {
    step.signal.throwIfAborted()
    await work()
    return undefined
  } catch (error) {
    step.signal.throwIfAborted()
    if (error instanceof UserError) return error
    throw error
  }
}
