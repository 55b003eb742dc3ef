import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { describeError, FailedItems, UserError } from '../errors/index.ts'
import { hashFile } from '../release/index.ts'
import { mapConcurrently, type Step } from '../runner/index.ts'
import { binaryDocument } from './binary-document.ts'
import type { BuildInfo } from './build-info.ts'
import { readBuildInfo } from './go-binary.ts'
import { binaryDocumentName } from './name.ts'
import { type PlannedDocument, plannedDocument } from './plan.ts'

/**
 * The SPDX documents of Go binaries that belong to no release; the name of each is its whole path, beside the binary.
 * @throws UserError that names every file that is not a Go binary
 */
export async function planFiles(paths: readonly string[], step: Step): Promise<PlannedDocument[]> {
  const failures: Error[] = []
  const planned = await mapConcurrently(paths, availableParallelism(), async (path) => {
    try {
      return [await planFile(path, step)]
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push(error)
      return []
    }
  })
  if (failures.length === 1 && failures[0]) throw failures[0]
  if (failures.length > 1) throw new FailedItems('Files that cannot be described', failures)
  return planned.flat()
}

async function planFile(path: string, step: Step): Promise<PlannedDocument> {
  const buildInfo = await readBuildInfo(path)
  if (!buildInfo) {
    throw new UserError(`${path} is not a Go binary`, { hint: 'Name executables that Go 1.13 or later has built.' })
  }
  const { sha256, sha512 } = await hashFile(path, step.signal)
  const name = basename(path)
  const document = binaryDocument({ path: name, sha256, sha512, buildInfo }, name, creationTime(buildInfo, step))
  const target = binaryDocumentName(path)
  return plannedDocument(target, name, document, await digestOf(target))
}

/** The same binary has the same document whenever it is made: `SOURCE_DATE_EPOCH`, else the commit's time, else 1970. */
function creationTime({ settings }: BuildInfo, { environment }: Step): string {
  const epoch = environment.SOURCE_DATE_EPOCH ?? ''
  const commitTime = settings['vcs.time'] ?? ''
  if (/^[0-9]{1,10}$/.test(epoch)) return wholeSeconds(new Date(Number(epoch) * 1000))
  return wholeSeconds(new Date(Number.isNaN(Date.parse(commitTime)) ? 0 : Date.parse(commitTime)))
}

const wholeSeconds = (time: Date): string => time.toISOString().replace(/\.[0-9]+Z$/, 'Z')

async function digestOf(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new UserError(`Cannot read ${path}: ${describeError(error)}`)
  })
  return bytes && createHash('sha256').update(bytes).digest('hex')
}
