import { lstat, readdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { hashFile, type Release } from '../release/index.ts'
import { mapConcurrently, type Step } from '../runner/index.ts'
import { isMissing, reasonOf } from './evidence.ts'
import type { FileFact } from './facts.ts'

/** The folders of a release that hold nothing but what release.json names. */
const folders = ['files', 'evidence']

/** Hashes every recorded file and every other one in `files/` and `evidence/`, each once. Links are not followed. */
export async function observeFiles(release: Release, step: Step): Promise<FileFact[]> {
  const recorded = [
    ...release.record.subjects.filter((subject) => subject.kind === 'file'),
    ...release.record.evidence,
  ].map(({ path }) => path)
  const found = (await Promise.all(folders.map((folder) => filesBelow(release.directory, folder)))).flat()
  const paths = [...new Set([...recorded, ...found])].sort()
  const progress = step.progress('Hashing files', paths.length)
  const facts = await mapConcurrently(paths, availableParallelism(), async (path) => {
    const fact = await observeFile(release.directory, path, step.signal)
    progress.advance()
    return fact
  })
  progress.done()
  return facts
}

async function observeFile(directory: string, path: string, signal: AbortSignal): Promise<FileFact> {
  const file = join(directory, path)
  try {
    if (!(await lstat(file)).isFile()) return { path, hashes: undefined, problem: 'it is not a regular file' }
    return { path, hashes: await hashFile(file, signal), problem: undefined }
  } catch (error) {
    return { path, hashes: undefined, problem: isMissing(error) ? 'it is missing' : reasonOf(error) }
  }
}

/** Every entry below a folder that is no folder itself. */
async function filesBelow(directory: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(directory, folder), { withFileTypes: true }).catch(() => [])
  const paths = entries.map(async (entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesBelow(directory, path) : [path]
  })
  return (await Promise.all(paths)).flat()
}
