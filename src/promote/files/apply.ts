import { mapConcurrently, type Step, UserError } from '../../runner/index.ts'
import { openStore } from '../../storage/index.ts'
import type { FileWish } from './wish.ts'

export interface FileOutcome {
  readonly file: FileWish
  readonly failure?: UserError
}

/** Evidence first, then the files that it speaks of, and the checksums of all last. */
export async function applyFiles(files: readonly FileWish[], step: Step): Promise<FileOutcome[]> {
  const done: FileOutcome[] = []
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const progress = step.progress('Promoting files', bytes, 'bytes')
  for (const kind of ['evidence', 'file', 'checksums'] as const) {
    const failed = new Set(done.filter(({ failure }) => failure).map(({ file }) => `${file.destination} ${file.name}`))
    const results = await mapConcurrently(
      files.filter((file) => file.kind === kind),
      4,
      async (file): Promise<FileOutcome> => {
        try {
          step.signal.throwIfAborted()
          const lacking = file.evidence.find((name) => failed.has(`${file.destination} ${name}`))
          if (lacking) throw new UserError(`${file.name} waits for its evidence ${lacking}, which failed`)
          await openStore(file.destination).write(file.name, file.source, file.sha256)
          return { file }
        } catch (error) {
          step.signal.throwIfAborted()
          if (error instanceof UserError) return { file, failure: error }
          throw error
        } finally {
          progress.advance(file.size)
        }
      },
    )
    done.push(...results)
  }
  progress.done()
  return done
}
